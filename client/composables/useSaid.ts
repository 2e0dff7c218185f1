import { useI18n } from 'petite-vue-i18n'
import type { BothLanguages, Language } from '../../shared/meeting'

/** What comes with its words in both languages, in the one this page speaks. */
export function useSaid(): (words: BothLanguages) => string {
  const { locale } = useI18n()
  return (words) => words[locale.value as Language]
}
