import * as z from 'zod/mini'
import { ACCOUNT_ROUTES } from './accountRoutes'
import { BEFORE_ROUTES } from './before'
import { CONFIDENCE_WORDS, ConfidenceView } from './confidence'
import { DecisionView, PositionWords, REASON_MAX } from './decision'
import { GlossaryWords } from './glossary'
import { INVITE_ROUTES } from './invite'
import { Kept, KeepingWords } from './keeping'
import { Id, LANGUAGES, line, words } from './meeting'
import { NeedChange, NeedsView, NeedWords } from './need'
import { OnCall, OnCallWords } from './onCall'
import { PromisesView, PromiseWords } from './promise'
import { RecordLine } from './record'
import { ResumeEntry } from './resume'
import { MeetingScales, ScaleView, ScaleWords, ScoreWords } from './scaling'
import { ScreeningView, ScreeningWords } from './screening'
import { SeatsView } from './seats'
import { WallTurns } from './speaking'
import { SupportersView, SupporterWords } from './supporter'
import { POLL_ROUTES } from './timePoll'
import { SigningKeyView, VersionExport } from './versionExport'
import { VOICE_ROUTES } from './voice'
import { WHO_IS_WHO_ROUTES } from './whoIsWho'

/**
 * Routes, as in `API`, that nothing asks for which a phone loads first in the room: they come to it with the words of the
 * other pages.
 */
export const OTHER_ROUTES = {
  ...ACCOUNT_ROUTES,
  ...BEFORE_ROUTES,
  ...INVITE_ROUTES,
  ...POLL_ROUTES,
  ...VOICE_ROUTES,
  ...WHO_IS_WHO_ROUTES,

  setRelative: {
    method: 'put',
    path: '/api/meetings/:meetingId/relative',
    does: 'Says who of the relatives takes care of a child by what was decided, or that nobody does.',
    body: z.object({ name: z.nullable(line(40)) }),
    answer: DecisionView,
    status: 200,
  },

  readGlossary: {
    method: 'get',
    path: '/api/meetings/:meetingId/glossary',
    does: 'What the county’s own short forms stand for, in both languages.',
    answer: z.object({ county: GlossaryWords }),
    status: 200,
  },

  readScreening: {
    method: 'get',
    path: '/api/meetings/:meetingId/questions',
    does: 'What the family is asked about the agencies it may work with, and what it answered; for its people and who leads.',
    answer: ScreeningView,
    status: 200,
  },
  answerScreening: {
    method: 'post',
    path: '/api/meetings/:meetingId/questions',
    does: 'Answers one of these questions, or asks all of them again.',
    body: ScreeningWords,
    answer: ScreeningView,
    status: 201,
  },
  readScale: {
    method: 'get',
    path: '/api/meetings/:meetingId/scale',
    does: 'What is asked from 0 to 10, how many answered, the asker’s own answer, and everybody’s once they are shown.',
    answer: ScaleView,
    status: 200,
  },
  askScale: {
    method: 'post',
    path: '/api/meetings/:meetingId/scale',
    does: 'Asks everybody how things are, from 0 to 10; what was asked before and not shown is asked no more.',
    body: ScaleWords,
    answer: ScaleView,
    status: 201,
  },
  closeScale: {
    method: 'put',
    path: '/api/meetings/:meetingId/scale',
    does: 'Shows what was answered so far (`show`), or asks no more and shows nothing (`stop`).',
    body: z.object({ askId: Id, step: z.enum(['show', 'stop']) }),
    answer: ScaleView,
    status: 200,
  },
  giveScore: {
    method: 'post',
    path: '/api/meetings/:meetingId/scores',
    does: 'Answers from 0 to 10 for oneself; who leads, for somebody without a phone. May be done again until shown.',
    body: ScoreWords,
    answer: ScaleView,
    status: 201,
  },
  readScales: {
    method: 'get',
    path: '/api/meetings/:meetingId/scales',
    does: 'What was answered from 0 to 10 in those of the family’s meetings that the asker is in, the earliest first.',
    answer: z.object({ scales: z.array(MeetingScales) }),
    status: 200,
  },
  readWallScale: {
    method: 'get',
    path: '/api/projector/scale',
    does: 'What is asked from 0 to 10 as the wall shows it: how many answered, and what they said once it is shown.',
    answer: ScaleView,
    status: 200,
  },

  listNeeds: {
    method: 'get',
    path: '/api/meetings/:meetingId/needs',
    does: 'What the asker needs to take part, sees to or is asked to see to (also at the door); for the facilitator, what anybody needs.',
    answer: NeedsView,
    status: 200,
  },
  sayNeed: {
    method: 'post',
    path: '/api/meetings/:meetingId/needs',
    does: 'Says what one needs to be able to take part, also at the door; who leads, for somebody else.',
    body: NeedWords,
    answer: NeedsView,
    status: 201,
  },
  changeNeed: {
    method: 'put',
    path: '/api/meetings/:meetingId/needs/:needId',
    does: 'Says who sees to a need (`ask`, `take`, `cannot`, `give-back`), or that it is seen to, no longer needed or open again.',
    body: NeedChange,
    answer: NeedsView,
    status: 200,
  },
  listSupporters: {
    method: 'get',
    path: '/api/meetings/:meetingId/supporters',
    does: 'Whom the asker wants at their side; for the facilitator, whom anybody of the family does.',
    answer: SupportersView,
    status: 200,
  },
  wishSupporter: {
    method: 'post',
    path: '/api/meetings/:meetingId/supporters',
    does: 'Names somebody whom a person of the family wants at their side.',
    body: SupporterWords,
    answer: SupportersView,
    status: 201,
  },
  takeBackSupporter: {
    method: 'delete',
    path: '/api/meetings/:meetingId/supporters/:supporterId',
    does: 'Takes a wish of one’s own back; nothing of it is kept.',
    status: 204,
  },
  markSupporter: {
    method: 'put',
    path: '/api/meetings/:meetingId/supporters/:supporterId/asked',
    does: 'Says that somebody the family wants there was asked to come, or was not yet.',
    body: z.object({ asked: z.boolean() }),
    answer: SupportersView,
    status: 200,
  },
  readSeats: {
    method: 'get',
    path: '/api/meetings/:meetingId/seats',
    does: 'For which agencies nobody comes, and who is on call for them.',
    answer: SeatsView,
    status: 200,
  },
  fillSeat: {
    method: 'post',
    path: '/api/meetings/:meetingId/seats/:onCallId',
    does: 'Lets somebody in, with their account, who is on call for an agency.',
    answer: SeatsView,
    status: 201,
  },
  listOnCall: {
    method: 'get',
    path: '/api/on-call',
    does: 'Who can be reached for which agency, and when.',
    answer: z.object({ onCall: z.array(OnCall) }),
    status: 200,
  },
  addOnCall: {
    method: 'post',
    path: '/api/on-call',
    does: 'Adds somebody who can be reached for an agency.',
    body: OnCallWords,
    answer: OnCall,
    status: 201,
  },
  changeOnCall: {
    method: 'put',
    path: '/api/on-call/:onCallId',
    does: 'Changes who can be reached, how or when.',
    body: OnCallWords,
    answer: OnCall,
    status: 200,
  },
  removeOnCall: {
    method: 'delete',
    path: '/api/on-call/:onCallId',
    does: 'Takes somebody off the list of who can be reached.',
    status: 204,
  },
  readResume: {
    method: 'get',
    path: '/api/meetings/:meetingId/resume',
    does: 'What the family is good at, as those of its meetings told it that the asker is in, the newest last.',
    answer: z.object({ entries: z.array(ResumeEntry) }),
    status: 200,
  },
  readRecord: {
    method: 'get',
    path: '/api/meetings/:meetingId/record',
    does: 'Who did what with the family’s plans, and who looked, latest first; for the family.',
    answer: z.object({ lines: z.array(RecordLine), hasMore: z.boolean() }),
    status: 200,
  },
  exportRecord: {
    method: 'get',
    path: '/api/record/export',
    does: 'The whole record, as JSON lines that `npm run verify` takes; no names and no words.',
    status: 200,
  },
  exportFamilyRecord: {
    method: 'get',
    path: '/api/families/:familyId/record/export',
    does: 'The record of one family, as JSON lines that `npm run verify` takes; no names and no words.',
    status: 200,
  },
  listKeeping: {
    method: 'get',
    path: '/api/keeping',
    does: 'Every family by id, how long it is kept, and which are on hold or were removed; for who administers.',
    answer: z.object({ families: z.array(Kept) }),
    status: 200,
  },
  setKeeping: {
    method: 'put',
    path: '/api/families/:familyId/keeping',
    does: 'Decides how many years a family is kept, and whether it is on hold: then nothing of it can be removed.',
    body: KeepingWords,
    status: 204,
  },
  askExpunging: {
    method: 'post',
    path: '/api/families/:familyId/expunging',
    does: 'Asks to remove a family for ever; the answer is needed to say it a second time, within ten minutes.',
    answer: z.object({ confirmation: z.string() }),
    status: 201,
  },
  expunge: {
    method: 'post',
    path: '/api/families/:familyId/expunging/confirmation',
    does: 'Removes a family for ever: its key is destroyed. Headers of sealed versions and the record stay.',
    body: z.object({ confirmation: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/)) }),
    status: 204,
  },
  exportHeaders: {
    method: 'get',
    path: '/api/families/:familyId/versions/headers',
    does: 'The family’s sealed versions without any words, also after it was removed, to be checked; for who administers.',
    answer: VersionExport,
    status: 200,
  },
  signingKey: {
    method: 'get',
    path: '/.well-known/ourplan-key',
    does: 'The public key that sealed versions are signed with.',
    answer: SigningKeyView,
    status: 200,
  },

  readDecision: {
    method: 'get',
    path: '/api/meetings/:meetingId/decision',
    does: 'What was asked about the decision, the asker’s own answer, and everybody’s once they are shown.',
    answer: DecisionView,
    status: 200,
  },
  leadDecision: {
    method: 'put',
    path: '/api/meetings/:meetingId/decision',
    does: 'Asks everybody about the sentence that stands in the plan (`ask`), shows what they said (`show`), or not (`cover`).',
    body: z.object({ step: z.enum(['ask', 'show', 'cover']) }),
    answer: DecisionView,
    status: 200,
  },
  takePosition: {
    method: 'post',
    path: '/api/meetings/:meetingId/positions',
    does: 'Answers the decision for oneself; who leads, for somebody without a phone. May be done again until the seal.',
    body: PositionWords,
    answer: DecisionView,
    status: 201,
  },
  settleDecision: {
    method: 'post',
    path: '/api/meetings/:meetingId/settlements',
    does: 'Says what the agency decides where not everybody could agree.',
    body: z.object({ words: words(REASON_MAX) }),
    answer: DecisionView,
    status: 201,
  },
  readPromises: {
    method: 'get',
    path: '/api/meetings/:meetingId/promises',
    does: 'What owners said to their promises, and which promises bear the asker’s own name.',
    answer: PromisesView,
    status: 200,
  },
  answerPromise: {
    method: 'post',
    path: '/api/meetings/:meetingId/promises',
    does: 'Says yes to one’s own promise, would change it, or cannot promise it; who leads, for somebody without a phone.',
    body: PromiseWords,
    answer: PromisesView,
    status: 201,
  },
  readWallDecision: {
    method: 'get',
    path: '/api/projector/decision',
    does: 'The decision as the wall shows it: what everybody said once it is shown.',
    answer: DecisionView,
    status: 200,
  },
  readConfidence: {
    method: 'get',
    path: '/api/meetings/:meetingId/confidence',
    does: 'Whether the asker, who is there for their work, keeps what is said; for the facilitator, who has not said so yet.',
    answer: ConfidenceView,
    status: 200,
  },
  keepConfidence: {
    method: 'post',
    path: '/api/meetings/:meetingId/confidence',
    does: 'Says that one keeps what is said in the meeting: those who are there for their work, each for themself.',
    body: z.object({ language: z.enum(LANGUAGES), words: z.literal(CONFIDENCE_WORDS) }),
    answer: ConfidenceView,
    status: 201,
  },
  readWallTurns: {
    method: 'get',
    path: '/api/projector/turns',
    does: 'Whose turn it is in a circle, and who comes next, as the wall shows it: of nobody hidden.',
    answer: WallTurns,
    status: 200,
  },
  readWallPromises: {
    method: 'get',
    path: '/api/projector/promises',
    does: 'What owners said to their promises, as the wall shows it.',
    answer: PromisesView,
    status: 200,
  },
  exportVersions: {
    method: 'get',
    path: '/api/families/:familyId/versions/export',
    does: 'The family’s sealed versions as a file that anybody can check; words only of meetings the asker is in.',
    answer: VersionExport,
    status: 200,
  },
} as const
