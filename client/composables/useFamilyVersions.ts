import { computed, ref, watch } from 'vue'
import type { FamilyVersion } from '../../shared/version'
import { call } from '../api'
import { useMeeting } from '../stores/meeting'
import { useVersions } from '../stores/versions'
import { useTry } from './useTry'

/** The versions of all meetings of the family this meeting is about, latest first; a new one appears by itself. */
export function useFamilyVersions() {
  const meetings = useMeeting()
  const versions = ref<FamilyVersion[]>([])
  const loaded = ref(false)
  const { problem, attempt } = useTry()
  const familyId = computed(() => meetings.meeting?.familyId)

  async function load(): Promise<void> {
    const id = familyId.value
    if (!id) return
    const went = await attempt(async () => {
      versions.value = (await call('listFamilyVersions', { params: { familyId: id } })).versions
    })
    if (went) loaded.value = true
  }

  watch(familyId, load, { immediate: true })
  useVersions().$onAction(({ name, after }) => name === 'add' && after(() => void load()))
  return { versions, loaded, problem, load }
}
