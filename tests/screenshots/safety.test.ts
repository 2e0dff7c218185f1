import { beforeAll, describe, it } from 'vitest'
import { Album } from '../support/album'
import { Journey } from '../support/Journey'
import { type Facilitator, type Person } from '../support/room'

// Who somebody is and who sees them: at the door, in a person's dialog, by a link for later, and on leaving a phone.

const album = new Album('safety')
const PHONE = { widths: [360] } as const
const STAFF = { widths: [360, 1366] } as const

const journey = Journey.begin()
let wren: Facilitator
let dana: Person

/** Wren opens what there is to change about somebody. */
async function opensDialogOf(name: string): Promise<void> {
  await wren.button('people.changeName', { name }).click()
  await wren.page.getByRole('dialog').waitFor()
}

describe('for somebody’s safety', () => {
  beforeAll(async () => {
    wren = await journey.opensMeeting()
    dana = await journey.person('Dana')
    // At the width of a phone, what is asked about people stands beside the people.
    await wren.goesTo(`/m/${wren.meetingId}?show=people`)
    await wren.isIn()
  })

  it('[UI66] Dana at the door, who may be the Dana of before', async () => {
    await dana.joins(await wren.readsCode())
    const choice = wren.page.getByLabel(wren.say('safety.sameTitle'))
    await choice.waitFor()
    await album.shoot(wren, '01-door-same-name', STAFF)
    const known = choice.getByRole('option', { name: new RegExp(wren.say('safety.sameName')) })
    await choice.selectOption((await known.getAttribute('value'))!)
    await album.shoot(wren, '02-door-this-is-dana', STAFF)
    await wren.letsIn('Dana')
    await dana.isIn()
  })

  it('[UI66] a person’s dialog: hiding, who must not meet, taking out, another name', async () => {
    await opensDialogOf('Dana')
    await album.shoot(wren, '03-person', STAFF)
    await album.shootInTheDark(wren, '03-person', { widths: [1366] })
    await wren.button('safety.apart').click()
    await wren.page.getByRole('dialog').getByRole('checkbox').first().check()
    await wren.page.getByRole('dialog').locator('input:enabled').first().waitFor()
    await album.shoot(wren, '04-must-not-meet', STAFF)
    await wren.page.getByRole('dialog').getByRole('checkbox').first().uncheck()
    await wren.page
      .getByRole('dialog')
      .getByRole('button', { name: wren.say('common.close') })
      .click()
    await opensDialogOf('Dana')
    await wren.button('person.remove').click()
    await album.shoot(wren, '05-take-out', STAFF)
    await wren.button('common.cancel').click()
    await wren.button('safety.hide', { name: 'Dana' }).click()
    await wren.untilReads(wren.say('people.hidden'))
    await album.shoot(wren, '06-people-hidden', { widths: [1366] })
    await opensDialogOf('Dana')
    await album.shoot(wren, '07-person-hidden', STAFF)
    await wren.button('safety.showAgain', { name: 'Dana' }).click()
    await wren.page.getByRole('dialog').waitFor({ state: 'detached' })

    const quill = await journey.person('Quill', 'laptop')
    await quill.signsIn('quill@demo.ourplan')
    await quill.opensMeeting('Moving into the new home')
    await album.shoot(quill, '08-people-own-name', { widths: [1366] })
    await quill.button('people.changeOwnName').click()
    await quill.page.getByRole('dialog').waitFor()
    await album.shoot(quill, '09-own-name', STAFF)
    await quill.device.close()
    await dana.opensPart('people')
    await album.shoot(dana, '10-people', { ...PHONE, whole: true })
    await dana.button('people.changeOwnName').click()
    await dana.page.getByRole('dialog').waitFor()
    await album.shoot(dana, '11-own-name', PHONE)
    await dana.button('common.cancel').click()
  })

  it('[UI66] a link for later: made, on paper, opened with its code', async () => {
    await opensDialogOf('Dana')
    await wren.button('link.open').click()
    await wren.page.getByText(wren.say('link.none', { name: 'Dana' })).waitFor()
    await album.shoot(wren, '12-link', STAFF)
    await wren.button('link.paper').click()
    await wren.untilReads(wren.say('link.sheetTitle'))
    await album.shoot(wren, '13-link-sheet', STAFF)
    await album.shootOnPaper(wren, '13-link-sheet')
    const sheet = wren.page.locator('.link-sheet')
    const url = /http\S+/.exec(await sheet.innerText())![0]
    const code = await sheet.locator('b').innerText()
    await wren.button('link.back').click()
    await album.shoot(wren, '14-link-made', STAFF)
    await wren.page
      .getByRole('dialog')
      .getByRole('button', { name: wren.say('common.close') })
      .click()

    const later = await journey.person('Dana')
    await later.goesTo('/f')
    await album.shoot(later, '15-link-paste', PHONE)
    // On the same page another fragment would open nothing.
    await later.page.goto('about:blank')
    await later.page.goto(url)
    const field = later.page.getByLabel(later.say('door.link.codeLabel'))
    await field.waitFor()
    await album.shoot(later, '16-link-code', { widths: [360, 1366] })
    await album.shootInTheDark(later, '16-link-code', PHONE)
    await field.fill('1111-1111')
    await later.button('door.link.open').click()
    await later.untilReads(later.say('door.link.wrong'))
    await album.shoot(later, '17-link-code-wrong', PHONE)
    await field.fill(code)
    await later.button('door.link.open').click()
    await later.page.getByRole('heading', { name: later.say('door.link.plans') }).waitFor()
    await album.shoot(later, '18-link-plans', { widths: [360, 1366], whole: true })
    await album.shootInTheDark(later, '18-link-plans', { ...PHONE, whole: true })
    await later.choosesLanguage('es')
    await album.shoot(later, '19-link-plans-es', { ...PHONE, whole: true })
    await later.page.locator('.shelf a').first().click()
    await later.page.getByRole('heading', { level: 1 }).waitFor()
    await album.shoot(later, '20-link-plan-es', { ...PHONE, whole: true })
    await album.shootOnPaper(later, '20-link-plan-es')
    await later.device.close()
  })

  it('[UI66] leaving a phone that others use: what is asked, the locked page, what leaving does', async () => {
    for (const language of ['en', 'es'] as const) {
      dana.language = language
      await dana.goesTo(`/leave?lang=${language}`)
      await album.shoot(dana, `21-leave-${language}`, { widths: [360, 1366], whole: true })
    }
    await album.shootInTheDark(dana, '21-leave-es', { ...PHONE, whole: true })
    dana.language = 'en'
    await dana.goesTo(`/m/${wren.meetingId}`)
    await dana.isIn()
    dana.device.expectsLostLine()
    await dana.page.context().setOffline(true)
    await dana.goesToTheEndOf(await dana.promiseField('Rosa sleeps over'))
    await dana.types(' on Tuesdays')
    await dana.untilBadge('not-saved')
    await dana.opensPart('people')
    await dana.button('leave.lock').click()
    await dana.page.getByRole('dialog').waitFor()
    await album.shoot(dana, '22-lock-unsaved', PHONE)
    await album.shootInTheDark(dana, '22-lock-unsaved', PHONE)
    await dana.button('leave.lockYes').click()
    await dana.untilReads(dana.say('leave.lockNoLine'))
    await album.shoot(dana, '23-lock-no-line', PHONE)
    await dana.page.context().setOffline(false)
    await dana.untilReads(dana.say('door.phoneLocked'))
    await album.shoot(dana, '24-locked', { widths: [360, 1366] })
    await dana.choosesLanguage('es')
    await album.shoot(dana, '24-locked-es', PHONE)
  })
})
