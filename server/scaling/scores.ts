import type { Connection } from 'mongoose'
import type { Participant } from '../../shared/meeting'
import type { Dot, Higher, ScaleRound, ScaleView, ScaleWords } from '../../shared/scaling'
import type { Visitor } from '../access/Access'
import { type Answerers, keyOf, maySeeAnswer } from '../answers/answerers'
import { scaleModel, scoreModel, type StoredScale, type StoredScore } from './scaleModel'

/** Somebody who is asked, or answered, or both. */
export interface Asked {
  who: string
  participantId: string | null
  person: Participant | null
  row: StoredScore | null
}

export type Scores = ReturnType<typeof createScores>

const oldestFirst = { at: 1, _id: 1 } as const
const words = ({ question, zero, ten, item }: StoredScale): ScaleWords => ({ question, zero, ten, item })

/** Somebody for whom it was typed and who then came and answered counts once, with their own answer. */
function withoutTyped(rows: StoredScore[]): StoredScore[] {
  const own = new Set(rows.filter(({ typedBy }) => !typedBy).map(({ name }) => name.toLowerCase()))
  return rows.filter(({ typedBy, name }) => !typedBy || !own.has(name.toLowerCase()))
}

/** Everything of an answer that may be known: whose it is only where they agreed. */
function toRound(scale: StoredScale, rows: StoredScore[]): ScaleRound {
  const whose = ({ named, name, participantId }: StoredScore) =>
    named ? { name, participantId } : { name: null, participantId: null }
  const dots = rows.map((row): Dot => ({ score: Number(row.score), ...whose(row) }))
  const said = rows.filter(({ higher }) => higher)
  const higher = said.map((row): Higher => ({ words: row.higher, ...whose(row) }))
  const called = ({ name }: Dot | Higher) => name ?? '￿'
  return {
    ...{ id: String(scale._id), ...words(scale), shownAt: scale.shownAt!.toISOString() },
    dots: dots.sort((a, b) => a.score - b.score || called(a).localeCompare(called(b))),
    higher: higher.sort((a, b) => called(a).localeCompare(called(b)) || a.words.localeCompare(b.words)),
  }
}

/** What was asked in a meeting from 0 to 10, and what everybody answered, as it is stored and as it may be seen. */
export function createScores({ db }: { db: Connection }, { askedIn }: Answerers) {
  const scales = scaleModel(db)
  const model = scoreModel(db)

  const listScales = (meetingId: string) =>
    scales.find({ meetingId }).sort({ askedAt: 1, _id: 1 }).lean<StoredScale[]>()

  /** The last answer of each. */
  async function rowsOf(scale: StoredScale): Promise<StoredScore[]> {
    const rows = await model
      .find({ scale: String(scale._id) })
      .sort(oldestFirst)
      .lean<StoredScore[]>()
    return withoutTyped([...new Map(rows.map((row) => [row.who, row])).values()])
  }

  /** Who answered, and who of those inside has not yet. Taking somebody out of the room takes no answer away. */
  async function askedFor(scale: StoredScale): Promise<Asked[]> {
    const given = new Map((await rowsOf(scale)).map((row) => [row.who, row]))
    const present = new Map((await askedIn(scale.meetingId)).map((person) => [keyOf(person), person]))
    return [...new Set([...present.keys(), ...given.keys()])].map((who) => {
      const [person, row] = [present.get(who) ?? null, given.get(who) ?? null]
      return { who, person, row, participantId: person?.id ?? row?.participantId ?? null }
    })
  }

  return {
    listScales,
    askedFor,

    /** @param sees what of it somebody may know of */
    async roundOf(scale: StoredScale, sees: (one: Asked) => boolean): Promise<ScaleRound> {
      return toRound(
        scale,
        (await askedFor(scale))
          .filter(sees)
          .map(({ row }) => row)
          .filter((row) => row !== null),
      )
    },

    /** @param hidden of whom the viewer may not know */
    openFor(viewer: Visitor, hidden: Set<string>, scale: StoredScale, asked: Asked[]): ScaleView['open'] {
      const seen = asked.filter((one) => maySeeAnswer(viewer, hidden, one))
      const answered = seen.filter(({ row }) => row !== null).length
      return { id: String(scale._id), ...words(scale), answered, of: seen.length }
    },
  }
}
