import type { Browser } from 'playwright-core'
import { expect } from 'vitest'
import type { Plan } from '../../shared/plan'
import { Pen } from './Pen'
import { Facilitator, Person } from './room'
import type { SeededRandom } from './seededRandom'
import { startLine, type Line } from './startLine'
import type { RunningServer } from './startServer'

/** Words everybody writes at least before the server is killed, and while it is gone. */
const [WORDS_BEFORE, WORDS_MEANWHILE] = [4, 3]

/** Three people who write steadily, each on their own device, in a room whose server gets killed. */
export class KilledRoom {
  #round = 0

  private constructor(
    private readonly server: RunningServer,
    /** Between all pages and the server; held, it keeps pages from healing what the server may have lost. */
    private readonly line: Line,
    readonly people: readonly [Facilitator, Person, Person],
  ) {}

  static async open(server: RunningServer, browser: Browser): Promise<KilledRoom> {
    const line = await startLine({ host: '127.0.0.1', port: server.port })
    const url = `http://127.0.0.1:${line.port}`
    const wren = await Facilitator.at(browser, 'Wren', url)
    const dana = await Person.with('phone', browser, 'Dana', url)
    const rosa = await Person.with('phone', browser, 'Rosa', url)
    await wren.signsIn('wren@demo.ourplan')
    await wren.startsMeeting('Noa’s family', 'How do evenings get calm?', 'What helps Noa sleep?')
    const code = await wren.readsCode()
    for (const person of [dana, rosa]) await person.joins(code)
    for (const person of [dana, rosa]) {
      await wren.letsIn(person.name)
      await person.isIn()
    }
    for (const { device } of [wren, dana, rosa]) device.expectsLostLine()
    return new KilledRoom(server, line, [wren, dana, rosa])
  }

  close(): Promise<void> {
    return this.line.close()
  }

  /**
   * Everybody writes; the server is killed at a moment of chance, and started again on its data. What any page had read
   * as saved must be stored, before a page could send it again; and in the end everything must be everywhere.
   *
   * @returns how many words had been acknowledged when it was killed
   */
  async killAndRestart(random: SeededRandom): Promise<number> {
    const { server, line, people } = this
    await this.#beginRound()
    const pens = people.map((person) => new Pen(person, String(this.#round), random))
    for (const pen of pens) pen.start()
    await Promise.all(pens.map((pen) => pen.until(WORDS_BEFORE)))
    await new Promise((resolve) => setTimeout(resolve, random.below(1_500)))
    await server.kill()
    line.hold()
    const acknowledged = await this.#acknowledged()

    await Promise.all(pens.map((pen) => pen.until(pen.written + WORDS_MEANWHILE)))
    const written = (await Promise.all(pens.map((pen) => pen.stop()))).flat()
    for (const person of people) await person.untilReads(person.say('badge.notSavedTitle'))
    await server.restart()
    expect(missing(acknowledged, await this.#stored())).toEqual([])

    line.release()
    for (const person of people) await person.untilSaved()
    expect(missing(written, await this.#stored())).toEqual([])
    for (const person of people) await person.untilReadsAll(written)
    return acknowledged.filter((word) => written.includes(word)).length
  }

  /** A new goal, and a promise of each of the others under it, so that nobody writes inside another's word. */
  async #beginRound(): Promise<void> {
    this.#round += 1
    const [wren, ...others] = this.people
    const title = `Evening ${this.#round}: `
    await wren.addsGoal(title)
    for (const person of others) {
      await person.untilReads(title.trim())
      await person.addsStep(this.#round, 'Will: ')
    }
  }

  /** Every word that stood on a page at a moment when its badge said "Saved". */
  async #acknowledged(): Promise<string[]> {
    const ledgers = await Promise.all(
      this.people.map(({ page }) => page.evaluate(() => [...window.journal.acknowledged])),
    )
    return [...new Set(ledgers.flat())]
  }

  /** Asked on the server's own port: the pages' line may be held. */
  async #stored(): Promise<string> {
    const [wren] = this.people
    const answer = await wren.page.request.get(`${this.server.url}/api/meetings/${wren.meetingId}/plan`)
    const { question, goals, actions } = (await answer.json()) as Plan
    return [question, ...[...goals, ...actions].map(({ words }) => words)].join('\n')
  }
}

const missing = (words: string[], stored: string) => words.filter((word) => !stored.includes(word))
