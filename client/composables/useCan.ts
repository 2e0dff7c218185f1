import { computed, type ComputedRef } from 'vue'
import { can, type Action, type Section } from '../../shared/roles'
import { useMeeting } from '../stores/meeting'

/** May I, in this meeting, do this? For hiding what would be refused; the server decides again. */
export function useCan(action: Action, section?: Section): ComputedRef<boolean> {
  const store = useMeeting()
  return computed(
    () =>
      store.me?.state === 'admitted' &&
      store.meeting !== null &&
      can(store.me.role, action, { phase: store.meeting.phase, section }),
  )
}
