import { useI18n } from 'petite-vue-i18n'
import type { Commitments } from '../../../shared/commitments'
import { useDateWords } from '../../composables/useDateWords'
import { nameList } from '../../nameList'

/** "They keep what is said here: Quill and Marsh (2 March 2027)", day by day, or nothing where nobody was asked. */
export function useConfidenceLine(timeZone: () => string) {
  const { t, locale } = useI18n()
  const dates = useDateWords()
  return ({ confidence }: Commitments): string => {
    const byDay = new Map<string, string[]>()
    for (const { name, at } of confidence) {
      const day = dates.longDay(at, timeZone())
      byDay.set(day, [...(byDay.get(day) ?? []), name])
    }
    const said = [...byDay].map(([day, names]) => t('confidence.day', { names: nameList(names, locale.value), day }))
    return said.length ? t('confidence.line', { names: said.join('; ') }) : ''
  }
}
