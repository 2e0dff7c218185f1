import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Participant } from '../../shared/meeting'
import type { Phase } from '../../shared/roles'
import { FEWEST_SHOWN, type ScaleRound, type ScaleView, type ScaleWords, type ScoreWords } from '../../shared/scaling'
import type { Visitor } from '../access/Access'
import { type Answerers, createAnswerers, maySeeAnswer, ownKey } from '../answers/answerers'
import type { Clock } from '../Clock'
import { inTurn } from '../inTurn'
import { scaleModel, scoreModel, type StoredScale } from './scaleModel'
import { type Asked, createScores, type Scores } from './scores'

interface Needs {
  db: Connection
  clock: Clock
  /** Those inside now. */
  peopleOf(meetingId: string): Promise<Participant[]>
  phaseOf(meetingId: string): Promise<Phase>
}

interface Parts {
  answerers: Answerers
  scores: Scores
  /** What is asked now, who answered, and what is shown must still be so when it is written, and when a seal reads it. */
  turns: ReturnType<typeof inTurn>
}

export type Scales = ReturnType<typeof createScales>

const isOpen = ({ state }: StoredScale) => state === 'open'
const isShown = ({ state }: StoredScale) => state === 'shown'
/** Whoever is hidden holds nothing up: others would see that somebody is missing of whom they do not know. */
const isKnown = ({ person }: Asked) => !person?.hidden

/** How things are, from 0 to 10: hidden from everybody until all have answered, or who leads shows it. */
export function createScales(needs: Needs) {
  const answerers = createAnswerers(needs)
  const parts = { answerers, scores: createScores(needs, answerers), turns: inTurn() }
  return { ...asking(needs, parts), ...answering(needs, parts), ...telling(parts) }
}

/** @throws answer/changed where it is not open any more */
async function requireOpen({ listScales }: Scores, meetingId: string, askId: string): Promise<StoredScale> {
  const scale = (await listScales(meetingId)).find(({ _id }) => String(_id) === askId)
  if (!scale || !isOpen(scale)) throw new PlanError('answer/changed')
  return scale
}

function asking({ db, clock }: Needs, { answerers, scores, turns }: Parts) {
  const scales = scaleModel(db)

  return {
    /** Asks everybody. What was open before is asked no more, and what was answered to it is shown to nobody. */
    ask: ({ meetingId, familyId }: Visitor, words: ScaleWords): Promise<void> =>
      turns(meetingId, async () => {
        await answerers.requireUnsealed(meetingId)
        const open = (await scores.listScales(meetingId)).filter(isOpen)
        for (const { _id } of open) await scales.updateOne({ _id }, { $set: { state: 'stopped' } })
        await scales.create({ familyId, meetingId, ...words, askedAt: clock(), state: 'open' })
      }),

    /**
     * Shows what was answered so far, or asks no more without showing it.
     *
     * @throws answer/changed where it is not open any more; request/invalid while fewer answered than may be shown
     */
    close: ({ meetingId }: Visitor, askId: string, step: 'show' | 'stop'): Promise<void> =>
      turns(meetingId, async () => {
        await answerers.requireUnsealed(meetingId)
        const { _id, ...scale } = await requireOpen(scores, meetingId, askId)
        const given = (await scores.askedFor({ _id, ...scale })).filter((one) => isKnown(one) && one.row)
        if (step === 'show' && given.length < FEWEST_SHOWN) throw new PlanError('request/invalid')
        const closed = step === 'show' ? { state: 'shown', shownAt: clock() } : { state: 'stopped' }
        await scales.updateOne({ _id }, { $set: closed })
      }),
  }
}

function answering({ db, clock }: Needs, { answerers, scores, turns }: Parts) {
  const scales = scaleModel(db)
  const model = scoreModel(db)

  return {
    /**
     * Answers what is asked now. The last one who is asked opens what everybody said.
     *
     * @returns whether it is shown now
     * @throws answer/changed when something else is asked, or it is shown already; plan/sealed when sealed meanwhile
     */
    answer: (visitor: Visitor, { askId, score, for: other, ...said }: ScoreWords): Promise<boolean> =>
      turns(visitor.meetingId, async () => {
        const { meetingId, familyId } = visitor
        const scale = await requireOpen(scores, meetingId, askId)
        const who = await answerers.whoAnswers(visitor, other)
        const row = { familyId, meetingId, scale: askId, ...who, ...said, score: String(score), at: clock() }
        const { _id } = await model.create(row)
        await answerers.requireUnsealed(meetingId, () => model.deleteOne({ _id }))
        const asked = (await scores.askedFor(scale)).filter(isKnown)
        if (asked.length === 0 || asked.some(({ row }) => !row)) return false
        await scales.updateOne({ _id: scale._id }, { $set: { state: 'shown', shownAt: clock() } })
        return true
      }),
  }
}

function telling({ scores, turns }: Parts) {
  async function roundsOf(meetingId: string, sees: (one: Asked) => boolean): Promise<ScaleRound[]> {
    const shown = (await scores.listScales(meetingId)).filter(isShown)
    return Promise.all(shown.map((scale) => scores.roundOf(scale, sees)))
  }

  return {
    /** @param hidden of whom the viewer may not know */
    async view(viewer: Visitor, hidden: Set<string>): Promise<ScaleView> {
      const { meetingId, phase } = viewer
      const rounds = await roundsOf(meetingId, (one) => maySeeAnswer(viewer, hidden, one))
      const scale = (await scores.listScales(meetingId)).find(isOpen)
      if (!scale || phase === 'sealed' || phase === 'ended') return { open: null, mine: null, rounds }
      const asked = await scores.askedFor(scale)
      const row = asked.find(({ who }) => who === ownKey(viewer))?.row
      return {
        open: scores.openFor(viewer, hidden, scale, asked),
        mine: row ? { score: Number(row.score), higher: row.higher, named: row.named } : null,
        rounds,
      }
    },

    /** What was shown in a meeting, for whoever may read there what was kept. */
    shownTo: (viewer: Visitor, hidden: Set<string>): Promise<ScaleRound[]> =>
      roundsOf(viewer.meetingId, (one) => maySeeAnswer(viewer, hidden, one)),

    /** For a version: what was shown, without those of whom others may not know. What was not shown stays unsaid. */
    keep: (meetingId: string): Promise<ScaleRound[]> => turns(meetingId, () => roundsOf(meetingId, isKnown)),
  }
}
