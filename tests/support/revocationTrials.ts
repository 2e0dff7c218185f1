import { addItem } from '../../shared/plan'
import { type Part, partKey } from '../../shared/part'
import { LivePage } from './livePage'
import { type Someone } from './people'
import { SlowReader } from './slowReader'
import { CAUSES, type Cause, openRevocationWorld } from './revocations'
import type { SeededRandom } from './seededRandom'

/** Somebody with a right, and a way for somebody else to take it. */
export interface Revocation {
  who: Someone
  meetingId: string
  familyId: string
  part: Part
  /** Resolves when the server has answered that it is done. */
  revoke(): Promise<unknown>
}

/** A wire on which somebody holds a right. @returns ms from the moment it was taken until the wire held nothing any more */
export type Channel = (revocation: Revocation, random: SeededRandom) => Promise<number>

const PATIENCE_MS = 10_000

/** Asks again and again: the last answer with words in it. */
export const overHttp: Channel = async ({ who, meetingId, part, revoke }) => {
  const path = `/api/meetings/${meetingId}/plan?part=${partKey(part)}`
  const mayRead = async () => (await who.request('GET', path)).status === 200
  if (!(await mayRead())) throw new Error(`${who.name} had no right to lose`)
  const started = performance.now()
  const revoking = revoke()
  for (;;) {
    const read = await mayRead()
    const now = performance.now()
    if (!read) {
      await revoking
      return now - started
    }
    if (now - started > PATIENCE_MS) throw new Error(`${who.name} reads on and on`)
  }
}

/** As a page that asked for its way a moment ago: two hundred in a minute would be asked to wait. */
async function openOnPart(who: Someone, meetingId: string, part: Part): Promise<LivePage> {
  const { store } = who.app.app.parts.livePlans
  const document = (await store.find(meetingId, part))!
  const [clientId] = await store.mintClients(document, who.participantId, 1)
  const path = `/live/${document._id.replace(':', '/')}/${document.generation}`
  const page = new LivePage({ base: who.app.url, cookie: who.cookie, path, clientId })
  await page.until(({ provider }) => provider.synced)
  return page
}

/** What is written before the server has answered that the right is gone, and what after. */
const [IN_TIME, LATE] = ['.', '!']

/** Writes a sign a turn until the page is closed; of what was written after the answer nothing may be in the plan. */
export const onTheLiveWire: Channel = async ({ who, meetingId, part, revoke }, random) => {
  const page = await openOnPart(who, meetingId, part)
  const { canEdit } = page.hello!
  const line = random.id()
  let sign = IN_TIME
  const write = () => canEdit && page.write(`ideas/${line}/words`, sign)
  if (canEdit) addItem(page.doc, 'ideas', line, { order: 'a1', removed: false })
  write()
  const first = page.sent
  const writing = setInterval(write, 2)
  try {
    if (canEdit) await page.until(({ saved }) => saved >= first)
    const started = performance.now()
    const revoking = revoke().then(() => (sign = LATE))
    await page.until(({ closeCode }) => closeCode !== undefined, PATIENCE_MS)
    const took = performance.now() - started
    await revoking
    write()
    if (canEdit) await requireInTime(line, who, meetingId, part)
    return took
  } finally {
    clearInterval(writing)
    page.close()
  }
}

async function requireInTime(line: string, who: Someone, meetingId: string, part: Part): Promise<void> {
  const { ideas } = await who.app.app.parts.livePlans.readPlan(meetingId, part)
  const stored = ideas.find(({ id }) => id === line)?.words ?? ''
  if (!stored.startsWith(IN_TIME)) throw new Error(`nothing of what ${who.name} wrote in time is there`)
  if (stored.includes(LATE)) throw new Error(`what ${who.name} wrote too late was taken`)
}

export const inAnnouncements: Channel = async ({ who, meetingId, revoke }) => {
  const page = await who.enter('participant', meetingId)
  const started = performance.now()
  await Promise.all([revoke(), page.closed])
  return performance.now() - started
}

/** An export that is on its way over a slow line. */
export const inAnExport: Channel = async ({ who, familyId, revoke }) => {
  const reader = await SlowReader.ask(who, `/api/families/${familyId}/versions/export`)
  if (reader.status !== 200) throw new Error(`${who.name} had nothing to export`)
  const started = performance.now()
  await revoke()
  const { whole } = await reader.readOn()
  if (whole) throw new Error(`${who.name} got all of it`)
  return performance.now() - started
}

/** By what a right can end that is held on a wire: announcements are those of the meeting, an export holds what is sealed. */
export const CHANNELS: Record<string, { hold: Channel; endsBy: readonly Cause[]; long?: true }> = {
  HTTP: { hold: overHttp, endsBy: CAUSES },
  'the live wire': { hold: onTheLiveWire, endsBy: CAUSES },
  'Socket.IO': { hold: inAnnouncements, endsBy: ['signed out', 'account closed', 'removed'] },
  'a running export': {
    hold: inAnExport,
    long: true,
    endsBy: ['signed out', 'account closed', 'removed', 'release ended', 'release expired'],
  },
}

/**
 * Takes rights from people again and again on one wire, by one cause after the other.
 *
 * @returns how long the wire went on after each, ms, the shortest first
 */
export async function tryRevocations(channel: string, trials: number, random: SeededRandom): Promise<number[]> {
  const { hold, endsBy, long } = CHANNELS[channel]!
  const world = await openRevocationWorld(long && random)
  const took: number[] = []
  try {
    for (let trial = 0; trial < trials; trial++) {
      took.push(await hold(await world.begin(endsBy[trial % endsBy.length]!), random))
    }
  } finally {
    await world.close()
  }
  return took.sort((a, b) => a - b)
}

/** What is printed of it. */
export function tellTook(channel: string, took: number[]): string {
  const [median, slowest] = [took[took.length >> 1]!, took.at(-1)!].map(Math.round)
  return `Rights ended on ${channel}: ${took.length} trials, median ${median} ms, slowest ${slowest} ms`
}
