import type { Connection } from 'mongoose'
import {
  isCurrent,
  type DecisionView,
  type KeptDecision,
  outcomeOf,
  type Position,
  type PositionWords,
} from '../../shared/decision'
import { PlanError } from '../../shared/errors'
import type { Participant } from '../../shared/meeting'
import type { Phase } from '../../shared/roles'
import type { Visitor } from '../access/Access'
import { type Answerers, createAnswerers, maySeeAnswer, ownKey } from '../answers/answerers'
import type { Clock } from '../Clock'
import { inTurn } from '../inTurn'
import { askModel, positionModel, settlementModel, type StoredAsk } from './decisionModel'
import { createPositions, type Positions } from './positions'
import { createRelatives, type Relatives } from './relatives'

interface Needs {
  db: Connection
  clock: Clock
  /** Those inside now. */
  peopleOf(meetingId: string): Promise<Participant[]>
  /** The sentence that stands in the plan, everything in it durable. */
  sentenceOf(meetingId: string): Promise<string>
  phaseOf(meetingId: string): Promise<Phase>
}

export type Decisions = ReturnType<typeof createDecisions>

/** The question of the decision, what everybody answered for themselves, and what became of it. */
export function createDecisions(needs: Needs) {
  const answerers = createAnswerers(needs)
  const positions = createPositions(needs, answerers)
  const relatives = createRelatives(needs)
  return {
    ...relatives,
    ...asking(needs, positions),
    ...answering(needs, positions, answerers),
    ...telling(positions, relatives),
  }
}

/** The last asking. @throws answer/changed where it was never asked, or something else was asked since */
async function requireAsk({ listAsks }: Positions, meetingId: string, askId?: string): Promise<StoredAsk> {
  const latest = (await listAsks(meetingId)).at(-1)
  if (!latest || (askId && String(latest._id) !== askId)) throw new PlanError('answer/changed')
  return latest
}

function asking({ db, clock, sentenceOf }: Needs, positions: Positions) {
  const asks = askModel(db)
  const settlements = settlementModel(db)
  /** Whether a sentence was asked about already must still be true when it is written. */
  const turns = inTurn()

  return {
    /**
     * Asks everybody about the sentence that stands in the plan; about the same one again, nothing changes.
     *
     * @throws request/invalid while the plan says no sentence
     */
    ask: ({ meetingId, familyId }: Visitor): Promise<void> =>
      turns(meetingId, async () => {
        const sentence = await sentenceOf(meetingId)
        if (!sentence) throw new PlanError('request/invalid')
        const latest = (await positions.listAsks(meetingId)).at(-1)
        if (latest && isCurrent(latest, sentence)) return
        await asks.create({ familyId, meetingId, sentence, askedAt: clock() })
      }),

    /** Everybody sees what was answered, or nobody does. */
    async show({ meetingId }: Visitor, shown: boolean): Promise<void> {
      const { _id } = await requireAsk(positions, meetingId)
      await asks.updateOne({ _id }, { $set: { shownAt: shown ? clock() : null } })
    },

    /** @throws access/denied for another agency; answer/changed where nobody said yet that they cannot support it */
    async settle({ meetingId, familyId, name, agency, standing }: Visitor, words: string): Promise<void> {
      if (!words) throw new PlanError('request/invalid')
      if (standing === 'agency' && agency !== 'child-welfare') throw new PlanError('access/denied')
      const ask = await requireAsk(positions, meetingId)
      const all = await positions.listAll(meetingId, await positions.listAsks(meetingId))
      const outcome = outcomeOf(
        all.map(({ position }) => position),
        ask.sentence,
      )
      if (outcome !== 'split' || !ask.shownAt) throw new PlanError('answer/changed')
      await settlements.create({ familyId, meetingId, ask: String(ask._id), words, by: name, agency, at: clock() })
    },
  }
}

function answering({ db, clock, sentenceOf }: Needs, positions: Positions, answerers: Answerers) {
  const rows = positionModel(db)

  return {
    /**
     * Answers the last asking, and with it exactly its sentence.
     *
     * @returns whether others see it at once
     * @throws answer/changed when the plan says something else by now; plan/sealed when it was sealed meanwhile
     */
    async answer(visitor: Visitor, { askId, stance, reason, for: other }: PositionWords): Promise<boolean> {
      const { meetingId, familyId } = visitor
      const asked = await requireAsk(positions, meetingId, askId)
      if (!isCurrent(asked, await sentenceOf(meetingId))) throw new PlanError('answer/changed')
      const who = await answerers.whoAnswers(visitor, other)
      const row = { familyId, meetingId, ask: askId, ...who, stance, reason, at: clock() }
      const { _id } = await rows.create(row)
      await answerers.requireUnsealed(meetingId, () => rows.deleteOne({ _id }))
      return asked.shownAt !== null
    },
  }
}

function telling({ listAsks, listAll, settledIn }: Positions, { relativeIn }: Relatives) {
  return {
    /** @param hidden of whom the viewer may not know */
    async view(viewer: Visitor, hidden: Set<string>): Promise<DecisionView> {
      const { meetingId, phase } = viewer
      const all = await listAsks(meetingId)
      const ask = all.at(-1)
      const relative = viewer.standing === 'projector' ? null : await relativeIn(meetingId)
      if (!ask) return { ask: null, mine: null, asked: null, positions: null, settled: null, relative }
      const known = await listAll(meetingId, all)
      const seen = known.filter(({ position, ...one }) =>
        maySeeAnswer(viewer, hidden, { ...one, participantId: position.participantId }),
      )
      const shown = ask.shownAt !== null || phase === 'sealed'
      const mine = known.find(({ who }) => who === ownKey(viewer))?.position
      const leads = viewer.standing === 'facilitator'
      const isDone = ({ stance, sentence }: Position) => stance !== null && isCurrent({ sentence }, ask.sentence)
      return {
        ask: { id: String(ask._id), sentence: ask.sentence, askedAt: ask.askedAt.toISOString(), shown },
        mine: mine?.stance ? mine : null,
        asked: leads ? seen.map(({ position }) => ({ name: position.name, answered: isDone(position) })) : null,
        positions: shown ? seen.map(({ position }) => position) : null,
        settled: shown ? await settledIn(meetingId, ask) : null,
        relative,
      }
    },

    /** For a version: before it is sealed, only what was shown. Null where nothing was asked. */
    async keep(meetingId: string, sealing: boolean): Promise<KeptDecision | null> {
      const all = await listAsks(meetingId)
      const ask = all.at(-1)
      if (!ask || !(sealing || ask.shownAt)) return null
      const positions = (await listAll(meetingId, all)).map(({ position }) => position)
      return { positions, settled: await settledIn(meetingId, ask) }
    },
  }
}
