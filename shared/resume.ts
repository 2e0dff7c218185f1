import * as z from 'zod/mini'
import { localMinute } from './localMinute'
import { Language } from './meeting'
import { Day, ItemId, type Plan } from './plan'
import { wordingsOf } from './wordings'

/** A strength in the words somebody said last, and where it was told first. */
export const ResumeEntry = z.object({
  id: ItemId,
  words: z.string(),
  other: z.string(),
  language: z.nullable(Language),
  /** Whose, as the room calls them; empty for the whole family's. */
  who: z.string(),
  /** The day it showed, or else that of the meeting. */
  day: Day,
  /** The meeting in which it was told. */
  meeting: z.object({ title: z.string(), day: Day }),
})
export type ResumeEntry = z.infer<typeof ResumeEntry>

/** What a meeting's plan says of strengths, at one moment. */
export interface ResumeReading {
  meeting: { title: string; startsAt: string; timeZone: string }
  strengths: Plan['strengths']
}

/**
 * The strengths of a family as they grew from meeting to meeting, the newest last. A strength that several plans have is
 * one, as the latest has it; one that was taken out there is in none.
 *
 * @param readings the earliest first
 */
export function growResume(readings: readonly ResumeReading[]): ResumeEntry[] {
  const known = new Map<string, { strength: Plan['strengths'][number]; meeting: ResumeEntry['meeting'] }>()
  for (const { meeting, strengths } of readings) {
    const day = localMinute(new Date(meeting.startsAt), meeting.timeZone).slice(0, 10)
    for (const strength of strengths) {
      const told = known.get(strength.id)?.meeting ?? { title: meeting.title, day }
      known.set(strength.id, { strength, meeting: told })
    }
  }
  return [...known.values()]
    .filter(({ strength }) => !strength.removed && wordingsOf(strength).length > 0)
    .map(({ strength: { id, words, other, language, who, day }, meeting }) => {
      return { id, words, other, language, who: who.trim(), day: day ?? meeting.day, meeting }
    })
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

/** Person by person as they were first told of, the whole family before them. */
export function byPerson(entries: readonly ResumeEntry[]): { who: string; entries: ResumeEntry[] }[] {
  const names = [...new Set(['', ...entries.map(({ who }) => who)])]
  return names
    .map((who) => ({ who, entries: entries.filter((entry) => entry.who === who) }))
    .filter((group) => group.entries.length > 0)
}
