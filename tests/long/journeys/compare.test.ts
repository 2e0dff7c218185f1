import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../support/browser'
import { Facilitator, Person } from '../../support/room'
import { RunningServer } from '../../support/startServer'

const FAMILY = 'Noa’s family'
const FIRST = 'How do evenings get calm?'
const SECOND = 'Six weeks on'
const QUESTION = 'What helps Noa sleep?'

describe('two meetings of one family', () => {
  let server: RunningServer
  let browser: Browser
  let wren: Facilitator
  let dana: Person

  /** Asks the server with this person's own right. */
  function asks<T>(person: Person, path: string, body?: object): Promise<T> {
    return person.page.evaluate(
      async ([path, body]) => {
        const headers = { 'content-type': 'application/json' }
        const answer = await fetch(path!, body ? { method: 'POST', headers, body } : {})
        if (!answer.ok) throw new Error(await answer.text())
        return answer.json()
      },
      [path, body && JSON.stringify(body)],
    )
  }

  const seal = async (label: string) => {
    const path = `/api/meetings/${wren.meetingId}/versions`
    const { versions } = await asks<{ versions: { number: number }[] }>(wren, path)
    await asks(wren, path, { kind: 'sealed', label, basedOn: versions[0]?.number ?? 0 })
  }

  async function bothLookFine(): Promise<void> {
    for (const { device } of [wren, dana]) {
      await device.expectNoViolations()
      await device.expectNothingCutOff()
    }
  }

  beforeAll(async () => {
    ;[server, browser] = await Promise.all([RunningServer.start(), launchBrowser()])
    wren = await Facilitator.at(browser, 'Wren', server.url)
    dana = await Person.with('phone', browser, 'Dana', server.url)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('[VE31] Dana comes to the second one, and one press in the room tells her what changed since last time', async () => {
    await wren.signsIn('wren@demo.ourplan')
    await wren.startsMeeting(FAMILY, FIRST, QUESTION)
    await dana.joins(await wren.readsCode())
    await wren.letsIn('Dana')
    await dana.isIn()
    await wren.addsGoal('A calm bedtime')
    await dana.untilReads('A calm bedtime')
    await dana.addsStep(1, 'Read one book at eight')
    await dana.untilSaved()
    await wren.untilReads('Read one book at eight')
    await seal('What we agreed')

    const { meeting } = await asks<{ meeting: { familyId: string } }>(wren, `/api/meetings/${wren.meetingId}`)
    const { familyId } = meeting
    const second = { familyId, kind: 'cft', title: SECOND, startsAt: '2027-04-13T17:00:00Z', question: QUESTION }
    const { id } = await asks<{ id: string }>(wren, '/api/meetings', second)
    await wren.goesTo(`/m/${id}`)
    await wren.isIn()
    await dana.joins(await wren.readsCode())
    await wren.letsIn('Dana')
    await dana.isIn()
    const step = await dana.promiseField('Read one book at eight')
    await dana.goesToTheEndOf(step)
    await dana.types(', and one song')
    await dana.addsStep(1, 'Lights low after supper')
    await dana.untilSaved()

    await dana.opensPart('people')
    await dana.page.getByRole('link', { name: dana.say('room.sinceLastTime') }).click()
    await dana.page.getByRole('heading', { name: dana.say('compare.since'), level: 1 }).waitFor()
    await dana.untilReads('Lights low after supper')
    const told = dana.page.getByRole('main').getByRole('listitem')
    const sentences = await told.allInnerTexts()
    expect(sentences.map((words) => words.split('\n')[0])).toEqual(['A new promise from Dana.', 'This changed.'])
    expect(await dana.page.locator('ins').allInnerTexts()).toContainEqual(expect.stringContaining(', and one song'))
    expect(sentences[1]).toMatch(/Last change: Dana/)
  })

  it('[VE32] the address says what is compared, and Back goes back', async () => {
    const to = dana.page.getByLabel(dana.say('compare.to'), { exact: true })
    const from = dana.page.getByLabel(dana.say('compare.from'), { exact: true })
    expect(await from.locator('option:checked').innerText()).toMatch(/^Version 1 · /)
    await to.selectOption({ index: 1 })
    await dana.page.getByText(dana.say('compare.nothing')).waitFor()
    await dana.page.reload()
    await dana.page.getByText(dana.say('compare.nothing')).waitFor()
    await dana.page.goBack()
    await dana.untilReads('Lights low after supper')
    await to.selectOption({ label: await from.locator('option:checked').innerText() })
    await dana.page.getByText(dana.say('compare.same')).waitFor()
    await dana.page.goBack()
    await dana.untilReads('Lights low after supper')
  })

  it('[VE28] Dana reads it in Spanish as well', async () => {
    await dana.choosesLanguage('es')
    await dana.page.getByRole('heading', { name: dana.say('compare.since') }).waitFor()
    await dana.untilReads(dana.say('compare.news.addedBy', { who: 'Dana' }))
    await dana.choosesLanguage('en')
  })

  it('[VE32] Wren finds the sealed version among the copies of both meetings, and sees the change side by side', async () => {
    const path = `/m/${wren.meetingId}`
    await wren.goesTo(`${path}/versions`)
    await wren.page.getByRole('link', { name: /^Version 1 sealed .*What we agreed.*Check code/ }).waitFor()
    const titles = await wren.page.getByRole('heading', { level: 2 }).allInnerTexts()
    expect(titles).toEqual([SECOND, FIRST])
    await bothLookFine()
    await wren.page.getByRole('link', { name: wren.say('compare.since') }).click()
    await wren.page.getByRole('link', { name: wren.say('compare.sideBySide') }).click()
    const row = wren.page.getByRole('row').filter({ hasText: 'and one song' })
    expect(await row.getByRole('cell').allInnerTexts()).toEqual([
      expect.stringMatching(/^Read one book at eight\n+Dana$/),
      expect.stringMatching(/^This changed\.\n+Read one book at eight, and one song\n+Dana\n/),
    ])
    expect(wren.page.url()).toContain('show=sides')
    await dana.page.getByRole('link', { name: dana.say('compare.sideBySide') }).click()
    await dana.page.getByRole('link', { name: dana.say('compare.inSentences') }).waitFor()
    await bothLookFine()
    for (const { device } of [wren, dana]) device.expectNoTroubles()
  })
})
