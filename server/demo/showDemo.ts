import type { Person } from '../../shared/api'
import type { App } from '../app'
import type { StoredMeeting } from '../meetings/meetingModel'
import { ALDER } from './alder'
import { DEMO_PASSWORD, DEMO_PEOPLE } from './demoPeople'
import { findOpenMeeting } from './findOpenMeeting'

/** What somebody who tries the demo wants to know. */
export interface Demo {
  password: string
  people: { email: string; name: string; role: Person['duty'] }[]
  /** Those people can come to now. */
  meetings: { title: string; joinUrl: string }[]
}

/** The story has a date, the code an end: long after the story it takes a new one. */
async function joinUrlOf({ meetings }: App['parts'], meeting: StoredMeeting, publicUrl: string) {
  const joining = await meetings.joiningOf(meeting, publicUrl)
  if (joining.shut !== 'old') return joining.url
  return (await meetings.joiningOf(await meetings.setJoining(meeting._id.toHexString(), true, true), publicUrl)).url
}

/** @param publicUrl where phones reach this server */
export async function showDemo(parts: App['parts'], publicUrl: string): Promise<Demo> {
  const meeting = await findOpenMeeting(parts)
  const joinUrl = meeting && (await joinUrlOf(parts, meeting, publicUrl))
  return {
    password: DEMO_PASSWORD,
    people: DEMO_PEOPLE.map(({ email, name, duty }) => ({ email, name, role: duty })),
    meetings: meeting && joinUrl ? [{ title: `${ALDER.name} · ${meeting.title}`, joinUrl }] : [],
  }
}
