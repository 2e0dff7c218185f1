import type { Connection } from 'mongoose'
import type { Position, Settlement } from '../../shared/decision'
import type { Participant } from '../../shared/meeting'
import { type Answerers, keyOf } from '../answers/answerers'
import {
  askModel,
  positionModel,
  settlementModel,
  type StoredAsk,
  type StoredPosition,
  type StoredSettlement,
} from './decisionModel'

/** A position, and who of the meeting it is, as far as others may have to be kept from knowing. */
export interface Known {
  who: string
  person: Participant | null
  position: Position
}

export type Positions = ReturnType<typeof createPositions>

const oldestFirst = { at: 1, _id: 1 } as const

function toSettlement({ words, by, agency, at }: StoredSettlement): Settlement {
  return { words, by, agency, at: at.toISOString() }
}

function toPosition(row: StoredPosition, sentences: Map<string, string>): Position {
  const { participantId, name, role, agency, stance, reason, typedBy, at, ask } = row
  const said = { stance, reason, sentence: sentences.get(ask) ?? '', at: at.toISOString() }
  return { participantId, name, role, agency, ...said, typedBy: typedBy || null }
}

function unanswered({ id, name, role, agency }: Participant, sentence: string): Position {
  return { participantId: id, name, role, agency, stance: null, reason: '', sentence, at: null, typedBy: null }
}

/** What was asked in a meeting about its decision, and what everybody answered, as it is stored. */
export function createPositions({ db }: { db: Connection }, { askedIn }: Answerers) {
  const asks = askModel(db)
  const rows = positionModel(db)
  const settlements = settlementModel(db)

  const listAsks = (meetingId: string) => asks.find({ meetingId }).sort({ askedAt: 1, _id: 1 }).lean<StoredAsk[]>()

  async function settledIn(meetingId: string, ask: StoredAsk): Promise<Settlement | null> {
    const all = await settlements
      .find({ meetingId, ask: String(ask._id) })
      .sort(oldestFirst)
      .lean<StoredSettlement[]>()
    const last = all.at(-1)
    return last ? toSettlement(last) : null
  }

  /**
   * Everybody who was asked, with their last answer. Who has left keeps what they answered: taking somebody out of the
   * room takes no dissent out of the plan.
   */
  async function listAll(meetingId: string, all: StoredAsk[]): Promise<Known[]> {
    const latest = all.at(-1)
    if (!latest) return []
    const sentences = new Map(all.map(({ _id, sentence }) => [String(_id), sentence]))
    const given = await rows.find({ meetingId }).sort(oldestFirst).lean<StoredPosition[]>()
    const last = new Map(given.map((row) => [row.who, toPosition(row, sentences)]))
    const present = new Map((await askedIn(meetingId)).map((person) => [keyOf(person), person]))
    const keys = [...new Set([...present.keys(), ...last.keys()])]
    return keys.map((who) => {
      const person = present.get(who) ?? null
      return { who, person, position: last.get(who) ?? unanswered(person!, latest.sentence) }
    })
  }

  return { listAsks, listAll, settledIn }
}
