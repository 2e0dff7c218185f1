import { type Connection, Types } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Participant } from '../../shared/meeting'
import type { ReleaseAsk, ReleaseForm } from '../../shared/release'
import { can } from '../../shared/roles'
import type { Visitor } from '../access/Access'
import type { FamilyKeys } from '../access/familyKeys'
import type { Clock } from '../Clock'
import { askModel, type AskWords, type StoredAsk } from './askModel'
import { sealWords } from './sealWords'

interface Needs {
  db: Connection
  familyKeys: FamilyKeys
  clock: Clock
  /** The people admitted to a meeting now. */
  peopleOf(meetingId: string): Promise<Participant[]>
}

export type Asking = ReturnType<typeof createAsking>

/**
 * Requests for a permission. Only who is asked finds them again; whoever asked learns nothing of what became of it,
 * unless a release names them.
 */
export function createAsking({ db, familyKeys, clock, peopleOf }: Needs) {
  const model = askModel(db)
  const words = sealWords<AskWords>(familyKeys, 'release-ask')
  const mine = ({ meetingId, participantId }: Visitor) => ({ meetingId, to: participantId! })

  async function show(stored: StoredAsk): Promise<ReleaseAsk> {
    return { id: stored._id.toHexString(), askedAt: stored.askedAt.toISOString(), ...(await words.open(stored)) }
  }

  return {
    /**
     * Puts a form before somebody; it takes the place of what the same person asked them before.
     *
     * @throws participant/not-found for somebody who is not there, or who cannot sign
     */
    async ask(visitor: Visitor, to: string, form: ReleaseForm): Promise<{ ask: ReleaseAsk; of: Participant }> {
      const { meetingId, familyId, phase, name, participantId } = visitor
      const asked = (await peopleOf(meetingId)).find(({ id }) => id === to)
      if (!asked || !can(asked.role, 'release:sign', { phase })) throw new PlanError('participant/not-found')
      const _id = new Types.ObjectId()
      const sealed = await words.seal(familyId, _id, { askedBy: name, form })
      const row = { _id, familyId, meetingId, from: participantId!, to, askedAt: clock(), words: sealed }
      await model.create(row)
      await model.deleteMany({ meetingId, to, from: participantId!, _id: { $ne: _id } })
      return { ask: await show(row), of: asked }
    },

    /** What this person is asked, latest first. */
    async list(visitor: Visitor): Promise<ReleaseAsk[]> {
      return Promise.all((await model.find(mine(visitor)).sort({ askedAt: -1 }).lean<StoredAsk[]>()).map(show))
    },

    /** Lets go of what this person was asked; true when it was there. Nobody is told. */
    async setAside(visitor: Visitor, askId: string): Promise<boolean> {
      const { deletedCount } = await model.deleteOne({ _id: askId, ...mine(visitor) })
      return deletedCount > 0
    },
  }
}
