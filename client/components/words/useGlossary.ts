import { ref, watch, type Ref } from 'vue'
import type { Glossary } from '../../../shared/glossary'
import { call } from '../../api'
import { useMeeting } from '../../stores/meeting'

/** By meeting; asked for once. */
const asked = new Map<string, Ref<Glossary>>()

/** The county’s own short forms; those of the field hold where it cannot be asked. */
export function useGlossary(): Ref<Glossary> {
  const store = useMeeting()
  const county = ref<Glossary>({})
  watch(
    () => store.meeting?.id,
    async (meetingId) => {
      if (!meetingId) return
      const known = asked.get(meetingId) ?? ref<Glossary>({})
      if (!asked.has(meetingId)) {
        asked.set(meetingId, known)
        await call('readGlossary', { params: { meetingId } }).then(
          (answer) => (known.value = answer.county),
          () => asked.delete(meetingId),
        )
      }
      watch(known, (now) => (county.value = now), { immediate: true })
    },
    { immediate: true },
  )
  return county
}
