import { findClashes, type Clash } from '../../shared/clashes'
import { dayNumber, weekdayOf } from '../../shared/days'
import { localMinute } from '../../shared/localMinute'
import type { Plan } from '../../shared/plan'
import { occurrencesIn, type Span } from '../../shared/occurrences'
import { shortName } from '../../shared/shortName'
import { html, type Html } from './html'
import type { Voice } from './renderPage'
import { showDay } from './showTime'

/** A Monday: from here the days of a week are counted. */
const MONDAY = Date.UTC(2027, 2, 1)

function sayDay({ say, language }: Voice, { at, times }: Clash, timeZone: string): string {
  const day = localMinute(new Date(at * 60_000), timeZone).slice(0, 10)
  if (times === 1) return showDay(day, language)
  const weekday = new Date(MONDAY + weekdayOf(dayNumber(day)!) * 86_400_000)
  const name = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(weekday)
  return say('watch.every', { day: name })
}

/** Who would have to be in two places at once, for a page to read; nothing where nobody would. */
export function renderClashes(voice: Voice, plan: Plan, span: Span): Html | false {
  const { say } = voice
  const clashes = findClashes(occurrencesIn(plan, span))
  const nameOf = (id: string) =>
    shortName(plan.actions.find((action) => action.id === id)?.words ?? '') || say('plan.noWords')
  const lines = clashes.map((clash) => {
    const blanks = { person: clash.person, day: sayDay(voice, clash, span.timeZone), minutes: clash.minutes }
    const names = { first: nameOf(clash.first), second: nameOf(clash.second) }
    const within = !plan.actions.find(({ id }) => id === clash.second)?.ends
    const words = say(clash.together ? (within ? 'watch.within' : 'watch.together') : 'watch.late', {
      ...blanks,
      ...names,
    })
    return html`<li><p>${words}</p></li>`
  })
  return (
    clashes.length > 0 &&
    html`<section class="aside">
      <h2>${say('watch.clashes', { count: clashes.length })}</h2>
      <ul>
        ${lines}
      </ul>
    </section>`
  )
}
