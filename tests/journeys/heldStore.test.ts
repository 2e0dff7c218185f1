import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser'
import { Facilitator, Person } from '../support/room'
import { RunningServer } from '../support/startServer'
import { startStoreProcess, type StoreProcess } from '../support/storeProcess'
import { startStoreProxy } from '../support/storeProxy'

/** How long two people write while nothing reaches the store, ms. */
const HELD_MS = 3_000

describe('a database that does not answer for a while', () => {
  let folder: string
  let store: StoreProcess
  let proxy: Awaited<ReturnType<typeof startStoreProxy>>
  let server: RunningServer
  let browser: Browser
  let wren: Facilitator
  let dana: Person
  let projector: Person
  let promise: Locator

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ourplan-held-'))
    ;[store, browser] = await Promise.all([startStoreProcess(folder), launchBrowser()])
    proxy = await startStoreProxy(store.uri)
    server = await RunningServer.start({ env: { MONGODB_URI: proxy.uri, OURPLAN_DEMO: '1' } })
    wren = await Facilitator.at(browser, 'Wren', server.url)
    dana = await Person.with('phone', browser, 'Dana', server.url)
    await wren.signsIn('wren@demo.ourplan')
    await wren.opensMeeting('Moving into the new home')
    await dana.joins(await wren.readsCode())
    await wren.letsIn('Dana')
    await dana.isIn()
    projector = await wren.opensProjector()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await proxy?.close()
    await store?.kill()
    await rm(folder, { recursive: true, force: true })
  })

  it('[PL1] lets nobody read “Saved”, and shows no word on another screen, until the store has it', async () => {
    // In one goal, so that the wall shows both.
    promise = await dana.promiseField('Rosa sleeps over')
    await Promise.all([wren.goesToTheEndOf(wren.goalField(1)), dana.goesToTheEndOf(promise)])
    const people = [wren, dana]
    const before = await Promise.all(people.map(async (person) => (await person.journal('badges')).length))

    proxy.hold()
    const until = Date.now() + HELD_MS
    for (let number = 1; Date.now() < until; number += 1) {
      await Promise.all([wren.types(` wren${number}`), dana.types(` dana${number}`)])
    }
    // It lasts: now both are told so, in words.
    for (const person of people) await person.untilReads(person.say('badge.notSavedTitle'))

    for (const [index, person] of people.entries()) {
      const shown = (await person.journal('badges')).slice(before[index]!).map(({ words }) => words)
      expect(new Set(shown)).toEqual(new Set([person.say('badge.saving'), person.say('badge.not-saved')]))
    }
    expect(await dana.reads('wren1')).toBe(false)
    expect(await wren.reads('dana1')).toBe(false)
    expect(await projector.reads('wren1')).toBe(false)
    expect(await projector.reads('dana1')).toBe(false)
  })

  it('[PL20] keeps every word meanwhile: afterwards all of them are saved and on every screen', async () => {
    await Promise.all([wren.types(' wrenlast'), dana.types(' danalast')])
    const written = await Promise.all([wren.goalField(1).inputValue(), promise.inputValue()])
    expect(written[0]).toMatch(/wren1.*wrenlast$/)
    proxy.release()
    await Promise.all([wren.untilSaved(), dana.untilSaved()])
    const { goals, actions } = await dana.storedPlan()
    const { words } = actions.find(({ id }) => id === 'alderhome0000002')!
    expect([goals[0]!.words, words]).toEqual(written)
    for (const words of written) {
      for (const person of [wren, dana, projector]) await person.untilReads(words)
    }
  })

  it('[UI67] leaves nothing in any browser’s console that somebody would have to explain', () => {
    for (const { name, device } of [wren, dana, projector]) expect({ [name]: device.troubles }).toEqual({ [name]: [] })
  })
})
