import { useI18n } from 'petite-vue-i18n'
import type { Commitments } from '../../../shared/commitments'
import { useDateWords } from '../../composables/useDateWords'
import { nameList } from '../../nameList'

/** "They keep what is said here: Quill (Tue 2 Mar)", or nothing where nobody was asked. */
export function useConfidenceLine(timeZone: () => string) {
  const { t, locale } = useI18n()
  const dates = useDateWords()
  return ({ confidence }: Commitments): string => {
    const names = confidence.map(({ name, at }) => t('confidence.one', { name, day: dates.longDay(at, timeZone()) }))
    return names.length ? t('confidence.line', { names: nameList(names, locale.value) }) : ''
  }
}
