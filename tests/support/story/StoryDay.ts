import type { Browser } from 'playwright-core'
import type { Agency, Language } from '../../../shared/meeting'
import { DEMO_PASSWORD } from '../../../server/demo/demoPeople'
import { Device, type DeviceKind, launchBrowser } from '../browser'
import { Facilitator, Person } from '../room'
import { startTestApp, type TestApp } from '../startTestApp'

/** Where a story is looked at, by the screens on which there is something to see. */
export type Look = (moment: string, screens: readonly Person[]) => Promise<void>

/** The whole product on the days of a story: the server's clock and those of all devices stand there, and run on. */
export class StoryDay {
  #opened: Device[] = []

  private constructor(
    readonly app: TestApp,
    private readonly browser: Browser,
    private readonly clock: { ahead: number },
  ) {}

  /** @param at the instant at which the story begins */
  static async begin(at: string): Promise<StoryDay> {
    const clock = { ahead: 0 }
    const [app, browser] = await Promise.all([
      startTestApp({ clock: () => new Date(Date.now() + clock.ahead) }),
      launchBrowser(),
    ])
    const day = new StoryDay(app, browser, clock)
    day.comes(at)
    return day
  }

  /** Another day; who comes then opens their device anew. */
  comes(at: string): void {
    this.clock.ahead = Date.parse(at) - Date.now()
  }

  /** Devices that were opened on an earlier day are put away. */
  async goesHome(): Promise<void> {
    for (const device of this.#opened) {
      device.expectNoTroubles()
      await device.close()
    }
    this.#opened = []
  }

  async #device(kind: DeviceKind, language: Language): Promise<Device> {
    const device = await Device.open(this.browser, kind, { language, ahead: this.clock.ahead })
    this.#opened.push(device)
    return device
  }

  /** Somebody without an account, with a phone or a laptop. */
  async guest(name: string, kind: DeviceKind = 'phone', language: Language = 'en'): Promise<Person> {
    return new Person(name, await this.#device(kind, language), this.app.url)
  }

  /** Somebody of an agency, with an account and a laptop. */
  async worker(name: string, agency: Agency): Promise<Person> {
    await this.#account(name, 'agency', agency)
    return new Person(name, await this.#device('laptop', 'en'), this.app.url)
  }

  async facilitator(name: string): Promise<Facilitator> {
    await this.#account(name, 'facilitator', null)
    return new Facilitator(name, await this.#device('laptop', 'en'), this.app.url)
  }

  async #account(name: string, duty: 'agency' | 'facilitator', agency: Agency | null): Promise<void> {
    const email = `${name.toLowerCase()}@demo.ourplan`
    await this.app.app.parts.people.add({ name, email, duty, agency, password: DEMO_PASSWORD })
  }

  async close(): Promise<void> {
    await this.browser.close()
    await this.app.close()
  }
}
