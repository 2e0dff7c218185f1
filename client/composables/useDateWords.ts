import { useI18n } from 'petite-vue-i18n'
import type { Language } from '../../shared/meeting'
import { dayOfWords, dayWords, longDayWords, momentWords, timeWords } from '../dateWords'

/** Dates and times in words, in the language of this page. */
export function useDateWords() {
  const { locale } = useI18n()
  const language = () => locale.value as Language
  return {
    day: (day: string) => dayWords(day, language()),
    dayOf: (instant: string, timeZone: string) => dayOfWords(instant, timeZone, language()),
    longDay: (instant: string, timeZone: string) => longDayWords(instant, timeZone, language()),
    moment: (instant: string, timeZone: string) => momentWords(instant, timeZone, language()),
    time: (instant: string, timeZone: string) => timeWords(instant, timeZone, language()),
  }
}
