import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { Language } from '../../shared/meeting'

/** Whoever looks over a shoulder learns that somebody meets, and not with whom or about what. */
const WORDS: Record<Language, string> = { en: 'Meeting', es: 'Reunión' }
const MINUTE_MS = 60_000

interface Entry {
  meetingId: string
  startsAt: Date
  minutes: number
  /** How often it was put to another time. */
  changes: number
  /** Now. */
  at: Date
  /** Origin people reach us at. */
  origin: string
  language: Language
}

/**
 * A meeting for somebody’s own calendar. Moments are in UTC, so that every calendar shows the hour of the place it is in.
 * The same meeting keeps its name there: a later file puts the entry to the new time.
 */
export function calendarFile({ meetingId, startsAt, minutes, changes, at, origin, language }: Entry): string {
  const calendar = ical({ method: ICalCalendarMethod.PUBLISH, prodId: { company: 'calendar', product: 'entries' } })
  calendar.createEvent({
    id: `${meetingId}@${new URL(origin).hostname}`,
    sequence: changes,
    stamp: at,
    start: startsAt,
    end: new Date(startsAt.getTime() + minutes * MINUTE_MS),
    summary: WORDS[language],
    url: `${origin}/m/${meetingId}`,
    status: ICalEventStatus.CONFIRMED,
  })
  return calendar.toString()
}
