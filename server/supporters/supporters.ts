import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Supporter, SupportersView, SupporterWords } from '../../shared/supporter'
import { SUPPORTERS_MOST } from '../../shared/supportersMost'
import type { Role } from '../../shared/roles'
import type { Visitor } from '../access/Access'
import type { Clock } from '../Clock'
import { inTurn } from '../inTurn'
import { supporterModel, type StoredSupporter } from './supporterModel'

interface Needs {
  db: Connection
  clock: Clock
  /** The list of who is asked to come. */
  invites: {
    wishesIn(meetingId: string): Promise<Set<string>>
    forgetWish(meetingId: string, supporterId: string): Promise<void>
  }
}

export type Supporters = ReturnType<typeof createSupporters>

const isMine = ({ participantId, memberId }: StoredSupporter, visitor: Visitor): boolean =>
  participantId === visitor.participantId || (memberId !== null && memberId === visitor.memberId)

function toSupporter(row: StoredSupporter, visitor: Visitor, onList: ReadonlySet<string>): Supporter {
  const { _id, name, relation, reach, by, askedBy, askedAt } = row
  const asked = askedAt && { by: askedBy, at: askedAt.toISOString() }
  const id = _id.toHexString()
  const listed = visitor.standing === 'facilitator' && onList.has(id)
  return { id, name, relation, reach, by, mine: isMine(row, visitor), listed, asked }
}

/**
 * Whom the people of the family want at their side in a meeting. Each sees their own wishes, who leads sees all; a wish
 * is taken back by whoever has it, and by nobody else.
 */
export function createSupporters({ db, clock, invites }: Needs) {
  const model = supporterModel(db)
  /** How many there are must still be true when one more is written. */
  const turns = inTurn()

  async function mayKnow(visitor: Visitor): Promise<StoredSupporter[]> {
    const rows = await model.find({ meetingId: visitor.meetingId }).sort({ at: 1, _id: 1 }).lean<StoredSupporter[]>()
    return visitor.standing === 'facilitator' ? rows : rows.filter((row) => isMine(row, visitor))
  }

  async function view(visitor: Visitor): Promise<SupportersView> {
    const [rows, onList] = await Promise.all([mayKnow(visitor), invites.wishesIn(visitor.meetingId)])
    return { supporters: rows.map((row) => toSupporter(row, visitor, onList)) }
  }

  return {
    view,

    /** @throws supporter/enough */
    wish: (visitor: Visitor, words: SupporterWords): Promise<SupportersView> =>
      turns(visitor.meetingId, async () => {
        const { familyId, meetingId, memberId, name: by, standing } = visitor
        const most = SUPPORTERS_MOST[standing as Role] ?? 0
        if ((await mayKnow(visitor)).length >= most) throw new PlanError('supporter/enough')
        const participantId = visitor.participantId!
        await model.create({ familyId, meetingId, participantId, memberId, by, ...words, at: clock() })
        return view(visitor)
      }),

    /** @throws supporter/not-found, also for somebody else’s wish */
    async takeBack(visitor: Visitor, supporterId: string): Promise<void> {
      const wish = (await mayKnow(visitor)).find(({ _id }) => _id.toHexString() === supporterId)
      if (!wish || !isMine(wish, visitor)) throw new PlanError('supporter/not-found')
      await model.deleteOne({ _id: supporterId })
      await invites.forgetWish(visitor.meetingId, supporterId)
    },

    /** @throws supporter/not-found */
    async read(meetingId: string, supporterId: string): Promise<StoredSupporter> {
      const wish = await model.findOne({ _id: supporterId, meetingId }).lean<StoredSupporter>()
      if (!wish) throw new PlanError('supporter/not-found')
      return wish
    },

    /** @throws supporter/not-found */
    async mark(visitor: Visitor, supporterId: string, asked: boolean): Promise<SupportersView> {
      const $set = asked ? { askedBy: visitor.name, askedAt: clock() } : { askedBy: '', askedAt: null }
      const { matchedCount } = await model.updateOne({ _id: supporterId, meetingId: visitor.meetingId }, { $set })
      if (matchedCount === 0) throw new PlanError('supporter/not-found')
      return view(visitor)
    },

    /** Who leads asked them to come. @returns who wishes for them; null where the wish was taken back */
    async noteAsked({ meetingId, name }: Visitor, supporterId: string): Promise<string | null> {
      const $set = { askedBy: name, askedAt: clock() }
      const wish = await model.findOneAndUpdate({ _id: supporterId, meetingId }, { $set }).lean<StoredSupporter>()
      return wish?.participantId ?? null
    },

    /** Who wishes for them; null for no such wish. */
    async wisherOf(meetingId: string, supporterId: string): Promise<string | null> {
      const wish = await model.findOne({ _id: supporterId, meetingId }).lean<StoredSupporter>()
      return wish?.participantId ?? null
    },
  }
}
