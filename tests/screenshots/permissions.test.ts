import { beforeAll, describe, it } from 'vitest'
import { Album } from '../support/album'
import { Journey } from '../support/Journey'
import { type Facilitator, type Person } from '../support/room'

// What a family allows to be seen: asked for, signed, taken home on paper, read by those it names, and who looked.

const album = new Album('permissions')
const PHONE = { widths: [360], whole: true } as const
const BOTH = { widths: [360, 1366], whole: true } as const
const COPY = 'In the middle of May'
const TOLD = 'Mateo vino a las tres citas de abril.'

const journey = Journey.begin('Ames')
let ames: Facilitator
let elena: Person
let park: Person
let adeyemi: Person

/** By the words of its label, in whatever language they read. */
const label = (person: Person, key: string) => person.page.getByLabel(person.say(key), { exact: true })
const recipient = (person: Person, key: string) =>
  person.page.getByRole('group', { name: person.say('release.whoSees') }).getByLabel(person.say(key), { exact: true })

async function opensCopy({ page }: Person): Promise<void> {
  await page.getByRole('link', { name: COPY }).click()
  await page.getByRole('heading', { name: COPY }).waitFor()
  await page.getByText(TOLD).first().waitFor()
}

/** Elena reads the other language on the page she is on, for pictures of it, and then hers again. */
async function inEnglish(name: string, how: { widths: readonly (360 | 1366)[]; whole: true } = PHONE): Promise<void> {
  await elena.choosesLanguage('en')
  await album.shoot(elena, name, how)
  await elena.choosesLanguage('es')
}

describe('what a family allows', () => {
  beforeAll(async () => {
    ames = await journey.startsNextMeeting(
      'La familia de Mateo',
      'Getting to school',
      'What helps Mateo to get to school?',
    )
    park = await journey.comesForAgency('Park', 'mental-health')
    adeyemi = await journey.comesForAgency('Adeyemi', 'school')
    elena = await journey.comes('Elena')
    await elena.choosesLanguage('es')
  })

  it('[UI66] Ames asks, Elena finds it among the people and looks at it', async () => {
    await ames.page.getByRole('link', { name: ames.say('people.releases') }).click()
    await label(ames, 'release.askWhom').selectOption({ label: 'Elena' })
    await label(ames, 'release.section.health').check()
    await label(ames, 'release.told').fill('Only whether Mateo came to his appointments')
    await label(ames, 'release.discloser').selectOption('mental-health')
    await recipient(ames, 'common.column.school').check()
    await label(ames, 'release.purpose.schooling').check()
    await album.shoot(ames, '01-facilitator-asks', BOTH)
    await ames.button('release.ask').click()
    await ames.page.getByText(ames.say('release.sent', { name: 'Elena' })).waitFor()
    await elena.opensPart('people')
    await elena.page.getByText(elena.say('people.asked')).waitFor()
    await album.shoot(elena, '02-people-asked-es', PHONE)
    await elena.page.getByRole('link', { name: elena.say('people.releases') }).click()
    await elena.page.getByText(elena.say('release.asked', { name: 'Ames' })).waitFor()
    await album.shoot(elena, '03-asked-es', PHONE)
    await inEnglish('03-asked')
  })

  it('[UI66] she fills in what she allows, lacks something, signs, and takes a copy home', async () => {
    await elena.page.getByRole('button', { name: new RegExp(`^${elena.say('release.look')}`) }).click()
    await label(elena, 'release.as.parent').waitFor()
    await album.shoot(elena, '04-sitting-as-asked-es', PHONE)
    await label(elena, 'release.as.parent').check()
    await label(elena, 'release.childName').fill('Mateo')
    await label(elena, 'release.told').fill('Solo si vino a sus citas. Nada más.')
    await elena.button('release.yes').click()
    await elena.page.getByText(elena.say('release.lack.signature')).waitFor()
    await album.shoot(elena, '05-sitting-lacks-es', PHONE)
    await label(elena, 'release.signature').fill('Elena Luna')
    await label(elena, 'release.agree').check()
    await album.shoot(elena, '06-sitting-es', BOTH)
    await album.shootInTheDark(elena, '06-sitting-es', PHONE)
    await inEnglish('06-sitting')
    await elena.button('release.yes').click()
    await elena.page.getByText(elena.say('release.signed')).waitFor()
    await album.shoot(elena, '07-releases-es', BOTH)
    await album.shootInTheDark(elena, '07-releases-es', PHONE)
    await inEnglish('07-releases')
    await elena.page.evaluate(() => (window.print = () => undefined))
    await elena.page.getByRole('button', { name: new RegExp(`^${elena.say('release.copy')}`) }).click()
    await album.shootOnPaper(elena, '08-copy-es')
  })

  it('[UI66] whom it names reads and writes what is told; a version keeps it for them', async () => {
    const chapter = (person: Person) =>
      person.page.getByRole('region', { name: `${person.say('gated.section.health')} · Mateo`, exact: true })
    const title = (person: Person) => chapter(person).getByRole('heading', { level: 2 })
    await chapter(park).waitFor()
    await chapter(park)
      .getByRole('button', { name: park.say('plan.addOne.strengths') })
      .click()
    await park.types(TOLD)
    await park.untilSaved()
    await park.page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await chapter(adeyemi).waitFor()
    await adeyemi.untilReads(TOLD)
    await album.shoot(adeyemi, '09-gated-chapter-school', { widths: [360, 1366], at: title(adeyemi) })
    await album.shootInTheDark(adeyemi, '09-gated-chapter-school', { widths: [1366], at: title(adeyemi) })
    await album.shoot(park, '09-gated-chapter-therapist', { widths: [360, 1366], at: title(park) })
    await elena.page.getByRole('link', { name: elena.say('versions.back') }).click()
    await elena.untilReads(TOLD)
    await elena.untilSaved()
    await album.shoot(elena, '10-gated-chapter-es', { widths: [360], at: title(elena) })
    await album.shootInTheDark(elena, '10-gated-chapter-es', { widths: [360], at: title(elena) })

    await ames.page.getByRole('link', { name: ames.say('versions.back') }).click()
    await ames.isIn()
    await ames.keepsCopy(COPY)
    await adeyemi.page.getByRole('link', { name: adeyemi.say('room.versions') }).click()
    await opensCopy(adeyemi)
    await album.shoot(adeyemi, '11-version-gated-school', BOTH)
    await album.shootOnPaper(adeyemi, '11-version-gated-school')
    await elena.opensPart('people')
    await elena.page.getByRole('link', { name: elena.say('room.versions') }).click()
    await opensCopy(elena)
    await album.shoot(elena, '12-version-gated-es', PHONE)
    await album.shootInTheDark(elena, '12-version-gated-es', PHONE)
  })

  it('[UI66] she ends it, and reads who looked', async () => {
    await elena.page.getByRole('link', { name: elena.say('versions.back') }).click()
    await elena.isIn()
    await elena.opensPart('people')
    await elena.page.getByRole('link', { name: elena.say('people.releases') }).click()
    await elena.page.getByRole('button', { name: new RegExp(`^${elena.say('release.end')}`) }).click()
    await elena.page.getByText(elena.say('release.justEnded')).waitFor()
    await album.shoot(elena, '13-ended-es', PHONE)
    await inEnglish('13-ended')
    await elena.page.getByRole('link', { name: elena.say('versions.back') }).click()
    await elena.isIn()
    await elena.opensPart('people')
    await elena.page.getByRole('link', { name: elena.say('room.record') }).click()
    await elena.page.getByRole('heading', { name: elena.say('record.title') }).waitFor()
    await elena.page.getByRole('listitem').first().waitFor()
    await album.shoot(elena, '14-who-looked-es', BOTH)
    await album.shootInTheDark(elena, '14-who-looked-es', PHONE)
    await inEnglish('14-who-looked')
  })
})
