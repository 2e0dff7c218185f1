import { useI18n } from 'petite-vue-i18n'
import type { FamilyVersion, VersionSummary } from '../../shared/version'
import { useDateWords } from './useDateWords'

/** What a kept copy is called, and why it was kept, in words. A sealed one is called by its place in the family's chain. */
export function useVersionWords() {
  const { t } = useI18n()
  const words = useDateWords()
  const nameOf = ({ seal, label, number }: VersionSummary) =>
    seal ? t('versions.sealed', { number: seal.chain }) : label || t('versions.unnamed', { number })
  return {
    nameOf,
    nameAndDay: (version: FamilyVersion) =>
      `${nameOf(version)} · ${words.dayOf(version.madeAt, version.meeting.timeZone)}`,
    reasonOf: ({ reason, madeBy }: VersionSummary) => t(`versions.reason.${reason}`, { name: madeBy }),
  }
}
