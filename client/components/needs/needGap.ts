import type { useI18n } from 'petite-vue-i18n'
import type { Need } from '../../../shared/need'

/** "Nobody has said yet who drives Pilar." */
export const needGap = (
  t: ReturnType<typeof useI18n>['t'],
  { kind, name, words }: Pick<Need, 'kind' | 'name' | 'words'>,
) => t(`needs.gap.${kind}`, { name, words })
