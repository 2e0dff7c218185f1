import type { Language } from '../../shared/meeting'

const LOCALE = { en: 'en-US', es: 'es-US' } as const
const CLOCK = { en: 'h12', es: 'h23' } as const

/** "Tuesday, March 2 at 10:00 AM" or "martes, 2 de marzo, 10:00", by the clock of the place where people meet. */
export function showTime(instant: string, timeZone: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALE[language], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: CLOCK[language],
    timeZone,
  }).format(new Date(instant))
}

/** "Friday, March 5" for a day written 2027-03-05; a day is the same day in every zone. */
export function showDay(day: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALE[language], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`))
}

/** "10:24 AM" or "10:24". */
export function showClock(now: Date, timeZone: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALE[language], {
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: CLOCK[language],
    timeZone,
  }).format(now)
}
