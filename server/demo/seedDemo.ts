import type { Person } from '../../shared/api'
import type { Session, Sessions } from '../access/sessions'
import type { Families } from '../families/families'
import type { LivePlans } from '../live/livePlans'
import type { Admission } from '../meetings/admission'
import type { AskToComeIn } from '../meetings/askToComeIn'
import type { StoredMeeting } from '../meetings/meetingModel'
import { isDoorOpen, toJoining, type Meetings } from '../meetings/meetings'
import type { OpenMeeting } from '../meetings/openMeeting'
import type { Participants } from '../meetings/participants'
import type { People } from '../people/people'
import type { Versions } from '../versions/versions'
import { ALDER } from './alder'
import type { DemoMeeting } from './DemoMeeting'
import { DEMO_PASSWORD, DEMO_PEOPLE } from './demoPeople'
import { idsIn, isWhole, writeDemoPlan } from './writeDemoPlan'

interface Needs {
  sessions: Sessions
  people: People
  families: Families
  meetings: Meetings
  participants: Participants
  openMeeting: OpenMeeting
  askToComeIn: AskToComeIn
  admission: Admission
  livePlans: LivePlans
  versions: Versions
}

/** What somebody who tries the demo wants to know. */
export interface Demo {
  password: string
  people: { email: string; name: string; role: Person['duty'] }[]
  /** Those people can come to now. */
  meetings: { title: string; joinUrl: string }[]
}

/** Does something as a person who is signed in. */
async function as<T>({ sessions }: Needs, person: Person, act: (session: Session) => Promise<T>): Promise<T> {
  const { session } = await sessions.start({ kind: 'staff', staffId: person.id })
  try {
    return await act(session)
  } finally {
    await sessions.end(session.id)
  }
}

async function provideMeeting(needs: Needs, demo: DemoMeeting, lead: Person): Promise<StoredMeeting> {
  const { families, meetings, openMeeting } = needs
  const known = (await families.listFor(lead.id)).find(({ name }) => name === demo.family.name)
  const family = known ?? (await families.create({ ...demo.family, createdBy: lead.id }))
  const opened = (await meetings.list({ familyId: family.id })).find(({ title }) => title === demo.meeting.title)
  if (opened) return opened
  return as(needs, lead, (session) => openMeeting({ ...demo.meeting, familyId: family.id }, lead, session))
}

/** Brings an agency person into the meeting, unless they are or ever were in it. */
async function bringIn(needs: Needs, meeting: StoredMeeting, person: Person): Promise<void> {
  const { participants, askToComeIn, admission } = needs
  const meetingId = meeting._id.toHexString()
  await as(needs, person, async (session) => {
    const membership = await participants.findMembership(meetingId, session)
    if (membership ? membership.state !== 'waiting' : !isDoorOpen(meeting)) return
    const words = { name: person.name, role: 'agency', agency: person.agency, language: 'en' } as const
    const { door } = await askToComeIn({ ...words, code: meeting.joinCode, session })
    await admission.admit(meetingId, door.participantId, { role: 'agency', agency: person.agency })
  })
}

async function providePlan(needs: Needs, demo: DemoMeeting, meetingId: string): Promise<void> {
  const { participants, livePlans, versions } = needs
  const there = idsIn(await livePlans.readPlan(meetingId))
  if (!isWhole(demo, there)) {
    const { admitted } = await participants.list(meetingId)
    const idOf = (name: string) => admitted.find((person) => person.name === name)?.id ?? null
    const lead = admitted.find(({ role }) => role === 'facilitator')
    await livePlans.edit(meetingId, lead?.id ?? 'server', (doc) => writeDemoPlan(doc, demo, there, idOf))
  }
  const made = await versions.list(meetingId)
  if (made.some(({ label }) => label === demo.checkpoint)) return
  const [latest] = made
  const { leadName } = await needs.meetings.read(meetingId)
  await versions.make(meetingId, { label: demo.checkpoint, madeBy: leadName, basedOn: latest?.number ?? 0 })
}

async function provide(needs: Needs, demo: DemoMeeting, people: Map<string, Person>): Promise<StoredMeeting> {
  const personOf = (email: string) => people.get(email)!
  const meeting = await provideMeeting(needs, demo, personOf(demo.lead))
  for (const email of demo.agencyPeople) await bringIn(needs, meeting, personOf(email))
  await providePlan(needs, demo, meeting._id.toHexString())
  return meeting
}

/**
 * Sees to it that the demo families are there, by what people themselves do in the product. Done again it adds only
 * what is missing, so a start that was cut off is made good by the next one; what people changed since stays.
 *
 * @param publicUrl where phones reach this server
 */
export async function seedDemo(needs: Needs, publicUrl: string): Promise<Demo> {
  const people = new Map<string, Person>()
  for (const person of DEMO_PEOPLE) {
    people.set(person.email, await needs.people.add({ ...person, password: DEMO_PASSWORD }))
  }
  const meetings: Demo['meetings'] = []
  for (const demo of [ALDER]) {
    const meeting = await provide(needs, demo, people)
    const { url } = toJoining(meeting, publicUrl)
    if (url) meetings.push({ title: `${demo.family.name} · ${meeting.title}`, joinUrl: url })
  }
  const shown = DEMO_PEOPLE.map(({ email, name, duty }) => ({ email, name, role: duty }))
  return { password: DEMO_PASSWORD, people: shown, meetings }
}
