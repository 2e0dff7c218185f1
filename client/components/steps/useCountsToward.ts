import { useI18n } from 'petite-vue-i18n'
import type { ActionItem } from '../../../shared/plan'
import { nameList } from '../../nameList'

/** "Its hours count for CalWORKs too", or nothing. */
export function useCountsToward() {
  const { t, locale } = useI18n()
  return ({ counts }: Pick<ActionItem, 'counts'>): string => {
    const agencies = counts.split(' ').filter(Boolean)
    const names = agencies.map((agency) => t(`common.column.${agency}`))
    return names.length ? t('steps.counts', { agencies: nameList(names, locale.value) }) : ''
  }
}
