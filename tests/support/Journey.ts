import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type DeviceKind, launchBrowser } from './browser'
import { Facilitator, Person } from './room'
import { RunningServer } from './startServer'

/** What a journey goes on: the production build, a browser, and who leads, from before its first test to after its last. */
export class Journey {
  server!: RunningServer
  browser!: Browser
  /** Of the meeting that was begun or opened last. */
  code = ''
  #lead!: Facilitator

  /** @param lead who leads, by their name in the demo */
  static begin(lead = 'Wren'): Journey {
    const journey = new Journey()
    beforeAll(() => journey.#open(lead))
    afterAll(() => journey.#close())
    return journey
  }

  /** The same, as one story: what follows a broken part would only tell that it was broken, so it is left out. */
  static asOneStory(): Journey {
    let broken = false
    beforeEach(({ skip }) => skip(broken, 'an earlier part of the story failed'))
    afterEach(({ task }) => void (broken ||= task.result?.state === 'fail'))
    return Journey.begin()
  }

  async #open(lead: string): Promise<void> {
    ;[this.server, this.browser] = await Promise.all([RunningServer.start(), launchBrowser()])
    this.#lead = await Facilitator.at(this.browser, lead, this.server.url)
  }

  async #close(): Promise<void> {
    await this.browser?.close()
    await this.server?.close()
  }

  /** Who leads signs in. */
  async lead(): Promise<Facilitator> {
    await this.#lead.signsIn(`${this.#lead.name.toLowerCase()}@demo.ourplan`)
    return this.#lead
  }

  /** Who leads begins the first meeting of a family that nobody knows yet. */
  async startsMeeting(title: string, question = title): Promise<Facilitator> {
    const lead = await this.lead()
    await lead.startsMeeting('Noa’s family', title, question)
    this.code = await lead.readsCode()
    return lead
  }

  /** Who leads begins the next meeting of a family of the demo. */
  async startsNextMeeting(family: string, title: string, question: string): Promise<Facilitator> {
    const lead = await this.lead()
    await lead.startsNextMeeting(family, title, question)
    this.code = await lead.readsCode()
    return lead
  }

  /** Who leads opens a meeting of the demo. */
  async opensMeeting(title = 'Moving into the new home'): Promise<Facilitator> {
    const lead = await this.lead()
    await lead.opensMeeting(title)
    this.code = await lead.readsCode()
    return lead
  }

  /** Somebody with a screen who is not in any meeting yet. */
  person(name: string, kind: DeviceKind = 'phone'): Promise<Person> {
    return Person.with(kind, this.browser, name, this.server.url)
  }

  /** Somebody of the family comes through the door. */
  async comes(name: string): Promise<Person> {
    const person = await this.person(name)
    await person.joins(this.code)
    return this.letsIn(person)
  }

  /** Somebody of the demo comes for their agency, with a laptop. */
  async comesForAgency(name: string, agency: string): Promise<Person> {
    const person = await this.person(name, 'laptop')
    await person.comesForAgency(this.code, agency)
    return this.letsIn(person)
  }

  /** Who asked at the door is let in, and there. */
  async letsIn(person: Person): Promise<Person> {
    await this.#lead.letsIn(person.name)
    await person.isIn()
    return person
  }
}
