import { useI18n } from 'petite-vue-i18n'
import type { Language } from '../../../shared/meeting'
import { daysLate, type HoldBy } from '../../../shared/ruleClocks'
import { useDateWords } from '../../composables/useDateWords'
import { timeWords } from '../../dateWords'

/** By when a meeting has to be held, and why, in sentences. */
export function useClockWords() {
  const { t, locale } = useI18n()
  const dates = useDateWords()

  function limit({ day, hour }: HoldBy): string {
    if (hour === null) return t('before.byDay', { day: dates.day(day) })
    const time = timeWords(`${day}T${hour}:00Z`, 'UTC', locale.value as Language)
    return t('before.byHour', { day: dates.day(day), hour: time })
  }

  function because({ rule, count, from, why }: HoldBy): string {
    if (rule === 'renewal') return t('before.rule.renewal', { count })
    return t(`before.rule.${rule}`, { count, what: t(`before.what.${from === 'hearing' ? 'hearing' : why!}`) })
  }

  /** Empty where a meeting that begins then is in time. */
  function late(by: HoldBy, startsAt: string, timeZone: string): string {
    const days = daysLate(by, startsAt, timeZone)
    if (days === null) return ''
    if (days === 0) return t('before.hourLate')
    return days === 1 ? t('before.dayLate') : t('before.daysLate', { days })
  }

  return { limit, because, late }
}
