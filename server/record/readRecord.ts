import type { Connection } from 'mongoose'
import type { Agency } from '../../shared/meeting'
import { isGated } from '../../shared/part'
import type { RecordEntry, RecordLine, What } from '../../shared/record'
import type { Section } from '../../shared/roles'
import type { Visitor } from '../access/Access'
import { may } from '../access/authorize'
import type { FamilyKeys } from '../access/familyKeys'
import { nameContext } from './record'
import { recordModel } from './recordModel'

/** As much as a person reads at once. */
const LINES_MAX = 500

/** Whoever might be dangerous to somebody reads here too: that a person was hidden is not for the family's page. */
const HIDING: readonly What[] = ['hidden', 'shown-again']

/** Somebody hidden answers unseen: not even that somebody did is told. */
const ANSWERED: readonly What[] = ['decision-answered', 'promise-answered', 'confidence-kept']

/** That somebody answered the decision is told with the answers, and not before: when they are shown, or sealed. */
const COVERED: readonly What[] = ['decision-answered', 'decision-typed']
const SHOWING: readonly What[] = ['answers-shown', 'version-sealed']

/** @param entries latest first */
function withoutCovered(entries: readonly RecordEntry[]): RecordEntry[] {
  const shown = new Set<string | null>()
  return entries.filter(({ what, meetingId }) => {
    if (SHOWING.includes(what)) shown.add(meetingId)
    return !COVERED.includes(what) || shown.has(meetingId)
  })
}

/** What only the person themselves finds here, by member id: nobody else need know that they were asked, or hid their phone. */
const OWN: readonly What[] = ['release-asked', 'phone-locked']

interface Needs {
  db: Connection
  familyKeys: FamilyKeys
  /** What the people of a family's meetings are called, by participant id and by member id. */
  familyPeople(familyId: string): Promise<Map<string, string>>
  /** Of whom the reader may not know that they were there, by participant id and by member id. */
  hiddenFrom(reader: Visitor, meetingIds: readonly string[]): Promise<Set<string>>
}

/** That there is a gated section about somebody is itself theirs to know, and of those a release opens it to. */
function mayKnowOf(reader: Visitor, { what, about }: RecordEntry): boolean {
  if (OWN.includes(what)) return reader.memberId !== null && about.memberId === reader.memberId
  const { section, subject } = about as { section?: Section; subject?: string | null }
  if (!section || !isGated(section)) return true
  return subject === reader.memberId || may(reader, 'plan:read', { section, subject: subject ?? null })
}

/** The record of a family, as one of its people may read it. */
export function createReadRecord({ db, familyKeys, familyPeople, hiddenFrom }: Needs) {
  const model = recordModel(db)

  async function nameOf({ chain, at, actor }: RecordEntry): Promise<string> {
    if (!actor.name) return ''
    return (await familyKeys.open(chain, Buffer.from(actor.name, 'base64'), nameContext(chain, at))).toString()
  }

  async function toLine(
    entry: RecordEntry,
    called: Map<string, string>,
    hidden: ReadonlySet<string>,
  ): Promise<RecordLine> {
    const { seq, at, what, actor, meetingId, about } = entry
    const whom = about.participantId ?? about.subject
    return {
      seq,
      at,
      what,
      who: hidden.has(actor.participantId ?? '') ? '' : await nameOf(entry),
      standing: actor.standing,
      agency: actor.agency as Agency | null,
      meetingId,
      whom: typeof whom === 'string' && !hidden.has(whom) ? (called.get(whom) ?? null) : null,
      about,
    }
  }

  /** Latest first. */
  return async function readRecord(reader: Visitor): Promise<{ lines: RecordLine[]; hasMore: boolean }> {
    const rows = await model
      .find({ chain: reader.familyId })
      .sort({ seq: -1 })
      .limit(LINES_MAX + 1)
      .lean()
    const entries = withoutCovered(rows.slice(0, LINES_MAX).map(({ entry }) => JSON.parse(entry) as RecordEntry))
    const called = await familyPeople(reader.familyId)
    const meetingIds = entries.flatMap(({ meetingId }) => meetingId ?? [])
    const hidden = await hiddenFrom(reader, [...new Set(meetingIds)])
    const isUnseen = ({ what, actor }: RecordEntry) =>
      HIDING.includes(what) || (ANSWERED.includes(what) && hidden.has(actor.participantId ?? ''))
    const mine = entries.filter((entry) => !isUnseen(entry) && mayKnowOf(reader, entry))
    return {
      lines: await Promise.all(mine.map((entry) => toLine(entry, called, hidden))),
      hasMore: rows.length > LINES_MAX,
    }
  }
}
