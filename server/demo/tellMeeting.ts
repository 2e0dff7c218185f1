import type { Person } from '../../shared/api'
import type { Language } from '../../shared/meeting'
import { NO_FACTS } from '../../shared/ruleClocks'
import type { App } from '../app'
import type { StoredMeeting } from '../meetings/meetingModel'
import { asStaff } from './asStaff'
import { bringIn } from './bringIn'
import type { DemoFamily, DemoMeeting } from './DemoFamily'
import { tellAnswers } from './tellAnswers'
import { tellContacts } from './tellContacts'
import { tellInvites } from './tellInvites'
import { tellPermissions } from './tellPermissions'
import { tellSeats } from './tellSeats'
import { type Promiser, writeWords } from './writeWords'

const MINUTE_MS = 60_000
/** How long after each other people ask to come in. */
const AT_THE_DOOR_MS = 20_000
/** Where meetings of the demo take place; their plans name hours. */
const TIME_ZONE = 'America/Los_Angeles'

export interface Telling {
  parts: App['parts']
  /** What the clock of `parts` says. */
  story: { now: Date }
  /** By name. */
  accounts: ReadonlyMap<string, Person>
}

/** When people write; what is open now was prepared half an hour before. */
function readPeriod({ startsAt, sealedAt }: DemoMeeting): { from: number; to: number } {
  const start = Date.parse(startsAt)
  return sealedAt
    ? { from: start, to: Date.parse(sealedAt) }
    : { from: start - 60 * MINUTE_MS, to: start - 30 * MINUTE_MS }
}

/**
 * Lets a meeting happen as it is told, by what people themselves do in the product. Cut off anywhere, it goes on there
 * the next time.
 */
export async function tellMeeting(
  { parts, story, accounts }: Telling,
  family: DemoFamily & { id: string },
  told: DemoMeeting,
): Promise<void> {
  const { from, to } = readPeriod(told)
  const allow = tellPermissions(parts, family.id)
  const passes = (ms: number) => (story.now = new Date(story.now.getTime() + ms))

  /** Who leads and who is there for an agency speaks English; the interpreter is asked in the family's language. */
  function languageOf(name: string): Language {
    const role = family.people[name]?.role
    return role && role !== 'agency' ? family.language : 'en'
  }

  async function open(): Promise<StoredMeeting> {
    const { lead, kind, title, question, startsAt } = told
    const opened = (await parts.meetings.list({ familyId: family.id })).find((meeting) => meeting.title === title)
    if (opened) return opened
    const person = accounts.get(lead)!
    const words = { familyId: family.id, kind, title, question, startsAt, timeZone: TIME_ZONE }
    return asStaff(parts, person, (session) => parts.openMeeting(words, person, session))
  }

  /** @returns who is what in the meeting, by name */
  async function comeIn(meeting: StoredMeeting): Promise<Map<string, string>> {
    const { admitted, waiting } = await parts.participants.list(meeting._id.toHexString())
    const known = new Map([...admitted, ...waiting].map((person) => [person.name, person]))
    const ids = new Map(admitted.map(({ name, id }) => [name, id]))
    for (const name of told.people) {
      passes(AT_THE_DOOR_MS)
      const is = family.people[name]!
      const comer = {
        ...is,
        name,
        language: languageOf(name),
        account: accounts.get(name) ?? null,
        known: known.get(name),
      }
      ids.set(name, await bringIn(parts, meeting, comer))
    }
    return ids
  }

  /** Everybody says what they say as themselves, one after the other until `to`. */
  async function write(meetingId: string, ids: ReadonlyMap<string, string>): Promise<void> {
    const columnOf = (name: string) => family.people[name]?.agency ?? 'family'
    const whoIs = (name: string) => ({ whoId: ids.get(name) ?? null, language: languageOf(name) })
    const promiser: Promiser = (name) => ({ column: columnOf(name), ...whoIs(name) })
    const pause = (to - story.now.getTime()) / (told.words.length + 1)
    for (const words of told.words) {
      passes(pause)
      const part = await allow(meetingId, words)
      await parts.livePlans.edit(meetingId, ids.get(words.by)!, (doc) => writeWords(doc, words, promiser), part)
    }
    await tellAnswers(parts, family)(meetingId, told)
    story.now = new Date(to)
  }

  async function keep(meetingId: string): Promise<void> {
    const made = { label: told.keptAs, madeBy: told.lead, basedOn: await parts.versions.latestNumber(meetingId) }
    if (told.sealedAt) await parts.sealing.seal(meetingId, made)
    else await parts.versions.make(meetingId, made)
  }

  story.now = new Date(from)
  const meeting = await open()
  const meetingId = meeting._id.toHexString()
  if (told.facts) await parts.clocks.setFacts({ meetingId, familyId: family.id }, { ...NO_FACTS, ...told.facts })
  if (meeting.phase === 'ended') return
  if (!meeting.sealed) {
    const ids = await comeIn(meeting)
    for (const tell of [tellSeats, tellInvites, tellContacts]) await tell(parts, family.id)(meetingId, told)
    await write(meetingId, ids)
    await keep(meetingId)
  }
  if (told.sealedAt) await parts.meetings.setPhase(meetingId, 'open', 'ended')
}
