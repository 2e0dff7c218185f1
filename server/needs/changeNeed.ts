import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Participant } from '../../shared/meeting'
import type { NeedChange } from '../../shared/need'
import { mayOwn } from '../../shared/needKinds'
import type { Caller } from '../access/Access'
import type { Clock } from '../Clock'
import { needModel, type StoredNeed } from './needModel'
import { type Present, type Stake, whoNeeds } from './whoNeeds'

interface Needs {
  db: Connection
  clock: Clock
  /** Those at the door and inside. */
  presentIn(meetingId: string): Promise<Present>
}

/** A need as it was read, with what it is to whoever asks. */
interface Found {
  row: StoredNeed
  stake: Stake
  present: Present
}

/**
 * Who is to see to it.
 *
 * @throws access/denied; participant/not-found; need/not-relatives; answer/own-phone where who leads would say yes for
 *   somebody who has a page open and says it there
 */
function requireOwner(caller: Caller, { row, stake, present }: Found, { act, whom }: NeedChange): Participant {
  const id = whom ?? caller.participantId
  const owner = present.find((one) => one.id === id && one.state === 'admitted')
  if (!owner) throw new PlanError('participant/not-found')
  const isSelf = owner.id === caller.participantId
  if (!isSelf && (!stake.leads || stake.hidden)) throw new PlanError('access/denied')
  if (isSelf && !stake.leads && !stake.mine && !stake.asksMe) throw new PlanError('access/denied')
  if (!mayOwn(row.kind, owner.role)) throw new PlanError('need/not-relatives')
  if (act === 'take' && !isSelf && owner.here && owner.attendance !== 'proxy') throw new PlanError('answer/own-phone')
  return owner
}

/** Changes a need as whom it concerns says: who sees to it, or that it is over. */
export function createChangeNeed({ db, clock, presentIn }: Needs) {
  const model = needModel(db)

  /** @throws need/not-found, also for one that the asker may not know of */
  async function find(caller: Caller, needId: string) {
    const row = await model.findOne({ _id: needId, meetingId: caller.meetingId }).lean<StoredNeed>()
    const present = await presentIn(caller.meetingId)
    const stake = row && whoNeeds(row, caller, present)
    if (!row || !stake?.knows) throw new PlanError('need/not-found')
    return { row, stake, present }
  }

  /** Only while it stands as it was read: of two who say it at once, one is heard. @throws need/changed */
  async function change({ _id, state, ownerId }: StoredNeed, $set: Partial<StoredNeed>): Promise<void> {
    const { matchedCount } = await model.updateOne({ _id, state, ownerId }, { $set })
    if (matchedCount === 0) throw new PlanError('need/changed')
  }

  async function own(caller: Caller, found: Found, asked: NeedChange): Promise<string> {
    const owner = requireOwner(caller, found, asked)
    const { row, stake } = found
    if (row.state !== 'open' || stake.owner) throw new PlanError('need/changed')
    if (asked.act === 'ask') {
      await model.updateOne({ _id: row._id }, { $addToSet: { asked: owner.id }, $pull: { cannot: owner.id } })
    } else {
      const ownerTypedBy = owner.id === caller.participantId ? '' : caller.name
      await change(row, { ownerId: owner.id, ownedAt: clock(), ownerTypedBy })
    }
    return owner.id
  }

  /** What those say who need it, or see to it. @throws access/denied */
  async function settle(
    { name, participantId, hidden }: Caller,
    { row, stake }: Found,
    act: NeedChange['act'],
  ): Promise<void> {
    const { leads, mine, owns, asksMe } = stake
    if (act === 'cannot') {
      if (!asksMe) throw new PlanError('access/denied')
      await model.updateOne({ _id: row._id }, { $addToSet: { cannot: participantId } })
    } else if (act === 'give-back') {
      if (!owns && !leads) throw new PlanError('access/denied')
      await change(row, { ownerId: null, ownedAt: null, ownerTypedBy: '' })
    } else if (act === 'open') {
      if (!mine && !leads && !owns) throw new PlanError('access/denied')
      await change(row, { state: 'open', closedBy: '', closedAt: null })
    } else {
      const may = act === 'not-needed' ? mine || leads : mine || leads || owns
      if (!may) throw new PlanError('access/denied')
      if (row.state !== 'open') throw new PlanError('need/changed')
      const closed = { closedBy: name, closedHidden: hidden === true, closedAt: clock() }
      await change(row, { state: act === 'not-needed' ? act : 'seen-to', ...closed })
    }
  }

  /**
   * @returns whose pages should look again, by participant id
   * @throws need/not-found, need/changed, access/denied, and what `requireOwner` does
   */
  return async function changeNeed(caller: Caller, needId: string, asked: NeedChange): Promise<string[]> {
    const found = await find(caller, needId)
    const { row, stake } = found
    const isOwned = asked.act === 'ask' || asked.act === 'take'
    const whom = isOwned ? await own(caller, found, asked) : null
    if (!isOwned) await settle(caller, found, asked.act)
    const ids = [row.participantId, stake.person?.id, row.ownerId, whom, caller.participantId, ...row.asked]
    return [...new Set(ids.filter((id) => id !== null && id !== undefined))]
  }
}
