import { computed } from 'vue'
import { useI18n } from 'petite-vue-i18n'
import { isGated, type Part, partKey } from '../../shared/part'

/** Of the other parts of a version those that a release opened to its reader, each with what it is called there. */
export function useGatedParts<P extends Part & { name?: string | undefined }>(parts: () => readonly P[]) {
  const { t } = useI18n()
  return computed(() =>
    parts().flatMap((part) => {
      if (!isGated(part.section)) return []
      const title = [t(`release.section.${part.section}`), part.name].filter(Boolean).join(' · ')
      return [{ ...part, key: partKey(part), title }]
    }),
  )
}
