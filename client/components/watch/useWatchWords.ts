import type { Deadline } from '../../../shared/deadlines'
import type { NextStep } from '../../../shared/program'
import { useProgramWords } from '../programs/useProgramWords'
import { useI18n } from 'petite-vue-i18n'
import type { Clash } from '../../../shared/clashes'
import { dayNumber, weekdayOf } from '../../../shared/days'
import type { Gap } from '../../../shared/gaps'
import type { Load } from '../../../shared/load'
import { localMinute } from '../../../shared/localMinute'
import type { Language } from '../../../shared/meeting'
import { WEEKDAYS, type Plan, type Program } from '../../../shared/plan'
import { shortName } from '../../../shared/shortName'
import { useDateWords } from '../../composables/useDateWords'
import { needGap } from '../needs/needGap'
import { weekdayWords } from '../plan/whenWords'
import { hoursWords } from './hoursWords'

/** What a plan watches out for, in sentences. */
export function useWatchWords(timeZone: string) {
  const { t, locale } = useI18n()
  const dates = useDateWords()

  const nameOf = (words: string | undefined) => shortName(words ?? '') || t('plan.noWords')
  const nameIn = (plan: Plan, id: string) => nameOf(plan.actions.find((action) => action.id === id)?.words)

  /** "Tuesdays" for what comes again, the day itself for what comes once. */
  function dayOf({ at, times }: Clash): string {
    const day = localMinute(new Date(at * 60_000), timeZone).slice(0, 10)
    if (times === 1) return dates.day(day)
    return t('watch.every', { day: weekdayWords(WEEKDAYS[weekdayOf(dayNumber(day)!)]!, locale.value as Language) })
  }

  /** "Tuesdays: “Job club” and “Parenting class” are at the same time for 90 minutes." */
  function clash(plan: Plan, one: Clash): string {
    const [first, second] = [nameIn(plan, one.first), nameIn(plan, one.second)]
    const blanks = { day: dayOf(one), first, second, minutes: one.minutes, person: one.person }
    if (!one.together) return t('watch.late', blanks)
    return plan.actions.find(({ id }) => id === one.second)?.ends
      ? t('watch.together', blanks)
      : t('watch.within', blanks)
  }

  /** On the card of one of the two: "Dana is at “Job club” then (90 min)". */
  function onCard(plan: Plan, one: Clash, id: string): string {
    const other = nameIn(plan, id === one.first ? one.second : one.first)
    const blanks = { person: one.person, other, minutes: one.minutes }
    return one.together ? t('watch.isAt', blanks) : t(id === one.first ? 'watch.leavesLate' : 'watch.comesLate', blanks)
  }

  const hours = (minutes: number) =>
    t(hoursWords(minutes) === '1' ? 'watch.hour' : 'watch.hours', { hours: hoursWords(minutes) })

  /** "11½ hours, 9 trips" */
  function load({ minutes, trips }: Load): string {
    return t('watch.load', { hours: hours(minutes), trips: t(trips === 1 ? 'watch.trip' : 'watch.trips', { trips }) })
  }

  /** "CalWORKs 7½ h · child welfare 2 h · waiting 1¾ h" */
  function loadParts({ byColumn, waiting }: Load): string {
    const parts = byColumn.map(({ column, minutes }) => [t(`common.column.${column}`), minutes] as const)
    const all = waiting >= 15 ? [...parts, [t('watch.waiting'), waiting] as const] : parts
    return all.map(([what, minutes]) => t('watch.part', { what, hours: hoursWords(minutes) })).join(' · ')
  }

  function gap(plan: Plan, one: Gap): string {
    if ('action' in one) return t(`watch.gap.${one.what}`, { what: nameIn(plan, one.action) })
    if ('goal' in one) {
      return t(`watch.gap.${one.what}`, { what: nameOf(plan.goals.find(({ id }) => id === one.goal)?.words) })
    }
    if (one.what === 'need') return needGap(t, one)
    if (one.what === 'seat') return t('watch.gap.seat', { agency: t(`common.column.${one.agency}`) })
    return one.what === 'signature' ? t('watch.gap.signature', { name: one.name }) : t('watch.gap.worries-without-goal')
  }

  const { onStrip } = useProgramWords()
  const programStep = (program: Program, step: Deadline['what']) => onStrip(program, step as NextStep)

  return { clash, gap, load, loadParts, nameIn, nameOf, onCard, programStep }
}
