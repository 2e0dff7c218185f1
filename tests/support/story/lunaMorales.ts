import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Person } from '../room'
import {
  answersDecision,
  asksForDecision,
  goesToStage,
  letsInAgain,
  letsInAs,
  saysFacts,
  sealsAtRecap,
  signs,
} from './steps'
import type { Look, StoryDay } from './StoryDay'

const FAMILY = 'La familia de Mateo'
const SCHOOL = 'Mateo is at school every day'
const BREAKFAST = 'Desayuno a las 7:15.'
const DECISION = 'Mateo lives with Pilar, not in group care.'
const NO = 'No estoy de acuerdo. Quiero que Mateo viva con nosotros.'
const CAME = 'Mateo came to two of three visits.'

const field = (person: Person, key: string) => person.page.getByLabel(person.say(key), { exact: true })

/** What the interpreter writes beside a line, in the other language. */
async function interprets(vega: Person, words: string, key: 'en' | 'es', other: string): Promise<void> {
  await vega.untilReads(words)
  await besides(await vega.item(words), vega, key, other)
}

/** The same for what the family hopes for. */
async function interpretsGoal(vega: Person, key: 'en' | 'es', other: string): Promise<void> {
  await besides(vega.goal(1), vega, key, other)
}

async function besides(place: Locator, vega: Person, key: 'en' | 'es', other: string): Promise<void> {
  await place
    .getByRole('textbox', { name: vega.say(`sideBySide.in.${key}`) })
    .first()
    .click()
  await vega.types(other)
  await vega.untilSaved()
}

/** A text of the plan's own, such as its question, in the other language. */
async function interpretsText(vega: Person, key: string, other: string): Promise<void> {
  await vega.page.getByRole('textbox', { name: new RegExp(`^${vega.say(key)}: `) }).click()
  await vega.types(other)
  await vega.untilSaved()
}

/** Elena lets the therapist tell the school one thing, and nothing else. */
async function allowsAttendance(elena: Person): Promise<void> {
  await elena.opensPart('people')
  await elena.page.getByRole('link', { name: elena.say('people.releases') }).click()
  await elena.button('release.allow').click()
  await field(elena, 'release.as.parent').check()
  await field(elena, 'release.childName').fill('Mateo')
  await field(elena, 'release.section.health').check()
  await field(elena, 'release.told').fill('Solo si vino a sus citas. Nada más.')
  await field(elena, 'release.discloser').selectOption('mental-health')
  const sees = elena.page.getByRole('group', { name: elena.say('release.whoSees') })
  await sees.getByLabel(elena.say('common.column.school'), { exact: true }).check()
  await field(elena, 'release.purpose.schooling').check()
  await field(elena, 'release.signature').fill('Elena Luna')
  await field(elena, 'release.agree').check()
  await elena.button('release.yes').click()
  await elena.page.getByText(elena.say('release.signed')).waitFor()
}

const returns = async (person: Person, meetingId: string) => {
  await person.goesTo(`/m/${meetingId}`)
  await person.isIn()
}

/** 4 March: Mateo lives with his grandmother; his father cannot agree and says so; the school may know one thing. */
export async function lunaMoralesInMarch(day: StoryDay, look: Look): Promise<void> {
  day.comes('2027-03-04T16:00:00-08:00')
  const ames = await day.facilitator('Ames')
  const elena = await day.guest('Elena', 'phone', 'es')
  const tomas = await day.guest('Tomás', 'phone', 'es')
  const vega = await day.guest('Vega', 'laptop', 'es')
  const adeyemi = await day.worker('Adeyemi', 'school')
  const park = await day.worker('Park', 'mental-health')
  const birch = await day.worker('Birch', 'child-welfare')

  await ames.signsIn('ames@demo.ourplan')
  await ames.startsMeeting(FAMILY, 'Where will Mateo live?', 'Where can Mateo live, be safe and go to school?', {
    speaks: 'es',
  })
  const code = await ames.readsCode()
  const wall = await ames.opensProjector()
  const screens = [elena, ames, wall]
  for (const person of [elena, tomas]) {
    await person.comesInSpanish(code)
    if (person === elena) await look('01-door', [elena, wall])
    await person.asksToComeIn('family')
  }
  await vega.comesInSpanish(code)
  await vega.asksToComeIn('observer')
  await adeyemi.comesForAgency(code, 'school')
  await park.comesForAgency(code, 'mental-health')
  await birch.comesForAgency(code, 'child-welfare')
  await look('02-lobby', [elena, ames])
  await letsInAs(ames, vega, 'interpreter')
  for (const person of [elena, tomas, adeyemi, park, birch]) await letsInAs(ames, person)
  const { meetingId } = ames

  await goesToStage(ames, 'Introduction')
  await ames.writesText('purpose', 'To decide together where Mateo, who is 15, lives.')
  await interpretsText(vega, 'plan.question', '¿Dónde puede vivir Mateo, estar a salvo e ir a la escuela?')
  await interpretsText(vega, 'plan.chapter.purpose', 'Para decidir juntos dónde vive Mateo, que tiene 15 años.')
  await ames.button('stage.interpreter').click()
  await elena.untilReads(elena.say('room.paused.interpreter'))
  await look('03-interpreter', screens)
  await ames.button('stage.goOn').click()

  await goesToStage(ames, 'Assessment')
  await elena.addsLine('strengths', 'Mateo arregla bicicletas.')
  await elena.addsLine('worries', 'Nos preocupan los pleitos.')
  await adeyemi.addsLine('worries', 'Mateo was at school on 62 of 100 days.')
  await interprets(vega, 'arregla bicicletas', 'en', 'Mateo fixes bicycles.')
  await interprets(vega, 'los pleitos', 'en', 'The fights worry us.')
  await interprets(vega, '62 of 100', 'es', 'Mateo vino a la escuela 62 de 100 días.')
  for (const screen of [elena, ames, wall]) await screen.untilReads('Mateo fixes bicycles.')
  await elena.untilReads('62 de 100 días')
  await look('05-assessment', screens)

  await goesToStage(ames, 'Ideas')
  await tomas.addsLine('ideas', 'Que viva con nosotros y su abuela venga a la casa.')
  await interprets(vega, 'su abuela venga', 'en', 'He lives with us, and his grandmother comes to our home.')
  await look('06-ideas', screens)

  await goesToStage(ames, 'Decision')
  await ames.addsGoal(SCHOOL)
  await elena.untilReads(SCHOOL)
  await interpretsGoal(vega, 'es', 'Mateo va a la escuela todos los días')
  await elena.addsStep(1, BREAKFAST)
  await saysFacts(elena, BREAKFAST, { who: 'Pilar' })
  await interprets(vega, BREAKFAST, 'en', 'Breakfast at 7:15.')
  await adeyemi.addsFirstStepOf('school', 1, 'Make a new schedule with Mateo.')
  await saysFacts(adeyemi, 'Make a new schedule', { due: '2027-03-10' })
  await interprets(vega, 'Make a new schedule', 'es', 'Hacer un horario nuevo con Mateo.')
  await asksForDecision(ames, DECISION)
  await interpretsText(vega, 'plan.chapter.decision', 'Mateo vive con Pilar y no en un hogar grupal.')
  await elena.untilReads('Mateo vive con Pilar')
  await answersDecision(elena, 'support')
  await answersDecision(tomas, 'cannot', NO)
  await answersDecision(birch, 'support')
  for (const person of [adeyemi, park]) await answersDecision(person, 'can-live')
  await ames.button('decide.show').click()
  await birch.page.getByLabel(birch.say('decide.settle')).fill('Mateo lives with Pilar. We look at weekends in May.')
  await birch.button('decide.settleSave').click()
  for (const screen of screens) await screen.untilReads(NO)
  await look('09-decision', screens)

  await allowsAttendance(elena)
  await look('10-release', [elena])
  const part = park.gatedPart('health', 'Mateo')
  await part.waitFor()
  await park.addsLineIn(part, 'strengths', CAME)
  await park.untilSaved()
  await adeyemi.untilReads(CAME)
  for (const other of [birch, wall, tomas]) expect(await other.reads(CAME)).toBe(false)
  await returns(elena, meetingId)

  await goesToStage(ames, 'Recap')
  await ames.page.getByRole('link', { name: ames.say('room.recap'), exact: true }).click()
  await ames.untilReads(ames.say('recap.intro'))
  await look('11-recap', screens)
  await sealsAtRecap(ames, '2027-05-13T16:00', 1)
  await elena.untilReads(elena.say('recap.myPart'))
  await signs(elena, 'Elena Luna')
  await look('12-sealed', [elena, tomas, ames, wall])
  await elena.page.getByRole('link', { name: elena.say('room.readSealed') }).click()
  await elena.untilReads(NO)
  await look('13-version', [elena])
}

/** 13 May: Elena takes the permission back; the school reads no more of it, on the screen or in the new version. */
export async function lunaMoralesInMay(day: StoryDay, look: Look): Promise<void> {
  await day.goesHome()
  day.comes('2027-05-13T16:00:00-07:00')
  const ames = await day.facilitator('Ames')
  const elena = await day.guest('Elena', 'phone', 'es')
  const adeyemi = await day.worker('Adeyemi', 'school')
  await ames.signsIn('ames@demo.ourplan')
  await ames.startsNextMeeting(FAMILY, 'Weekends at home', 'Can Mateo be at home on weekends?')
  const code = await ames.readsCode()
  await elena.comesInSpanish(code)
  await elena.asksToComeIn('family')
  await adeyemi.comesForAgency(code, 'school')
  await letsInAgain(ames, elena)
  await letsInAs(ames, adeyemi)
  await adeyemi.gatedPart('health', 'Mateo').waitFor()
  await adeyemi.untilReads(CAME)

  const { meetingId } = elena
  await elena.opensPart('people')
  await elena.page.getByRole('link', { name: elena.say('people.releases') }).click()
  await elena.page.getByRole('button', { name: new RegExp(`^${elena.say('release.end')}`) }).click()
  await elena.page.getByText(elena.say('release.justEnded')).waitFor()
  await adeyemi.gatedPart('health', 'Mateo').waitFor({ state: 'detached', timeout: 1_000 })
  await look('14-ended', [elena, adeyemi])
  await returns(elena, meetingId)

  await goesToStage(ames, 'Recap')
  await ames.page.getByRole('link', { name: ames.say('room.recap'), exact: true }).click()
  await sealsAtRecap(ames, '2027-06-15T16:00', 2)
  await adeyemi.page.getByRole('link', { name: adeyemi.say('room.readSealed') }).click()
  await adeyemi.untilReads(SCHOOL)
  expect(await adeyemi.reads(CAME), 'in the new version').toBe(false)
}
