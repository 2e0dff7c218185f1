import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Participant } from '../../shared/meeting'
import type { ActionItem } from '../../shared/plan'
import { isChanged, type Promised, type PromisesView, type PromiseWords } from '../../shared/promise'
import type { Phase } from '../../shared/roles'
import type { Visitor } from '../access/Access'
import { createAnswerers } from '../answers/answerers'
import type { Clock } from '../Clock'
import { promiseModel, type StoredPromise } from './promiseModel'

/** Who somebody is across the family's meetings: a person of the family, or an account. */
export interface Owner {
  participantId: string
  memberId: string | null
  staffId: string | null
}

interface Needs {
  db: Connection
  clock: Clock
  /** Those inside now. */
  peopleOf(meetingId: string): Promise<Participant[]>
  /** The promises of the plan, everything in them durable. */
  actionsOf(meetingId: string): Promise<ActionItem[]>
  /** Who a participant of this or an earlier meeting is; null for nobody. */
  findOwner(participantId: string): Promise<Owner | null>
  phaseOf(meetingId: string): Promise<Phase>
}

export type Promises = ReturnType<typeof createPromises>

export const sameName = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()
export const isSame = (a: Owner, b: Pick<Visitor, 'participantId' | 'memberId' | 'staffId'>) =>
  a.participantId === b.participantId ||
  (a.memberId !== null && a.memberId === b.memberId) ||
  (a.staffId !== null && a.staffId === b.staffId)

function toPromised(row: StoredPromise): Promised {
  const { actionId, participantId, name, answer, words, to, typedBy, at } = row
  return { actionId, participantId, name, answer, words, to, at: at.toISOString(), typedBy: typedBy || null }
}

/** Owners who say yes to what bears their name, would change it, or cannot promise it. */
export function createPromises({ db, clock, peopleOf, actionsOf, findOwner, phaseOf }: Needs) {
  const { requireUnsealed } = createAnswerers({ peopleOf, phaseOf })
  const model = promiseModel(db)

  /** Is this promise this person's? A name alone tells only where one person inside goes by it. */
  async function owns(visitor: Visitor, { whoId, who }: ActionItem, here: Participant[]): Promise<boolean> {
    if (whoId) {
      const owner = await findOwner(whoId)
      return owner !== null && isSame(owner, visitor)
    }
    const called = here.filter(({ name }) => who.trim() && sameName(name, who))
    return called.length === 1 && called[0]!.id === visitor.participantId
  }

  /** Is the owner inside, with a phone of their own? */
  async function isHere({ whoId, who }: ActionItem, people: Participant[]): Promise<boolean> {
    const here = people.filter(({ attendance }) => attendance !== 'proxy')
    if (here.some(({ name }) => sameName(name, who))) return true
    const owner = whoId ? await findOwner(whoId) : null
    return here.some(
      ({ id, memberId }) => owner && (id === owner.participantId || (memberId && memberId === owner.memberId)),
    )
  }

  /** @throws access/denied for somebody else's; answer/own-phone where its owner is inside and answers there */
  async function requireOwner(visitor: Visitor, action: ActionItem, typed: boolean): Promise<void> {
    const here = await peopleOf(visitor.meetingId)
    if (!typed) {
      if (!(await owns(visitor, action, here))) throw new PlanError('access/denied')
      return
    }
    if (visitor.standing !== 'facilitator' || !action.who.trim()) throw new PlanError('access/denied')
    if (await isHere(action, here)) throw new PlanError('answer/own-phone')
  }

  /** The last answer to each promise. */
  async function latest(meetingId: string): Promise<Promised[]> {
    const rows = await model.find({ meetingId }).sort({ at: 1, _id: 1 }).lean<StoredPromise[]>()
    return [...new Map(rows.map((row) => [row.actionId, toPromised(row)])).values()]
  }

  return {
    /** @throws answer/changed when the promise says something else than the page showed; access/denied; answer/own-phone */
    async answer(visitor: Visitor, { actionId, answer, words, saw, typed = false }: PromiseWords): Promise<void> {
      const { meetingId, familyId, participantId, name } = visitor
      const action = (await actionsOf(meetingId)).find(({ id, removed }) => id === actionId && !removed)
      if (!action) throw new PlanError('answer/changed')
      await requireOwner(visitor, action, typed)
      if (isChanged({ to: saw }, action)) throw new PlanError('answer/changed')
      const who = typed
        ? { participantId: null, name: action.who, typedBy: name }
        : { participantId, name, typedBy: '' }
      const { _id } = await model.create({ familyId, meetingId, actionId, ...who, answer, words, to: saw, at: clock() })
      await requireUnsealed(meetingId, () => model.deleteOne({ _id }))
    },

    /** @param hidden of whom the viewer may not know */
    async view(viewer: Visitor, hidden: Set<string>): Promise<PromisesView> {
      const { meetingId } = viewer
      const [answers, actions, here] = await Promise.all([latest(meetingId), actionsOf(meetingId), peopleOf(meetingId)])
      const mine = await Promise.all(actions.map((action) => owns(viewer, action, here)))
      return {
        answers: answers.filter(({ participantId }) => !participantId || !hidden.has(participantId)),
        mine: actions.filter((_, index) => mine[index]).map(({ id }) => id),
      }
    },

    keep: latest,
  }
}
