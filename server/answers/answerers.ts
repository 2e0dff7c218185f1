import { PlanError } from '../../shared/errors'
import type { Agency, Participant } from '../../shared/meeting'
import { can, type Phase, type Role } from '../../shared/roles'
import type { Visitor } from '../access/Access'
import { maySee } from '../access/maySee'

interface Needs {
  /** Those inside now. */
  peopleOf(meetingId: string): Promise<Participant[]>
  phaseOf(meetingId: string): Promise<Phase>
}

/** Who answers, as it is stored beside what they answered. */
export interface Answerer {
  /** A person of the family across their phones, a participant, or a name that was typed for somebody. */
  who: string
  participantId: string | null
  name: string
  role: Role
  agency: Agency | null
  /** Name of who typed it for them; empty for their own hands. */
  typedBy: string
}

/** Somebody without a phone here, for whom who leads types. */
interface Other {
  name: string
  role: Role
}

export type Answerers = ReturnType<typeof createAnswerers>

export const keyOf = ({ id, memberId }: Pick<Participant, 'id' | 'memberId'>) => memberId ?? id
export const ownKey = ({ participantId, memberId }: Visitor) => memberId ?? participantId
const gives = (person: Participant) => can(person.role, 'answers:give', { phase: 'open' })

function own(visitor: Visitor): Answerer {
  const { participantId, name, standing, agency } = visitor
  return { who: ownKey(visitor)!, participantId, name, role: standing as Role, agency, typedBy: '' }
}

/** Those who are asked in a meeting, each for themself, and what holds for whatever they answer. */
export function createAnswerers({ peopleOf, phaseOf }: Needs) {
  /**
   * Somebody whose answer who leads types: one on the list of people without a phone, or one who is not there at all.
   *
   * @throws answer/own-phone for somebody who is here and answers for themself
   */
  async function proxy(visitor: Visitor, { name, role }: Other): Promise<Answerer> {
    const here = await peopleOf(visitor.meetingId)
    const called = here.filter((person) => person.name.toLowerCase() === name.toLowerCase())
    const typed = { participantId: null, typedBy: visitor.name }
    const listed = called.find(({ attendance }) => attendance === 'proxy')
    if (listed) return { name: listed.name, role: listed.role, agency: listed.agency, who: keyOf(listed), ...typed }
    if (called.length > 0) throw new PlanError('answer/own-phone')
    return { name, role, who: `typed:${name.toLowerCase()}`, agency: null, ...typed }
  }

  return {
    /** Who answers: the visitor, or the other for whom they type. */
    whoAnswers: async (visitor: Visitor, other?: Other): Promise<Answerer> =>
      other ? proxy(visitor, other) : own(visitor),

    /** Everybody inside who has an answer to give, in the order they asked to come in. */
    askedIn: async (meetingId: string): Promise<Participant[]> => (await peopleOf(meetingId)).filter(gives),

    /**
     * A seal says that it begins before it reads what was answered: an answer that comes after that is in no version,
     * and is taken back.
     *
     * @throws plan/sealed, meeting/ended
     */
    async requireUnsealed(meetingId: string, takeBack = async (): Promise<unknown> => undefined): Promise<void> {
      const phase = await phaseOf(meetingId)
      if (phase === 'open' || phase === 'private') return
      await takeBack()
      throw new PlanError(phase === 'sealed' ? 'plan/sealed' : 'meeting/ended')
    },
  }
}

/** Somebody hidden shows to nobody but who leads, and themself. */
export function maySeeAnswer(
  viewer: Visitor,
  hidden: Set<string>,
  answer: { who: string; participantId: string | null; person: Participant | null },
): boolean {
  if (answer.person) return maySee(viewer, answer.person)
  return !hidden.has(answer.who) && !hidden.has(answer.participantId ?? '')
}
