import type { Connection } from 'mongoose'
import { CONFIDENCE_WORDS, type ConfidenceView, type Confided } from '../../shared/confidence'
import type { Language, Participant } from '../../shared/meeting'
import { can } from '../../shared/roles'
import type { Visitor } from '../access/Access'
import { createAnswerers } from '../answers/answerers'
import type { Clock } from '../Clock'
import { isDuplicateKey } from '../durable'
import { confidenceModel, type StoredConfidence, toConfided } from './confidenceModel'

interface Needs extends Pick<Parameters<typeof createAnswerers>[0], 'peopleOf' | 'phaseOf'> {
  db: Connection
  clock: Clock
  /** Name of who leads the meeting. */
  leadOf(meetingId: string): Promise<string>
}

export type Confidence = ReturnType<typeof createConfidence>

/** Who is there for their work says that they keep what is said. A family is told the same, and has to say nothing. */
const isAsked = ({ role }: Participant) => can(role, 'confidence:keep', { phase: 'open' })

/** That professionals keep what is said in a meeting: one by one, by their own hands. */
export function createConfidence({ db, clock, peopleOf, phaseOf, leadOf }: Needs) {
  const { requireUnsealed } = createAnswerers({ peopleOf, phaseOf })
  const model = confidenceModel(db)

  async function keptIn(meetingId: string): Promise<Confided[]> {
    const rows = await model.find({ meetingId }).sort({ at: 1, _id: 1 }).lean<StoredConfidence[]>()
    return rows.map(toConfided)
  }

  return {
    /** Once more changes nothing. @throws plan/sealed, meeting/ended when that came first */
    async keep({ familyId, meetingId, participantId, name }: Visitor, language: Language): Promise<void> {
      const row = { familyId, meetingId, participantId: participantId!, name, language, words: CONFIDENCE_WORDS }
      try {
        const { _id } = await model.create({ ...row, lead: await leadOf(meetingId), at: clock() })
        await requireUnsealed(meetingId, () => model.deleteOne({ _id }))
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
      }
    },

    async view({ meetingId, participantId, standing }: Visitor): Promise<ConfidenceView> {
      const [kept, people] = await Promise.all([keptIn(meetingId), peopleOf(meetingId)])
      const asked = people.filter(isAsked)
      const said = new Set(kept.map((one) => one.participantId))
      const missing = asked.filter(({ id }) => !said.has(id)).map(({ id, name }) => ({ participantId: id, name }))
      return {
        asked: asked.some(({ id }) => id === participantId),
        mine: kept.find((one) => one.participantId === participantId) ?? null,
        all: standing === 'facilitator' ? { kept, missing } : null,
      }
    },

    keptIn,
  }
}
