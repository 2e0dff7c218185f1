import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Phase } from '../../shared/roles'
import type { AskedQuestion, ScreeningAnswer, ScreeningQuestion, ScreeningView } from '../../shared/screening'
import type { Visitor } from '../access/Access'
import type { Clock } from '../Clock'
import { screeningAnswerModel, screeningRoundModel, type StoredAnswer, type StoredRound } from './screeningModel'

interface Needs {
  db: Connection
  clock: Clock
  questions: readonly ScreeningQuestion[]
  phaseOf(meetingId: string): Promise<Phase>
  /** Of whom the viewer may not know that they are, or were, in one of these meetings. */
  hiddenFrom(viewer: Visitor, meetingIds: readonly string[]): Promise<Set<string>>
}

export type Screening = ReturnType<typeof createScreening>

const oldestFirst = { round: 1, at: 1, _id: 1 } as const

function showAnswer({ answer, name, typed, at }: StoredAnswer): AskedQuestion['said'] {
  return { answer, by: name, typedBy: typed ? name : null, at: at.toISOString() }
}

/** What a family was asked about the agencies it may work with, and what it answered; the family's own, over all its meetings. */
export function createScreening({ db, clock, questions, phaseOf, hiddenFrom }: Needs) {
  const answers = screeningAnswerModel(db)
  const rounds = screeningRoundModel(db)

  /** What somebody hidden answered is told to who leads and to them alone. */
  async function answersFor(viewer: Visitor): Promise<StoredAnswer[]> {
    const all = await answers.find({ familyId: viewer.familyId }).sort(oldestFirst).lean<StoredAnswer[]>()
    const hidden = await hiddenFrom(viewer, [...new Set(all.map(({ meetingId }) => meetingId))])
    return all.filter(({ who }) => !hidden.has(who))
  }

  return {
    async view(viewer: Visitor): Promise<ScreeningView> {
      const [given, asked] = await Promise.all([
        answersFor(viewer),
        rounds.find({ familyId: viewer.familyId }).sort({ at: 1 }).lean<StoredRound[]>(),
      ])
      const last = new Map(given.map((row) => [row.question, row]))
      return {
        askedAgainAt: asked.at(-1)?.at.toISOString() ?? null,
        questions: questions.map((question) => {
          const row = last.get(question.id)
          return { ...question, said: row ? showAnswer(row) : null, open: !row || row.round < asked.length }
        }),
      }
    },

    /**
     * Answers a question; by who leads, what the family said to them.
     *
     * @throws request/invalid for a question that is not asked here; plan/sealed or meeting/ended when that came first
     */
    async answer(visitor: Visitor, question: string, answer: ScreeningAnswer): Promise<void> {
      if (!questions.some(({ id }) => id === question)) throw new PlanError('request/invalid')
      const { familyId, meetingId, memberId, participantId, name, standing } = visitor
      const who = memberId ?? participantId!
      const typed = standing === 'facilitator'
      const round = await rounds.countDocuments({ familyId })
      const said = { question, answer, who, name, typed, round, at: clock() }
      const { _id } = await answers.create({ familyId, meetingId, ...said })
      const phase = await phaseOf(meetingId)
      if (phase === 'open' || (phase === 'private' && !typed)) return
      await answers.deleteOne({ _id })
      throw new PlanError(
        phase === 'private' ? 'meeting/private' : phase === 'sealed' ? 'plan/sealed' : 'meeting/ended',
      )
    },

    /** Asks everything once more: something changed in the family's life. Earlier answers stay. */
    async askAgain({ familyId, meetingId }: Visitor): Promise<void> {
      await rounds.create({ familyId, meetingId, at: clock() })
    },
  }
}
