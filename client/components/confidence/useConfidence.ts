import { ref, watch, type Ref } from 'vue'
import type { ConfidenceView } from '../../../shared/confidence'
import { call } from '../../api'
import { useMeeting } from '../../stores/meeting'

/** Who keeps what is said here, as far as this person may know; asked for anew when somebody says so, or comes in. */
export function useConfidence(): { view: Ref<ConfidenceView | null>; params: () => { meetingId: string } } {
  const meetings = useMeeting()
  const view: Ref<ConfidenceView | null> = ref(null)
  const params = () => ({ meetingId: meetings.meeting?.id ?? '' })
  const inside = () => meetings.people.filter(({ state }) => state === 'admitted').map(({ id, role }) => id + role)

  async function load(): Promise<void> {
    view.value = await call('readConfidence', { params: params() })
  }
  watch(
    () => [meetings.meeting?.phase, inside().join()],
    () => void load().catch(() => undefined),
    { immediate: true },
  )
  watch(
    () => meetings.answersNews,
    ({ of }) => of === 'confidence' && void load().catch(() => undefined),
  )
  return { view, params }
}
