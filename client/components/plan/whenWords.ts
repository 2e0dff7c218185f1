import { WEEKDAYS, type ActionItem, type Weekday } from '../../../shared/plan'
import type { Language } from '../../../shared/meeting'
import { dayWords, timeWords } from '../../dateWords'

type Times = Pick<ActionItem, 'on' | 'starts' | 'ends' | 'repeats' | 'days' | 'until'>
type Say = (key: string, blanks?: Record<string, unknown>) => string

/** A Monday: from here the days of a week are counted. */
const MONDAY = Date.UTC(2027, 2, 1)

/** "Tuesday", "martes". */
export function weekdayWords(day: Weekday, language: Language): string {
  const date = new Date(MONDAY + WEEKDAYS.indexOf(day) * 86_400_000)
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(date)
}

const weekdayOf = (day: string) => WEEKDAYS[(new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7]!

/** On which days of the week it takes place, Monday first; none is known where neither they nor a first day are. */
export function weekdaysOf({ days, on }: Pick<Times, 'days' | 'on'>): Weekday[] {
  const chosen = WEEKDAYS.filter((day) => days.split(' ').includes(day))
  return chosen.length || !on ? chosen : [weekdayOf(on)]
}

/** Which of its weekday in the month a day is, 1 to 5; the fifth is called the last. */
const weekOfMonth = (day: string) => Math.ceil(Number(day.slice(8)) / 7)

function clock({ starts, ends }: Times, language: Language): string {
  const said = [starts, ends].filter((time) => time !== null)
  return said.map((time) => timeWords(`2027-03-01T${time}:00Z`, 'UTC', language)).join('–')
}

function daysWords(times: Times, language: Language, t: Say): string {
  const { repeats, on } = times
  if (repeats === 'once') return on ? dayWords(on, language) : ''
  const names = weekdaysOf(times).map((day) => weekdayWords(day, language))
  if (!names.length) return ''
  const days = new Intl.ListFormat(language).format(names)
  return t(`when.${repeats}`, { days, week: on ? t(`when.week.${weekOfMonth(on)}`) : '' })
}

/** When something takes place, in words: "Every Tuesday and Thursday, 9:00 am–11:30 am". Empty where nobody said. */
export function whenWords(times: Times, language: Language, t: Say): string {
  const span = times.repeats === 'once' ? [] : [from(times, language, t), until(times, language, t)]
  return [daysWords(times, language, t), clock(times, language), ...span].filter(Boolean).join(', ')
}

function from({ on, repeats }: Times, language: Language, t: Say): string {
  return on && repeats !== 'monthly' ? t('when.from', { day: dayWords(on, language) }) : ''
}

function until({ until: last }: Times, language: Language, t: Say): string {
  return last ? t('when.until', { day: dayWords(last, language) }) : ''
}
