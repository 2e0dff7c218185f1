import type { Stance } from '../../../shared/decision'
import type { ActionItem } from '../../../shared/plan'
import type { Role } from '../../../shared/roles'
import type { Facilitator, Person } from '../room'

// What people do in a meeting beside writing, in the words of its pages.

/** Who leads goes to a stage of the meeting, by its name on the rail. */
export async function goesToStage(lead: Facilitator, name: string): Promise<void> {
  const rail = lead.page.getByRole('region', { name: lead.say('stage.title') })
  await rail.getByRole('listitem').getByRole('button', { name }).click()
  await rail.locator('button[aria-current="step"]').filter({ hasText: name }).waitFor()
}

/** Lets somebody in as what they say they are; `as` where who leads knows better. */
export async function letsInAs(lead: Facilitator, person: Person, as?: Role): Promise<void> {
  if (as) {
    const line = lead.page.getByRole('listitem').filter({ has: lead.button('people.letInName', { name: person.name }) })
    await line.getByText(lead.say('people.otherwise')).click()
    await line.getByLabel(lead.say('people.comesAs')).selectOption(as)
  }
  await lead.letsIn(person.name)
  await person.isIn()
}

/** Lets somebody in whom the family's earlier meetings know: who leads looks at them, and says who it is. */
export async function letsInAgain(lead: Facilitator, person: Person): Promise<void> {
  const line = lead.page.getByRole('listitem').filter({ has: lead.button('people.letInName', { name: person.name }) })
  const known = line.getByRole('option', { name: lead.say('safety.isMember', { name: person.name }) })
  const members = line.getByLabel(lead.say('safety.sameTitle'))
  await members.selectOption((await known.getAttribute('value'))!)
  await letsInAs(lead, person)
}

/** Somebody who is there without a phone stands on the list of people. */
export async function addsPerson(lead: Facilitator, name: string, role: Role): Promise<void> {
  await lead.button('people.add').click()
  const dialog = lead.page.getByRole('dialog')
  await dialog.getByLabel(lead.say('recap.addName')).fill(name)
  await dialog.getByLabel(lead.say('people.comesAs')).selectOption(role)
  await dialog.getByRole('button', { name: lead.say('recap.addYes') }).click()
  await dialog.waitFor({ state: 'detached' })
}

type Times = Pick<ActionItem, 'starts'> & Partial<Pick<ActionItem, 'ends' | 'travel' | 'attends'>> & { days: string[] }

/** A promise takes place every week. */
export async function setsTimes(person: Person, words: string, times: Times): Promise<void> {
  await (await person.promiseField(words)).click()
  const card = person.page.locator('.plan-open')
  await card.getByText(person.say('plan.times'), { exact: true }).click()
  const field = (key: string) => card.getByLabel(person.say(`times.${key}`))
  await field('repeats').selectOption('weekly')
  for (const day of times.days) await card.getByRole('checkbox', { name: day }).check()
  await field('starts').fill(times.starts!)
  if (times.ends) await field('ends').fill(times.ends)
  if (times.travel) await field('travel').selectOption(String(times.travel))
  if (times.attends) {
    await field('attends').fill(times.attends)
    await field('attends').blur()
  }
  await card.getByRole('button', { name: person.say('common.close'), exact: true }).click()
  await person.untilSaved()
}

/** Says by when, who and where, as far as it is given. */
export async function saysFacts(
  person: Person,
  words: string,
  { due, who, where }: Partial<Record<'due' | 'who' | 'where', string>>,
): Promise<void> {
  await (await person.promiseField(words)).click()
  const card = person.page.locator('.plan-open')
  if (who) {
    await card.getByLabel(person.say('plan.who'), { exact: true }).fill(who)
    await card.getByLabel(person.say('plan.who'), { exact: true }).blur()
  }
  if (due) await card.getByLabel(person.say('plan.due'), { exact: true }).fill(due)
  if (where) await card.getByLabel(person.say('plan.where'), { exact: true }).fill(where)
  await card.getByRole('button', { name: person.say('common.close'), exact: true }).click()
  await person.untilSaved()
}

/** The decision in one sentence, and everybody is asked. */
export async function asksForDecision(lead: Facilitator, words: string): Promise<void> {
  await lead.page.getByLabel(lead.say('plan.chapter.decision')).fill(words)
  await lead.untilSaved()
  await lead.button('decide.ask').click()
}

/** Gives an answer on the sheet that lies on one's own screen. */
export async function answersDecision(person: Person, stance: Stance, why = ''): Promise<void> {
  await person.button('decide.answer').first().click()
  await fillsInAnswer(person, stance, why)
  await person.button('decide.give').click()
  await person.page.getByRole('dialog').waitFor({ state: 'hidden' })
}

export async function fillsInAnswer(person: Person, stance: Stance, why: string): Promise<void> {
  const dialog = person.page.getByRole('dialog')
  await dialog.getByText(person.say(`decide.stance.${stance}`)).click()
  if (why) await dialog.getByRole('textbox').fill(why)
}

/** Who leads types the answer of somebody who has no phone. */
export async function typesAnswerOf(lead: Facilitator, name: string, stance: Stance, why = ''): Promise<void> {
  await lead.button('decide.typeFor').click()
  const dialog = lead.page.getByRole('dialog')
  await dialog.getByLabel(lead.say('decide.whose')).fill(name)
  await fillsInAnswer(lead, stance, why)
  await lead.button('decide.giveOther').click()
  await dialog.waitFor({ state: 'hidden' })
}

/** Says yes to one's own promises, one after the other, until none asks any more. */
export async function promisesAll(person: Person, count: number): Promise<void> {
  await person.page.getByText(person.say('promise.asked', { count })).click()
  for (let left = count; left > 0; left -= 1) {
    await person.page
      .getByRole('button', { name: new RegExp(`^${person.say('decide.answer')}`) })
      .first()
      .click()
    await person.page.getByRole('dialog').getByText(person.say('promise.answer.yes')).click()
    await person.button('decide.give').click()
    await person.page.getByRole('dialog').waitFor({ state: 'hidden' })
  }
}

/** Says when the family meets next, seals, and everybody sees it. @param next local to the meeting */
export async function sealsAtRecap(lead: Facilitator, next: string, version: number): Promise<void> {
  const recap = lead.page.getByRole('region', { name: lead.say('room.plan'), exact: true })
  await recap.getByLabel(lead.say('recap.nextAt')).fill(next)
  await recap.getByRole('button', { name: lead.say('recap.nextSave') }).click()
  await recap.getByRole('button', { name: lead.say('seal.seal'), exact: true }).click()
  await lead.button('seal.sealYes').click()
  await lead.untilSealed(version)
}

/** Signs the sealed plan on one's own phone, by typing the name. */
export async function signs(person: Person, name: string): Promise<void> {
  await person.button('signature.sign').click()
  await person.page.getByLabel(person.say('signature.name')).fill(name)
  await person.button('signature.sign').last().click()
  await person.untilReads(person.say('signature.youSigned', { moment: '' }).split(',')[0]!)
}
