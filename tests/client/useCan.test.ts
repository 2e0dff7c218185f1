// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useCan } from '../../client/composables/useCan'
import { useMeeting } from '../../client/stores/meeting'
import type { Meeting, Participant } from '../../shared/meeting'

const meeting: Meeting = {
  id: 'a'.repeat(24),
  familyId: 'b'.repeat(24),
  familyName: 'Miles’s family',
  kind: 'tdm',
  kindName: { en: 'Team Decision Making', es: 'Decisión en equipo' },
  title: 'Where does Miles live?',
  startsAt: '2027-03-02T18:00:00Z',
  timeZone: 'America/Los_Angeles',
  phase: 'open',
  leadName: 'Wren',
  nextAt: null,
  familyTime: null,
  sealed: null,
}
const dana: Participant = {
  id: 'c'.repeat(24),
  name: 'Dana',
  role: 'family',
  agency: null,
  language: 'en',
  state: 'admitted',
  memberId: null,
  here: true,
  attendance: null,
}

beforeEach(() => setActivePinia(createPinia()))

describe('what a page offers', () => {
  it('[UI16] offers nothing before the meeting is known', () => {
    expect(useCan('plan:edit').value).toBe(false)
  })

  it('[UI16] offers what the part in the meeting allows, and follows it when it changes', () => {
    const store = useMeeting()
    const writes = useCan('plan:edit')
    const leads = useCan('lobby:read')
    store.meeting = meeting
    store.me = dana
    expect([writes.value, leads.value]).toEqual([true, false])
    store.me = { ...dana, role: 'observer' }
    expect([writes.value, leads.value]).toEqual([false, false])
    store.me = { ...dana, role: 'facilitator' }
    expect([writes.value, leads.value]).toEqual([true, true])
  })

  it('[UI16] offers nothing to write in a meeting that has ended, and nothing at all at the door', () => {
    const store = useMeeting()
    store.meeting = { ...meeting, phase: 'ended' }
    store.me = dana
    expect(useCan('plan:edit').value).toBe(false)
    expect(useCan('plan:read').value).toBe(true)
    store.me = { ...dana, state: 'waiting' }
    expect(useCan('plan:read').value).toBe(false)
  })
})
