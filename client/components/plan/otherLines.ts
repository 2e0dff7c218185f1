import {
  computed,
  effectScope,
  getCurrentScope,
  inject,
  onUnmounted,
  provide,
  ref,
  shallowRef,
  watch,
  type InjectionKey,
  type Ref,
  type ShallowRef,
} from 'vue'
import { type Part, partKey } from '../../../shared/part'
import { call } from '../../api'
import { useLivePlan, type LivePlan } from '../../composables/useLivePlan'

interface OtherLine {
  part: Part
  live: LivePlan
  /** How many components show the part now. */
  shown: Ref<number>
}

interface OtherLines {
  lines: ShallowRef<OtherLine[]>
  follow(part: Part): OtherLine
}

const KEY: InjectionKey<OtherLines> = Symbol('lines beside the plan')

const losesNothing = ({ badge, refusal }: LivePlan) =>
  !refusal.value?.words.length && badge.value !== 'saving' && badge.value !== 'not-saved'

/**
 * The lines of other parts that the room has open beside the plan: its badge speaks for all of them. A line outlives
 * what shows its part while it holds words that are not saved: somebody looks at another part of the room meanwhile,
 * or the part was closed to them.
 */
export function provideOtherLines(meetingId: string) {
  const lines = shallowRef<OtherLine[]>([])
  const room = getCurrentScope()!

  function open(part: Part): OtherLine {
    const scope = room.run(() => effectScope())!
    return scope.run(() => {
      const live = useLivePlan(() => call('openLive', { params: { meetingId } }), { part })
      const line = { part, live, shown: ref(0) }
      watch(
        () => line.shown.value === 0 && losesNothing(live),
        (over) => {
          if (!over) return
          lines.value = lines.value.filter((one) => one !== line)
          scope.stop()
        },
      )
      lines.value = [...lines.value, line]
      return line
    })!
  }

  function follow(part: Part): OtherLine {
    const key = partKey(part)
    return lines.value.find((line) => partKey(line.part) === key) ?? open(part)
  }

  provide(KEY, { lines, follow })
  return {
    all: computed(() => lines.value.map(({ live }) => live)),
    /** With words to offer back, of parts that nothing shows now. */
    left: computed(() => lines.value.filter((line) => !line.shown.value && line.live.refusal.value?.words.length)),
  }
}

/** Follows another part of the meeting's plan while the component lives. */
export function useOtherLine(part: Part): LivePlan {
  const { live, shown } = inject(KEY)!.follow(part)
  shown.value += 1
  // After the fields within have handed over what they held.
  onUnmounted(() => (shown.value -= 1))
  if (live.refusal.value?.stopped) live.again()
  return live
}
