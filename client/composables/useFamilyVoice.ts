import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type * as Y from 'yjs'
import type { FamilyVoice } from '../../shared/voice'
import { call } from '../api'

/** Asked again so long after the plan changed, ms: while people write, once in that time and not at each key. */
export const AFTER_MS = 4_000

/**
 * How much of the plan the family said.
 *
 * @param doc the live plan, by which it is known that something changed
 * @param open whether somebody looks: nothing is asked otherwise, nor kept on the page
 */
export function useFamilyVoice(
  meetingId: string,
  doc: Readonly<Ref<Y.Doc | null>>,
  open: Readonly<Ref<boolean>>,
): Ref<FamilyVoice | null> {
  const voice = ref<FamilyVoice | null>(null)
  let due: ReturnType<typeof setTimeout> | undefined

  async function ask(): Promise<void> {
    due = undefined
    // Without a line the next change asks again.
    const answer = await call('readVoice', { params: { meetingId } }).catch(() => null)
    if (open.value) voice.value = answer
  }
  const later = () => (due ??= setTimeout(ask, AFTER_MS))
  function rest(): void {
    clearTimeout(due)
    due = undefined
    voice.value = null
  }

  watch([open, doc] as const, ([now, plan], _before, onCleanup) => {
    rest()
    if (!now || !plan) return
    void ask()
    plan.on('update', later)
    onCleanup(() => plan.off('update', later))
  })
  onScopeDispose(rest)
  return voice
}
