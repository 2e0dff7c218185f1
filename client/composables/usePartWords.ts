import { useI18n } from 'petite-vue-i18n'
import type { Participant } from '../../shared/meeting'

/** What a person is in the meeting, in words: the agency they come from, else their role. */
export function usePartWords(): (person: Pick<Participant, 'role' | 'agency'>) => string {
  const { t } = useI18n()
  return ({ role, agency }) => (role === 'agency' ? t(`common.column.${agency ?? 'other'}`) : t(`people.role.${role}`))
}
