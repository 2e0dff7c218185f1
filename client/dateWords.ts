import type { Language } from '../shared/meeting'

/** Parts of a date as this language writes them, by name. */
function partsOf(date: Date, language: Language, options: Intl.DateTimeFormatOptions): Record<string, string> {
  const parts = new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-US', options).formatToParts(date)
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]))
}

function dayFrom(date: Date, timeZone: string, language: Language, now: Date): string {
  const width = language === 'es' ? 'long' : 'short'
  const year = (of: Date) => partsOf(of, language, { timeZone, year: 'numeric' })['year']
  const part = partsOf(date, language, { timeZone, weekday: width, day: 'numeric', month: width, year: 'numeric' })
  const day =
    language === 'es'
      ? `${part['weekday']} ${part['day']} de ${part['month']}`
      : `${part['weekday']} ${part['day']} ${part['month']}`
  if (year(date) === year(now)) return day
  return language === 'es' ? `${day} de ${part['year']}` : `${day} ${part['year']}`
}

/** A time of day: "10:00 am", in Spanish "10:00" of 24 hours. */
export function timeWords(instant: string, timeZone: string, language: Language): string {
  const hour12 = language === 'en'
  const part = partsOf(new Date(instant), language, {
    timeZone,
    hour: hour12 ? 'numeric' : '2-digit',
    minute: '2-digit',
    hourCycle: hour12 ? 'h12' : 'h23',
  })
  const clock = `${part['hour']}:${part['minute']}`
  // Held together: "am" alone on a line reads like a word.
  return hour12 ? `${clock}\u00a0${part['dayPeriod']?.toLowerCase()}` : clock
}

/**
 * A moment as people say it: "Tue 2 Mar, 10:00 am", "martes 2 de marzo, 10:00".
 *
 * @param timeZone the meeting's zone: everybody reads the hour of the room
 */
export function momentWords(instant: string, timeZone: string, language: Language, now = new Date()): string {
  return `${dayFrom(new Date(instant), timeZone, language, now)}, ${timeWords(instant, timeZone, language)}`
}

/** A calendar day (`2027-03-05`) as people say it: "Fri 5 Mar", with the year where it is not this one. */
export function dayWords(day: string, language: Language, now = new Date()): string {
  return dayFrom(new Date(`${day}T12:00:00Z`), 'UTC', language, now)
}

/** The day of a moment, without its hour. */
export function dayOfWords(instant: string, timeZone: string, language: Language, now = new Date()): string {
  return dayFrom(new Date(instant), timeZone, language, now)
}

/** The day of a moment in full, for paper: "13 April 2027", "13 de abril de 2027". */
export function longDayWords(instant: string, timeZone: string, language: Language): string {
  const options = { timeZone, day: 'numeric', month: 'long', year: 'numeric' } as const
  return new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-GB', options).format(new Date(instant))
}
