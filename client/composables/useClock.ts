import { ref, watch, type Ref } from 'vue'
import type { ClockView } from '../../shared/before'
import { call } from '../api'
import { useMeeting } from '../stores/meeting'

/** By when a meeting has to be held, read again whenever that may have changed. */
export function useClock(meetingId: string): Ref<ClockView | null> {
  const store = useMeeting()
  const clock = ref<ClockView | null>(null)

  async function load(): Promise<void> {
    clock.value = await call('readClock', { params: { meetingId } }).catch(() => clock.value)
  }
  watch(
    () => store.beforeNews,
    ({ of }) => (of ?? 'clock') === 'clock' && void load(),
    { immediate: true },
  )
  return clock
}
