import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../support/browser'
import { Facilitator, Person } from '../../support/room'
import { startLine, type Line } from '../../support/startLine'
import { RunningServer } from '../../support/startServer'

/** A name that means this machine to the browser alone. Plain http under it is no secure context, as in any Wi-Fi. */
const HOST = 'plan.test'

describe('plain http in the meeting room’s own network', () => {
  let server: RunningServer
  let browser: Browser
  /** The phone's line: everything it sends and gets goes through here. */
  let line: Line
  let wren: Facilitator
  let dana: Person

  beforeAll(async () => {
    const rules = `--host-resolver-rules=MAP ${HOST} 127.0.0.1`
    ;[server, browser] = await Promise.all([
      RunningServer.start({ env: { PUBLIC_URL: undefined } }),
      launchBrowser(rules),
    ])
    line = await startLine({ host: '127.0.0.1', port: server.port })
    wren = await Facilitator.at(browser, 'Wren', `http://${HOST}:${server.port}`)
    dana = await Person.with('phone', browser, 'Dana', `http://${HOST}:${line.port}`)
  })
  afterAll(async () => {
    await browser?.close()
    await line?.close()
    await server?.close()
  })

  it('[UI69] lets a phone in, and what it writes is read on the laptop', async () => {
    await wren.signsIn('wren@demo.ourplan')
    await wren.opensMeeting('Moving into the new home')
    await dana.joins(await wren.readsCode())
    await wren.letsIn('Dana')
    await dana.isIn()
    expect(await dana.page.evaluate(() => window.isSecureContext)).toBe(false)
    await dana.writesInGoal(1, ' and a warm kitchen')
    await dana.untilSaved()
    await wren.untilReads('and a warm kitchen')
  })

  it('[UI68] tells a phone without a line that its words are not saved yet, and takes more of them', async () => {
    dana.device.expectsLostLine()
    line.hold()
    line.cut()
    await dana.types(', even in winter', 60)
    await dana.untilInSight('Not saved yet. Keep this page open.')
    await dana.goalField(2).click()
    await dana.untilInSight('Not saved yet. Keep this page open.')
    await dana.goesToTheEndOf(dana.goalField(1))
    await dana.types(', and a heater')
    expect(await dana.goalField(1).inputValue()).toMatch(/even in winter, and a heater$/)
    expect(await wren.reads('even in winter')).toBe(false)
    await dana.device.expectNoViolations()
    await dana.device.expectNothingCutOff()
  })

  it('[UI68] hands them over by itself when the line is back, beside what others wrote meanwhile', async () => {
    await wren.writesInGoal(2, ' every day')
    await wren.untilSaved()
    line.release()
    await dana.untilSaved()
    await dana.untilReads('every day')
    await wren.untilReads('even in winter, and a heater')
    const { goals } = await wren.storedPlan()
    expect(goals[0]!.words).toMatch(/and a warm kitchen, even in winter, and a heater$/)
    expect(await dana.reads('Not saved yet')).toBe(false)
  })

  it('[UI69] leads from the code on the page to an address that phones can open', async () => {
    const link = wren.page.getByRole('img', { name: `http://${HOST}:${server.port}/j/` })
    if (!(await link.isVisible())) await wren.page.getByText(wren.say('lead.joiningMore')).click()
    await link.waitFor()
  })

  it('[UI67] leaves nothing in any browser’s console that somebody would have to explain', () => {
    for (const { name, device } of [wren, dana]) expect({ [name]: device.troubles }).toEqual({ [name]: [] })
  })
})
