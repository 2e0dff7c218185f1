import { ref, watch, type Ref } from 'vue'
import type { Signature, SignWords } from '../../../shared/signature'
import { call } from '../../api'
import { useTry } from '../../composables/useTry'
import { useMeeting } from '../../stores/meeting'

/** Who signed a sealed version, kept up to date; and signing it. */
export function useSignatures(meetingId: string, versionId: () => string) {
  const store = useMeeting()
  const { busy, problem, attempt } = useTry()
  const signatures: Ref<Signature[]> = ref([])

  async function load(): Promise<void> {
    const asked = versionId()
    const answer = await call('listSignatures', { params: { versionId: asked } }).catch(() => null)
    if (answer && asked === versionId()) signatures.value = answer.signatures
  }
  watch([versionId, () => store.signaturesChanges], load, { immediate: true })

  /** @returns whether it is said to be kept; where the answer was lost on the way, the list says whether it is */
  async function sign(words: Omit<SignWords, 'versionId'>): Promise<boolean> {
    const kept = await attempt(async () => {
      const body = { ...words, versionId: versionId() }
      signatures.value = (await call('signVersion', { params: { meetingId }, body })).signatures
    })
    if (!kept) await load()
    return kept
  }

  return { signatures, sign, busy, problem }
}
