import { ref, type Ref } from 'vue'
import type { Body } from '../../shared/api'
import type { Release, ReleaseAsk } from '../../shared/release'
import { call } from '../api'

/** What this person allows, what names them, and what they are asked, in one meeting. */
export function useReleases(meetingId: string) {
  const releases: Ref<Release[]> = ref([])
  const asks: Ref<ReleaseAsk[]> = ref([])
  const loaded = ref(false)
  const params = { meetingId }

  async function load(): Promise<void> {
    const now = await call('listReleases', { params })
    releases.value = now.releases
    asks.value = now.asks
    loaded.value = true
  }

  async function sign(body: Body<'signRelease'>): Promise<void> {
    await call('signRelease', { params, body })
    await load()
  }

  async function end(releaseId: string): Promise<void> {
    const ended = await call('revokeRelease', { params: { ...params, releaseId } })
    releases.value = releases.value.map((one) => (one.id === ended.id ? ended : one))
  }

  async function setAside(askId: string): Promise<void> {
    await call('setAsideAsk', { params: { ...params, askId } })
    asks.value = asks.value.filter(({ id }) => id !== askId)
  }

  return { releases, asks, loaded, load, sign, end, setAside }
}
