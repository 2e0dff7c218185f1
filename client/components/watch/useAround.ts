import { computed, ref, watch, type ComputedRef } from 'vue'
import type { Around } from '../../../shared/gaps'
import type { Plan } from '../../../shared/plan'
import { isChanged } from '../../../shared/promise'
import type { Signature } from '../../../shared/signature'
import { isClosed, standing } from '../../../shared/standing'
import { call } from '../../api'
import { useCan } from '../../composables/useCan'
import { useAnswers } from '../../stores/answers'
import { useMeeting } from '../../stores/meeting'

/**
 * What people still have to say to a plan: owners to their promises, and, once it is sealed, professionals by their names.
 * Nobody of a family is ever told to be missing under it, and only who leads is told of anybody.
 */
export function useAround(plan: () => Plan | null): ComputedRef<Pick<Around, 'unanswered' | 'unsigned'>> {
  const answers = useAnswers()
  const store = useMeeting()
  const leads = useCan('version:sign-for')
  const signatures = ref<Signature[] | null>(null)

  watch(
    () => [leads.value && store.meeting?.sealed?.versionId, store.signaturesChanges] as const,
    async ([versionId]) => {
      signatures.value = null
      if (!versionId) return
      const answer = await call('listSignatures', { params: { versionId } }).catch(() => null)
      if (versionId === store.meeting?.sealed?.versionId) signatures.value = answer?.signatures ?? null
    },
    { immediate: true },
  )

  const unanswered = computed(() => {
    const now = plan()
    const said = new Map(answers.promises?.answers.map((one) => [one.actionId, one]))
    if (!now || !answers.promises) return []
    const asked = standing(now, 'actions').filter((one) => !isClosed(one) && one.who.trim() && one.words.trim())
    return asked.filter((one) => !said.has(one.id) || isChanged(said.get(one.id)!, one)).map(({ id }) => id)
  })
  const unsigned = computed(() => {
    if (!signatures.value) return []
    const signed = new Set(signatures.value.flatMap((one) => (one.did === 'signed' ? one.participantId : [])))
    const asked = store.people.filter(
      ({ id, role, state }) => state === 'admitted' && role === 'agency' && !signed.has(id),
    )
    return asked.map(({ name }) => name)
  })
  return computed(() => ({ unanswered: unanswered.value, unsigned: unsigned.value }))
}
