import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { API, type Answer as Answers, type RouteName } from '../../shared/api'
import { ERRORS, PlanError, type ErrorBody, type ErrorCode } from '../../shared/errors'
import type { Participant } from '../../shared/meeting'
import { isGated, type Part, partKey, PLAN_PART } from '../../shared/part'
import { addItem } from '../../shared/plan'
import { listPolicy, type PolicyCell } from '../../shared/policy'
import { type Action, ACTIONS, GATED, PHASES, type Phase, STANDINGS, type Standing } from '../../shared/roles'
import { LivePage } from './livePage'
import { MeetingPage, type Someone } from './people'
import { openPolicyWorld, type PolicyWorld, restorePhase } from './policyWorld'

const NOBODY = 'f'.repeat(24)
const NO_ITEM = { kind: 'goals', id: '0123456789abcdef' }

/** Somebody who tries something: where, and at which part. */
interface Try {
  who: Someone
  standing: Standing
  phase: Phase
  meetingId: string
  versionId: string
  part: Part
}

/** `done`, the code of a refusal, or null where this wire has no way to ask for it there. */
type Outcome = 'done' | ErrorCode | null
type Drive = (one: Try) => Promise<Outcome>

/** Refused because one may not. Everything else got past the policy: to a body that is no good, or a person who is not there. */
const REFUSALS: readonly Outcome[] = [
  'session/missing',
  'access/denied',
  'meeting/not-found',
  'meeting/private',
  'meeting/ended',
  'family/not-found',
  'plan/sealed',
  'plan/read-only',
  'plan/part-not-found',
]

/** The one in which everything is tried; a test file opens it and runs by itself. */
let world: PolicyWorld

interface Answer {
  outcome: Outcome
  body: unknown
}

async function ask(one: Try, name: RouteName, body?: unknown, query = ''): Promise<Answer> {
  const ids: Record<string, string> = {
    meetingId: one.meetingId,
    versionId: one.versionId,
    familyId: world.familyId,
  }
  const path = API[name].path.replace(/:(\w+)/g, (_, id: string) => ids[id] ?? NOBODY)
  const answer = await one.who.request(API[name].method, path + query, body)
  const isJson = answer.headers.get('content-type')?.startsWith('application/json')
  if (answer.status < 300) return { outcome: 'done', body: isJson ? await answer.json() : undefined }
  const { error } = (await answer.json()) as ErrorBody
  return { outcome: error.code, body: undefined }
}

/** A request that is looked at only by who may: its body is no good, so nothing happens. */
const probe =
  (name: RouteName): Drive =>
  async (one) =>
    (await ask(one, name, {})).outcome

const read =
  (name: RouteName): Drive =>
  async (one) =>
    (await ask(one, name)).outcome

const readPart =
  (name: RouteName): Drive =>
  async (one) =>
    (await ask(one, name, undefined, `?part=${partKey(one.part)}`)).outcome

/** Done only where the answer also holds what was asked for. One answer tells of all parts, so each person asks once. */
function holding<A>(name: (one: Try) => RouteName, holds: (answer: A, one: Try) => boolean): Drive {
  const asked = new Map<string, Promise<Answer>>()
  return async (one) => {
    const whoAndWhere = `${one.standing} ${one.phase}`
    const asking = asked.get(whoAndWhere) ?? ask(one, name(one))
    asked.set(whoAndWhere, asking)
    const { outcome, body } = await asking
    return outcome === 'done' && !holds(body as A, one) ? 'access/denied' : outcome
  }
}

const isPart = ({ part }: Try, other: Part) => partKey(part) === partKey(other)
const liveRoute = ({ standing }: Try) => (standing === 'projector' ? 'openProjectorLive' : 'openLive')
type Documents = Answers<'openLive'>

/** Only from the phases in which asking for this phase means this action; afterwards all is as before. */
const turnTo =
  (to: 'open' | 'private' | 'ended', from: readonly Phase[]): Drive =>
  async (one) => {
    if (!from.includes(one.phase)) return null
    const { outcome } = await ask(one, 'setPhase', { phase: to })
    await restorePhase(world, one.phase)
    return outcome
  }

const version =
  (kind: 'checkpoint' | 'sealed'): Drive =>
  async (one) =>
    (await ask(one, 'makeVersion', { kind, label: 'x', basedOn: 999 })).outcome

const readVersion = holding<Answers<'readVersion'>>(
  () => 'readVersion',
  ({ parts }, one) => [PLAN_PART, ...parts].some((part) => isPart(one, part)),
)

/** How each action is tried over HTTP. */
const HTTP: Record<Action, Drive> = {
  'family:create': probe('createFamily'),
  'family:read': read('listFamilies'),
  'family:team': read('listTeam'),
  'family:keep': read('listKeeping'),
  'staff:manage': read('listAccounts'),
  'meeting:create': probe('createMeeting'),
  'meeting:list': read('listMeetings'),
  'record:export': read('exportRecord'),

  'meeting:read': (one) => read(one.standing === 'projector' ? 'readProjector' : 'readMeeting')(one),
  'meeting:end': turnTo('ended', ['open', 'private', 'sealed']),
  'meeting:reopen': turnTo('open', ['ended']),
  'family-time:start': turnTo('private', ['open', 'sealed', 'ended']),
  'family-time:end': turnTo('open', ['private']),
  'stage:change': probe('setStage'),
  'stage:pause': probe('setPause'),
  'speak:ask': probe('raiseHand'),
  'speak:lead': probe('leadSpeaking'),
  'joining:change': probe('setJoining'),
  'meeting:schedule': probe('setClock'),
  'poll:answer': probe('answerPoll'),
  'invite:lead': read('listInvites'),
  'meeting:set-next': probe('setNext'),
  'lobby:read': holding<Answers<'listPeople'>>(
    () => 'listPeople',
    ({ people }) => people.some(({ state }) => state === 'waiting'),
  ),
  'participant:admit': probe('admit'),
  'participant:remove': read('remove'),
  'participant:hide': probe('hide'),
  'participant:link': read('listLinks'),
  'people:read': read('listPeople'),
  'contact:share': probe('shareContact'),
  'projector:pair': read('pairProjector'),

  'plan:read': (one) =>
    one.standing === 'projector'
      ? holding<Documents>(liveRoute, ({ documents }) => documents.some((part) => isPart(one, part)))(one)
      : readPart('readPlan')(one),
  'plan:edit': holding<Documents>(liveRoute, ({ documents }, one) =>
    documents.some((part) => isPart(one, part) && part.canEdit),
  ),
  'plan:amend': probe('amend'),
  'plan:history': readPart('readHistory'),
  'voice:read': read('readVoice'),

  'answers:ask': probe('leadDecision'),
  'answers:give': async (one) => {
    const { outcome } = await ask(one, 'takePosition', { askId: NOBODY, stance: 'support', reason: '' })
    return outcome
  },
  'decision:settle': probe('settleDecision'),
  'decision:relative': probe('setRelative'),
  'promise:answer': probe('answerPromise'),
  'confidence:keep': probe('keepConfidence'),

  'need:read': read('listNeeds'),
  'need:say': probe('sayNeed'),
  'need:lead': async (one) => (await ask(one, 'changeNeed', { act: 'ask', whom: NOBODY })).outcome,
  'supporter:read': read('listSupporters'),
  'supporter:wish': probe('wishSupporter'),
  'supporter:ask': probe('markSupporter'),
  'seat:fill': read('readSeats'),
  'on-call:edit': read('listOnCall'),
  'screening:read': read('readScreening'),
  'screening:answer': probe('answerScreening'),

  'version:checkpoint': version('checkpoint'),
  'version:seal': version('sealed'),
  'version:read': async (one) => {
    const outcome = await readVersion(one)
    // It is there: who is told that it is not may not know.
    return outcome === 'version/not-found' ? 'meeting/not-found' : outcome
  },
  'version:sign': probe('signVersion'),
  'version:sign-for': async (one) => {
    const { versionId } = one
    return (await ask(one, 'signVersion', { versionId, did: 'copy', participantId: NOBODY })).outcome
  },
  'item:restore': async (one) => {
    const { versionId, part } = one
    return (await ask(one, 'restore', { versionId, part: partKey(part), item: NO_ITEM })).outcome
  },
  'release:ask': probe('askRelease'),
  'release:sign': probe('signRelease'),
  'release:revoke': read('revokeRelease'),
  'release:read': read('listReleases'),
  'record:read': read('readRecord'),
  'version:restore': async (one) =>
    one.part.section === 'plan' ? (await ask(one, 'restore', { versionId: NOBODY })).outcome : null,
}

const PATIENCE_MS = 20_000
const codeOf = (close: number): ErrorCode =>
  REFUSALS.find((code) => code && code !== 'done' && (ERRORS[code] as { close?: number }).close === close) as ErrorCode

/** A page on the live wire, as far as it gets; with a client id of its person, as one has who could write a moment ago. */
async function openLine(one: Try): Promise<{ page: LivePage; outcome: Outcome }> {
  const { store } = world.app.app.parts.livePlans
  const document = await store.find(one.meetingId, one.part)
  const [clientId] = await store.mintClients(document!, world.participantId(one.standing, one.phase), 1)
  const base = one.standing === 'projector' ? '/live/projector' : '/live'
  const path = `${base}/${one.meetingId}/${partKey(one.part)}/1`
  const page = new LivePage({ base: world.app.url, cookie: one.who.cookie, path, clientId })
  await page.until(({ provider, closeCode }) => provider.synced || closeCode !== undefined, PATIENCE_MS)
  return { page, outcome: page.provider.synced ? 'done' : codeOf(page.closeCode!) }
}

/** How actions are tried on the live wire. */
const LIVE: Partial<Record<Action, Drive>> = {
  'plan:read': async (one) => {
    const { page, outcome } = await openLine(one)
    page.close()
    return outcome
  },
  'plan:edit': async (one) => {
    const { page, outcome } = await openLine(one)
    if (outcome === 'done') {
      const id = Array.from({ length: 16 }, () => Math.floor(Math.random() * 10)).join('')
      addItem(page.doc, 'ideas', id, { order: 'a1', removed: false }, { words: 'x' })
      await page.until(({ refused, allSaved }) => refused !== undefined || allSaved, PATIENCE_MS)
    }
    page.close()
    return outcome === 'done' ? (page.refused ?? 'done') : outcome
  },
}

/** Somebody follows the meeting while its people change; `hears` says whether what they heard is what was asked for. */
const following =
  (hears: (page: MeetingPage) => boolean): Drive =>
  async (one) => {
    const page = new MeetingPage(one.who)
    const entered = {
      meetingId: one.meetingId,
      as: one.standing === 'projector' ? 'projector' : 'participant',
    } as const
    try {
      await page.enter(entered)
      const lead = await world.wren.enter('participant', one.meetingId)
      await lead.until('people:changed')
      lead.close()
      // Announcements keep their order: what was for this page has come when it is answered once more.
      await page.enter(entered)
      return hears(page) ? 'done' : 'access/denied'
    } catch (error) {
      if (error instanceof PlanError) return error.code
      // Refused before the first word: nobody we know.
      return 'session/missing'
    } finally {
      page.close()
    }
  }

const heardPeople = ({ heard }: MeetingPage) =>
  heard
    .filter(({ event }) => event === 'people:changed')
    .flatMap(({ payload }) => (payload as { people: Participant[] }).people)

/** How actions are tried over Socket.IO. */
const ANNOUNCED: Partial<Record<Action, Drive>> = {
  'meeting:read': following(() => true),
  'people:read': following((page) => heardPeople(page).length > 0),
  'lobby:read': following((page) => heardPeople(page).some(({ state }) => state === 'waiting')),
}

interface Cell {
  one: Try
  allowed: boolean
  what: string
}

/** Which cells are tried; the rules for all gated sections are the same clauses. */
export type Choice = (cell: PolicyCell) => boolean

export const EVERY_CELL: Choice = () => true

/**
 * Everything that is about no gated section, and of the gated ones one for each standing in each phase, in turn, so
 * that every section is met in every phase.
 */
export const ONE_GATED_EACH: Choice = ({ section, role, phase }) => {
  if (!section || !isGated(section) || !phase) return true
  return GATED[(STANDINGS.indexOf(role) + PHASES.indexOf(phase)) % GATED.length] === section
}

/** The cells of an action; where a release can make a difference, with and without. */
function cellsOf(action: Action, choice: Choice): Cell[] {
  const open = (cell: PolicyCell, released: boolean): Cell => {
    const phase = cell.phase ?? 'open'
    const where = { meetingId: world.meetings[phase], versionId: world.versions[phase] }
    const one = { who: world.someone(cell.role, phase), standing: cell.role, phase, ...where }
    const what = [cell.role, phase, cell.section ?? '-', released ? 'released' : 'not released'].join(', ')
    const allowed = released ? cell.withRelease! : cell.allowed
    return { one: { ...one, part: world.part(cell.section ?? 'plan', released) }, allowed, what }
  }
  const cells = listPolicy().filter((cell) => cell.action === action && choice(cell))
  return cells.flatMap((cell) =>
    cell.withRelease === undefined ? [open(cell, false)] : [open(cell, false), open(cell, true)],
  )
}

/** @returns how many cells this wire can ask for */
async function tryAll(action: Action, drive: Drive, choice: Choice): Promise<number> {
  const wrong: string[] = []
  let tried = 0
  const queue = cellsOf(action, choice)
  const work = async () => {
    for (let cell = queue.shift(); cell; cell = queue.shift()) {
      const outcome = await drive(cell.one)
      if (outcome === null) continue
      tried += 1
      if (REFUSALS.includes(outcome) === cell.allowed || outcome === 'server/trouble')
        wrong.push(`${cell.what}: ${outcome}`)
    }
  }
  // What turns a meeting from phase to phase is tried alone.
  const hands = /^(meeting:(end|reopen)|family-time)/.test(action) ? 1 : 8
  await Promise.all(Array.from({ length: hands }, work))
  expect(wrong, action).toEqual([])
  return tried
}

/** The tests of the policy on every wire, with the cells that are chosen. */
export function describePolicy(choice: Choice): void {
  describe('the policy on every wire', () => {
    const tried = { HTTP: 0, 'the live wire': 0, 'Socket.IO': 0 }
    beforeAll(async () => {
      world = await openPolicyWorld()
    })
    afterAll(async () => {
      const counts = Object.entries(tried).map(([wire, count]) => `${count} over ${wire}`)
      const sum = Object.values(tried).reduce((all, count) => all + count)
      console.log(`Cells of the policy tried: ${sum} (${counts.join(', ')})`)
      await world.app.close()
    })

    it.each(ACTIONS)('[AC60] over HTTP, %s is done by exactly those who may', async (action) => {
      tried.HTTP += await tryAll(action, HTTP[action], choice)
    })
    it.each(ACTIONS.filter((action) => LIVE[action]))(
      '[AC60] on the live wire, %s is done by exactly those who may',
      async (action) => {
        tried['the live wire'] += await tryAll(action, LIVE[action]!, choice)
      },
    )
    it.each(ACTIONS.filter((action) => ANNOUNCED[action]))(
      '[AC60] over Socket.IO, %s is done by exactly those who may',
      async (action) => {
        tried['Socket.IO'] += await tryAll(action, ANNOUNCED[action]!, choice)
      },
    )
  })
}
