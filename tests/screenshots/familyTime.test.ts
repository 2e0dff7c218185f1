import { beforeAll, describe, it } from 'vitest'
import { Album } from '../support/album'
import { Journey } from '../support/Journey'
import { type Facilitator, type Person } from '../support/room'

// The family by itself: its page, what everybody else and the wall see meanwhile, and what professionals prepare.

const album = new Album('family-time')
const PHONE = { widths: [360] } as const
const STAFF = { widths: [360, 1366] } as const
const WALL = { widths: [1920] } as const

const journey = Journey.begin()
let wren: Facilitator
let quill: Person
let dana: Person
let rosa: Person
let projector: Person

describe('private family time', () => {
  beforeAll(async () => {
    wren = await journey.startsNextMeeting(
      'Miles’s family',
      'The first month at home',
      'What helps Dana and Miles to stay calm?',
    )
    quill = await journey.comesForAgency('Quill', 'child-welfare')
    dana = await journey.comes('Dana')
    rosa = await journey.comes('Rosa')
    await rosa.choosesLanguage('es')
    projector = await wren.opensProjector()
  })

  it('[UI66] what professionals prepare, and that the family sees they did', async () => {
    await quill.page.getByRole('link', { name: quill.say('room.prep'), exact: true }).click()
    await quill.page.getByRole('heading', { name: quill.say('prep.title') }).waitFor()
    await album.shoot(quill, '01-prepare-empty', STAFF)
    const purpose = quill.page.getByRole('textbox', { name: quill.say('prep.purpose') })
    await quill.goesToTheEndOf(purpose)
    await quill.types('Whether the aunt still sleeps over. Wren leads, Quill writes.')
    await quill.addsLine('strengths', 'Dana and Miles moved in on the day they planned')
    await quill.addsLine('ideas', 'Ask the housing office about the lamp in the yard')
    await quill.untilSaved()
    await album.shoot(quill, '02-prepare', { ...STAFF, whole: true })
    await quill.page.getByRole('link', { name: quill.say('room.plan'), exact: true }).click()
    await dana.opensPart('people')
    await dana.page.getByText(/^Quill prepared this meeting on/).waitFor()
    await album.shoot(dana, '03-people-who-prepared', { ...PHONE, whole: true })
    await dana.opensPart('plan')
  })

  it('[UI66] the curtain on the wall, before the facilitator and the agencies; the family’s own page', async () => {
    await wren.button('familyTime.start').click()
    for (const person of [wren, quill, projector]) {
      await person.page.getByRole('heading', { name: person.say('familyTime.curtain') }).waitFor()
    }
    await album.shoot(projector, '04-wall-curtain', { widths: [1366, 1920] })
    await album.shoot(wren, '05-facilitator-curtain', STAFF)
    await album.shootInTheDark(wren, '05-facilitator-curtain', STAFF)
    await album.shoot(quill, '06-agency-curtain', { widths: [360, 1366, 1920] })
    await dana.page.getByRole('heading', { name: dana.say('room.family') }).waitFor()
    await dana.untilReads(dana.say('familyTime.readers', { names: 'Dana and Rosa' }))
    await album.shoot(dana, '07-just-us-empty', { ...PHONE, whole: true })
    await dana.addsLine('worries', 'I am afraid that Miles hears us at night')
    await rosa.untilReads('hears us')
    await rosa.button('plan.addFirstGoal').click()
    await rosa.types('Que Miles duerma tranquilo')
    await rosa.addsStep(1, 'Rosa se queda los martes y los jueves')
    await rosa.untilSaved()
    await dana.untilReads('los martes')
    await album.shoot(dana, '08-just-us', { ...STAFF, whole: true })
    await album.shootInTheDark(dana, '08-just-us', { ...PHONE, whole: true })
    await album.shoot(rosa, '09-just-us-es', { ...PHONE, whole: true })
    const bring = `${rosa.say('familyTime.bringGoal')}: Que Miles duerma tranquilo`
    await rosa.page.getByRole('button', { name: bring }).click()
    await rosa.untilReads(rosa.say('familyTime.brought'))
    await album.shoot(rosa, '10-just-us-brought-es', { ...PHONE, whole: true })
    await rosa.opensPart('plan')
    await album.shoot(rosa, '11-plan-meanwhile-es', PHONE)
    await rosa.opensPart('family')
  })

  it('[UI66] the family says it is ready, and everybody is back', async () => {
    await rosa.button('familyTime.ready').click()
    await album.shoot(rosa, '12-ready-es', PHONE)
    await dana.button('familyTime.ready').click()
    await album.shoot(dana, '12-ready', PHONE)
    await dana.button('familyTime.readyYes').click()
    await dana.untilReads(dana.say('familyTime.over'))
    await album.shoot(dana, '13-just-us-over', PHONE)
    await projector.untilReads('Que Miles duerma tranquilo')
    await projector.untilSaved()
    await album.shoot(projector, '14-wall-back', WALL)
  })
})
