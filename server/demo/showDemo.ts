import type { Person } from '../../shared/api'
import type { App } from '../app'
import { toJoining } from '../meetings/meetings'
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

/** @param publicUrl where phones reach this server */
export async function showDemo(parts: App['parts'], publicUrl: string): Promise<Demo> {
  const meeting = await findOpenMeeting(parts)
  const joinUrl = meeting && toJoining(meeting, publicUrl).url
  return {
    password: DEMO_PASSWORD,
    people: DEMO_PEOPLE.map(({ email, name, duty }) => ({ email, name, role: duty })),
    meetings: meeting && joinUrl ? [{ title: `${ALDER.name} · ${meeting.title}`, joinUrl }] : [],
  }
}
