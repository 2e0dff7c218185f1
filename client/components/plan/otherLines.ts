import { inject, onScopeDispose, provide, shallowRef, watch, type InjectionKey, type ShallowRef } from 'vue'
import type { Part } from '../../../shared/part'
import { call } from '../../api'
import { useLivePlan, type LivePlan } from '../../composables/useLivePlan'
import { useMeeting } from '../../stores/meeting'

const KEY: InjectionKey<ShallowRef<LivePlan[]>> = Symbol('lines beside the plan')

/** The lines of other parts that the room has open beside the plan: its badge speaks for all of them. */
export function provideOtherLines(): ShallowRef<LivePlan[]> {
  const lines = shallowRef<LivePlan[]>([])
  provide(KEY, lines)
  return lines
}

/** Follows another part of the meeting's plan while the component lives. */
export function useOtherLine(meetingId: string, part: Part): LivePlan {
  const live = useLivePlan(() => call('openLive', { params: { meetingId } }), { part })
  const store = useMeeting()
  const lines = inject(KEY)!
  lines.value = [...lines.value, live]
  onScopeDispose(() => (lines.value = lines.value.filter((line) => line !== live)))
  // What had stopped goes on by itself when the meeting does.
  watch(
    () => store.meeting?.phase,
    () => live.refusal.value?.stopped && live.again(),
  )
  return live
}
