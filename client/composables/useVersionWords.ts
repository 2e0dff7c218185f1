import { useI18n } from 'vue-i18n'
import type { VersionSummary } from '../../shared/version'

/** What a kept copy is called, and why it was kept, in words. */
export function useVersionWords() {
  const { t } = useI18n()
  return {
    nameOf: ({ label, number }: VersionSummary) => label || t('versions.unnamed', { number }),
    reasonOf: ({ reason, madeBy }: VersionSummary) => t(`versions.reason.${reason}`, { name: madeBy }),
  }
}
