import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { VersionSummary } from '../../shared/version'
import { call } from '../api'

/** The kept copies of one meeting's plan, latest first; without their words. */
export const useVersions = defineStore('versions', () => {
  const meetingId = ref('')
  const versions = ref<VersionSummary[]>([])
  const latest = computed(() => versions.value[0]?.number ?? 0)

  async function load(of: string): Promise<void> {
    if (meetingId.value !== of) versions.value = []
    meetingId.value = of
    versions.value = (await call('listVersions', { params: { meetingId: of } })).versions
  }

  function add(version: VersionSummary): void {
    if (version.meetingId !== meetingId.value || versions.value.some(({ id }) => id === version.id)) return
    versions.value = [version, ...versions.value].sort((a, b) => b.number - a.number)
  }

  /** Keeps a copy, named `label`; refused when somebody kept one that this page has not seen. */
  async function keep(label: string): Promise<void> {
    const params = { meetingId: meetingId.value }
    add(await call('makeVersion', { params, body: { kind: 'checkpoint', label, basedOn: latest.value } }))
  }

  /** Makes the plan final. */
  async function seal(label: string): Promise<void> {
    const params = { meetingId: meetingId.value }
    add(await call('makeVersion', { params, body: { kind: 'sealed', label, basedOn: latest.value } }))
  }

  return { meetingId, versions, latest, load, add, keep, seal }
})
