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

  watch(
    [versionId, () => store.signaturesChanges],
    async ([asked]) => {
      const answer = await call('listSignatures', { params: { versionId: asked } }).catch(() => null)
      if (answer && asked === versionId()) signatures.value = answer.signatures
    },
    { immediate: true },
  )

  /** @returns whether it is kept */
  const sign = (words: Omit<SignWords, 'versionId'>): Promise<boolean> =>
    attempt(async () => {
      const body = { ...words, versionId: versionId() }
      signatures.value = (await call('signVersion', { params: { meetingId }, body })).signatures
    })

  return { signatures, sign, busy, problem }
}
