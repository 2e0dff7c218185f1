import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Participant } from '../../shared/meeting'
import type { Need, NeedChange, NeedFor, NeedsView, NeedWords } from '../../shared/need'
import { asksWords } from '../../shared/needKinds'
import type { Caller } from '../access/Access'
import type { Clock } from '../Clock'
import { createChangeNeed } from './changeNeed'
import { needModel, type StoredNeed } from './needModel'
import { mayKnowOwner, type Present, type Stake, whoNeeds } from './whoNeeds'

/** As many as one person says for a meeting; at the door somebody might say things without an end. */
const EACH_MOST = 8
/** As many as there are in a meeting. */
const ALL_MOST = 200

interface Needs {
  db: Connection
  clock: Clock
  /** Those at the door and inside. */
  presentIn(meetingId: string): Promise<Present>
  /** What somebody of the family is called, as its meetings know them; null for nobody. */
  memberName(meetingId: string, memberId: string): Promise<string | null>
}

/** What was done, and whose pages should look again: their participant ids. */
export interface Done {
  view: NeedsView
  concerned: string[]
}

export type NeedsKept = ReturnType<typeof createNeeds>

function toOwner(
  { ownedAt, ownerTypedBy }: StoredNeed,
  owner: Participant,
  caller: Caller,
  me: boolean,
): Need['owner'] {
  const known = me || mayKnowOwner(caller, owner)
  return {
    participantId: known ? owner.id : null,
    name: known ? owner.name : '',
    me,
    at: ownedAt!.toISOString(),
    typedBy: ownerTypedBy || null,
  }
}

function toNeed(row: StoredNeed, stake: Stake, caller: Caller, present: Present): Need {
  const { kind, words, typedBy, at, state, closedBy, closedAt } = row
  const { person, owner, mine, hidden, asksMe, leads, owns } = stake
  const asked = present.filter(({ id }) => row.asked.includes(id))
  return {
    id: row._id.toHexString(),
    kind,
    words,
    name: person?.name ?? row.name,
    mine,
    hidden,
    typedBy: typedBy || null,
    at: at.toISOString(),
    state,
    owner: owner ? toOwner(row, owner, caller, owns) : null,
    asksMe,
    asked: leads ? asked.map(({ id, name }) => ({ name, cannot: row.cannot.includes(id) })) : [],
    closed: closedAt && { by: row.closedHidden && !leads ? '' : closedBy, at: closedAt.toISOString() },
  }
}

/**
 * What people need to be able to take part, each with somebody who sees to it. Only its person, who leads, and who sees
 * to it or is asked to know of a need; of somebody hidden only the person and who leads.
 */
export function createNeeds({ db, clock, presentIn, memberName }: Needs) {
  const model = needModel(db)
  const changeNeed = createChangeNeed({ db, clock, presentIn })

  async function view(caller: Caller): Promise<NeedsView> {
    const { meetingId } = caller
    const [rows, present] = await Promise.all([
      model.find({ meetingId }).sort({ at: 1, _id: 1 }).lean<StoredNeed[]>(),
      presentIn(meetingId),
    ])
    const known = rows.map((row) => ({ row, stake: whoNeeds(row, caller, present) })).filter(({ stake }) => stake.knows)
    return { needs: known.map(({ row, stake }) => toNeed(row, stake, caller, present)) }
  }

  /** For whom the facilitator types. @throws participant/not-found */
  async function somebody({ meetingId }: Caller, who: NeedFor) {
    if ('name' in who) return { name: who.name, participantId: null, memberId: null }
    if ('memberId' in who) {
      const name = await memberName(meetingId, who.memberId)
      if (!name) throw new PlanError('participant/not-found')
      return { name, participantId: null, memberId: who.memberId }
    }
    const person = (await presentIn(meetingId)).find(({ id }) => id === who.participantId)
    if (!person) throw new PlanError('participant/not-found')
    return { name: person.name, participantId: person.id, memberId: person.memberId }
  }

  /** @throws request/too-many */
  async function requireRoom({ meetingId, participantId }: Caller, typed: boolean): Promise<void> {
    const own = typed ? 0 : await model.countDocuments({ meetingId, participantId, state: 'open' })
    if (own >= EACH_MOST || (await model.countDocuments({ meetingId })) >= ALL_MOST)
      throw new PlanError('request/too-many')
  }

  return {
    view,

    /** @throws request/invalid for an interpreter without a language; participant/not-found; request/too-many */
    async say(caller: Caller, { kind, words, for: who }: NeedWords): Promise<Done> {
      if (asksWords(kind) && !words) throw new PlanError('request/invalid')
      await requireRoom(caller, who !== undefined)
      const { familyId, meetingId, participantId, memberId, name } = caller
      const needs = who ? await somebody(caller, who) : { name, participantId, memberId }
      const typedBy = who ? name : ''
      await model.create({ familyId, meetingId, kind, words, ...needs, typedBy, at: clock(), state: 'open' })
      return { view: await view(caller), concerned: [needs.participantId ?? participantId] }
    },

    /** @throws what `changeNeed` does */
    async change(caller: Caller, needId: string, asked: NeedChange): Promise<Done> {
      const concerned = await changeNeed(caller, needId, asked)
      return { view: await view(caller), concerned }
    },
  }
}
