import { defineStore } from 'pinia'
import { computed, ref, type Ref } from 'vue'
import type { Body } from '../../shared/api'
import type { Announced } from '../../shared/events'
import type { Agency, Joining, Meeting, Participant } from '../../shared/meeting'
import type { Role } from '../../shared/roles'
import type { Running } from '../../shared/running'
import type { Speaking } from '../../shared/speaking'
import { call } from '../api'

/** Where the meeting is in its course, and when this page heard of it, by `performance.now()`. */
export type HeardRunning = Running & { heardAt: number }

interface MeetingState {
  meeting: Ref<Meeting | null>
  me: Ref<Participant | null>
  joining: Ref<Joining | null>
  people: Ref<Participant[]>
  /** Who would like to speak; null before anybody asked. */
  speaking: Ref<Speaking | null>
  /** Null before the meeting was read. */
  running: Ref<HeardRunning | null>
  /** Grows when a part of the plan was opened to this person, or closed. */
  partsChanges: Ref<number>
  /** Grows when what this person allows, or is asked to allow, may have changed. */
  asksChanges: Ref<number>
  /** What was asked of people, or answered, changed last; all of it may have, at first and after a lost line. */
  answersNews: Ref<{ of?: Announced<'answers:changed'>['of'] }>
  /** What is settled before the meeting and changed last; all of it may have, at first and after a lost line. */
  beforeNews: Ref<{ of?: Announced<'before:changed'>['of'] }>
  /** Grows when somebody signed. */
  signaturesChanges: Ref<number>
  /** What this person is and was in the family's meetings, by participant id. */
  ids: Ref<string[]>
}

/**
 * The meeting this page shows: everything but the plan's words. What the server answers or announces replaces what
 * was here, so that the newest whole state always stands.
 */
export const useMeeting = defineStore('meeting', () => {
  const state: MeetingState = {
    meeting: ref(null),
    me: ref(null),
    joining: ref(null),
    people: ref([]),
    running: ref(null),
    speaking: ref(null),
    partsChanges: ref(0),
    asksChanges: ref(0),
    answersNews: ref({}),
    beforeNews: ref({}),
    signaturesChanges: ref(0),
    ids: ref([]),
  }
  /** Sits here for work; everybody else gets the family's pages: their phone's own letters, and the way out. */
  const staff = computed(() => state.me.value?.role === 'facilitator' || state.me.value?.role === 'agency')
  /** Is that this person, now or in an earlier meeting of the family? */
  const isMe = (id: string | null) => id !== null && state.ids.value.includes(id)
  return { ...state, staff, isMe, ...reading(state), ...leading(state) }
})

function reading({ meeting, me, joining, people, running, speaking, ids }: MeetingState) {
  function clear(): void {
    meeting.value = me.value = joining.value = running.value = speaking.value = null
    people.value = []
  }

  function hear(news: Running | null): void {
    running.value = news && { ...news, heardAt: performance.now() }
  }

  /** Reads the meeting, and its people once this person is in. */
  async function load(meetingId: string): Promise<void> {
    if (meeting.value?.id !== meetingId) clear()
    const view = await call('readMeeting', { params: { meetingId } })
    meeting.value = view.meeting
    me.value = view.me
    ids.value = view.ids
    joining.value = view.joining
    hear(view.running)
    if (view.me.state === 'admitted') people.value = (await call('listPeople', { params: { meetingId } })).people
  }

  return { load, hear }
}

function leading({ meeting, joining, people }: MeetingState) {
  const meetingId = () => meeting.value?.id ?? ''

  function replacePerson(person: Participant): void {
    people.value = people.value.map((other) => (other.id === person.id ? person : other))
  }

  /** @param memberId who of the family it is, null for somebody new; left out, the browser says */
  async function admit(
    participantId: string,
    role: Role,
    agency: Agency | null,
    memberId?: string | null,
  ): Promise<void> {
    const params = { meetingId: meetingId(), participantId }
    replacePerson(
      await call('admit', { params, body: { role, agency, ...(memberId === undefined ? {} : { memberId }) } }),
    )
  }

  async function remove(participantId: string): Promise<void> {
    await call('remove', { params: { meetingId: meetingId(), participantId } })
    people.value = people.value.filter((person) => person.id !== participantId)
  }

  async function hide(participantId: string, hidden: boolean): Promise<void> {
    const params = { meetingId: meetingId(), participantId }
    replacePerson(await call('hide', { params, body: { hidden } }))
  }

  async function callMe(name: string): Promise<void> {
    replacePerson(await call('callMe', { params: { meetingId: meetingId() }, body: { name } }))
  }

  async function attend(participantId: string, attendance: Body<'attend'>['attendance']): Promise<void> {
    const params = { meetingId: meetingId(), participantId }
    replacePerson(await call('attend', { params, body: { attendance } }))
  }

  /** Somebody without a page; the list comes with the announcement. */
  async function addPerson(body: Body<'addPerson'>): Promise<void> {
    await call('addPerson', { params: { meetingId: meetingId() }, body })
  }

  async function setPhase(phase: Body<'setPhase'>['phase']): Promise<void> {
    meeting.value = await call('setPhase', { params: { meetingId: meetingId() }, body: { phase } })
  }

  async function setJoining(open: boolean, newCode = false): Promise<void> {
    joining.value = await call('setJoining', { params: { meetingId: meetingId() }, body: { open, newCode } })
  }

  /** @param at in the time of the meeting's zone */
  async function setNext(at: string | null): Promise<void> {
    meeting.value = await call('setNext', { params: { meetingId: meetingId() }, body: { at } })
  }

  /** Lets people write on after a seal. */
  async function amend(reason: string): Promise<void> {
    meeting.value = await call('amend', { params: { meetingId: meetingId() }, body: { reason } })
  }

  return { admit, remove, hide, callMe, attend, addPerson, setPhase, setJoining, setNext, amend }
}
