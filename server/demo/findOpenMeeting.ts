import type { App } from '../app'
import type { StoredMeeting } from '../meetings/meetingModel'
import { ALDER } from './alder'
import { DEMO_PASSWORD, DEMO_PEOPLE } from './demoPeople'

/** The meeting of the demo that is open for trying things out; undefined before it is told. */
export async function findOpenMeeting({
  people,
  families,
  meetings,
}: App['parts']): Promise<StoredMeeting | undefined> {
  const demo = ALDER.meetings.at(-1)!
  const lead = DEMO_PEOPLE.find(({ name }) => name === demo.lead)!
  const { id } = await people.add({ ...lead, password: DEMO_PASSWORD })
  const family = (await families.listFor(id)).find(({ name }) => name === ALDER.name)
  return family && (await meetings.list({ familyId: family.id })).find(({ title }) => title === demo.title)
}
