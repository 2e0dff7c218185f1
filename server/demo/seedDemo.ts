import type { Person } from '../../shared/api'
import type { App } from '../app'
import type { Clock } from '../Clock'
import { ALDER } from './alder'
import type { DemoFamily } from './DemoFamily'
import { DEMO_PASSWORD, DEMO_PEOPLE } from './demoPeople'
import { findOpenMeeting } from './findOpenMeeting'
import { LUNA_MORALES } from './lunaMorales'
import { OKAFOR_HARPER } from './okaforHarper'
import { type Telling, tellMeeting } from './tellMeeting'
import { tellOnCall } from './tellOnCall'

/** The family with the meeting that is open now comes last: the copy kept of it shows that everything is told. */
const FAMILIES = [OKAFOR_HARPER, LUNA_MORALES, ALDER]

async function isTold(parts: App['parts']): Promise<boolean> {
  const meeting = await findOpenMeeting(parts)
  const made = meeting ? await parts.versions.list(meeting._id.toHexString()) : []
  return made.some(({ label }) => label === ALDER.meetings.at(-1)!.keptAs)
}

async function addPeople({ people }: App['parts']): Promise<Map<string, Person>> {
  const added = new Map<string, Person>()
  for (const person of DEMO_PEOPLE) added.set(person.name, await people.add({ ...person, password: DEMO_PASSWORD }))
  return added
}

async function tellFamily(telling: Telling, told: DemoFamily): Promise<void> {
  const { parts, story, accounts } = telling
  const { name, language, meetings } = told
  const [first] = meetings
  const founder = accounts.get(first!.lead)!
  story.now = new Date(first!.startsAt)
  const known = (await parts.families.listFor(founder.id)).find((family) => family.name === name)
  const { id } = known ?? (await parts.families.create({ name, language, createdBy: founder.id }))
  for (const meeting of meetings) await tellMeeting(telling, { ...told, id }, meeting)
}

/**
 * Sees to it that the demo families are there, with everything that happened in their meetings, by what people
 * themselves do in the product. A start that was cut off is made good by the next one; once all is told, nothing is
 * done again, so what people changed since stays.
 *
 * @param openApp makes the app over the same database, with the clock of the story; nobody else may write meanwhile
 */
export async function seedDemo(openApp: (clock: Clock) => Pick<App, 'parts' | 'stop'>): Promise<void> {
  const story = { now: new Date(0) }
  const { parts, stop } = openApp(() => story.now)
  if (!(await isTold(parts))) {
    await parts.sealing.finishCutOff()
    const accounts = await addPeople(parts)
    await tellOnCall(parts, accounts.get('Wren')!.id)
    for (const family of FAMILIES) await tellFamily({ parts, story, accounts }, family)
  }
  await stop()
}
