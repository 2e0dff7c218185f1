import { ref, type Ref } from 'vue'
import type { Participant } from '../../shared/meeting'
import { suggestLanguage } from '../i18n'
import { isRefusal } from '../messages'
import { useMeeting } from '../stores/meeting'
import { useVersions } from '../stores/versions'
import { useMeetingSocket } from './useMeetingSocket'

interface FollowedMeeting {
  /** What kept us from reading the meeting; null once it was read. */
  problem: Ref<unknown>
  /** The server says this person is out. */
  removed: Ref<boolean>
  connected: Ref<boolean>
  load: () => Promise<void>
}

/** Reads a meeting and keeps it up to date while the component lives. */
export function useFollowedMeeting(meetingId: string): FollowedMeeting {
  const store = useMeeting()
  const versions = useVersions()
  const problem = ref<unknown>(null)
  const removed = ref(false)
  let entered = false

  async function load(): Promise<void> {
    try {
      await store.load(meetingId)
      problem.value = null
      removed.value = false
      if (store.me && store.me.role !== 'facilitator') await suggestLanguage(store.me.language)
    } catch (refusal) {
      removed.value = isRefusal(refusal, 'access/removed')
      problem.value = refusal
    }
  }

  function change(me: Participant): void {
    store.me = me
    void load()
  }

  /** What was announced while this page was away is asked for. */
  function enter(): Promise<void> {
    store.asksChanges += 1
    store.answersNews = {}
    store.beforeNews = {}
    store.signaturesChanges += 1
    if (entered) store.partsChanges += 1
    entered = true
    return load()
  }

  void load()
  const { connected } = useMeetingSocket(meetingId, 'participant', {
    entered: enter,
    refused: load,
    listeners: {
      'meeting:changed': ({ meeting }) => (store.meeting = meeting),
      'people:changed': ({ people }) => (store.people = people),
      'admission:changed': ({ me }) => change(me),
      'joining:changed': ({ joining }) => (store.joining = joining),
      'parts:changed': () => (store.partsChanges += 1),
      'releases:changed': () => (store.asksChanges += 1),
      'running:changed': ({ running }) => store.hear(running),
      'answers:changed': (news) => (store.answersNews = news),
      'before:changed': (news) => (store.beforeNews = news),
      'signatures:changed': () => (store.signaturesChanges += 1),
      'speaking:changed': ({ speaking }) => (store.speaking = speaking),
      'version:made': ({ version }) => versions.add(version),
    },
  })
  return { problem, removed, connected, load }
}
