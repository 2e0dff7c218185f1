import type { Participant } from '../../shared/meeting'
import type { Role } from '../../shared/roles'
import type { PollPerson, TimePoll } from '../../shared/timePoll'
import type { Visitor } from '../access/Access'
import type { StoredAnswers, StoredPoll } from './pollModel'

/** The family first, and those at its side; who leads comes last. */
const ORDER: readonly Role[] = ['family', 'youth', 'support', 'interpreter', 'agency', 'observer', 'facilitator']

/** Who it is in a poll: somebody of the family is the same person on every phone. */
export const whoIs = ({ memberId, id }: { memberId: string | null; id: string }): string => memberId ?? id

const answersOf = ({ answers, times }: StoredPoll, who: string): StoredAnswers =>
  answers.find((one) => one.who === who) ?? { who, answers: times.map(() => null), typedBy: null }

function toPerson(poll: StoredPoll, person: Participant, nameOf: (id: string) => string): PollPerson {
  const { id: participantId, name, role, agency } = person
  const { answers, typedBy } = answersOf(poll, whoIs(person))
  return { participantId, name, role, agency, answers: [...answers], typedBy: typedBy && nameOf(typedBy) }
}

/** Those asked, each once whatever screens they have. */
function peopleOf(poll: StoredPoll, inside: readonly Participant[], nameOf: (id: string) => string): PollPerson[] {
  const each = [...new Map(inside.map((person) => [whoIs(person), person])).values()]
  const sorted = each.sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role))
  return sorted.map((person) => toPerson(poll, person, nameOf))
}

/**
 * Times to choose from, as one person may see them: their own answers, and for who leads everybody’s. So nobody learns
 * from them who else is there.
 */
export function toPoll(
  poll: StoredPoll,
  viewer: Visitor,
  inside: readonly Participant[],
  nameOf: (participantId: string) => string,
): TimePoll {
  const { _id, state, askedBy, times, picked } = poll
  const mine = answersOf(poll, viewer.memberId ?? viewer.participantId ?? '')
  return {
    id: _id.toHexString(),
    state,
    by: nameOf(askedBy),
    times: times.map((time) => time.toISOString()),
    mine: [...mine.answers],
    typedBy: mine.typedBy && nameOf(mine.typedBy),
    picked,
    people: viewer.standing === 'facilitator' ? peopleOf(poll, inside, nameOf) : [],
  }
}
