import AxeBuilder from '@axe-core/playwright'
import type { Result } from 'axe-core'
import { fileURLToPath } from 'node:url'
import { chromium, devices, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Language } from '../../shared/meeting'

const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
  '--disable-quic',
]
const JOURNAL = fileURLToPath(new URL('./pageJournal.js', import.meta.url))
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** How long a page may take to show something, ms: nobody waits so long, but a busy machine may. */
export const PATIENCE = 20_000

/** Higher than any phone page of a journey is long, px. */
const UNROLLED = 9_000

const ANDROID = devices['Galaxy S9+']!.userAgent

/** What people have in front of them. */
const KINDS = {
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, userAgent: ANDROID },
  laptop: { viewport: { width: 1366, height: 768 } },
  projector: { viewport: { width: 1920, height: 1080 } },
} as const satisfies Record<string, BrowserContextOptions>
export type DeviceKind = keyof typeof KINDS

const LOCALES: Record<Language, string> = { en: 'en-US', es: 'es-US' }

/** What `pageJournal.js` keeps in every page. */
export interface Journal {
  typedAt: number
  pressedAt: number
  badges: { badge: string; words: string; at: number }[]
  acknowledged: Set<string>
  written: Set<string>
  reads(words: string): boolean
  inSight(words: string): boolean
  whenRead(words: string): Promise<number>
}
declare global {
  interface Window {
    journal: Journal
  }
}

/** @param flags more of Chromium's own */
export function launchBrowser(...flags: string[]): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  return chromium.launch({ executablePath, args: [...FLAGS, ...flags] })
}

/** In every page of a device: its clock stands somewhere else, and runs on from there. */
function setClockAhead(ahead: number): void {
  const Real = Date
  const now = () => Real.now() + ahead
  window.Date = new Proxy(Real, {
    construct: (_, args: []) => (args.length ? new Real(...args) : new Real(now())),
    apply: () => new Real(now()).toString(),
    get: (_, key) => (key === 'now' ? now : Reflect.get(Real, key)),
  })
}

interface Settings {
  language?: Language
  /** How far the device's clock is ahead of this machine's, ms. */
  ahead?: number
  /** More of the browser's own settings, such as a dark theme. */
  more?: BrowserContextOptions
}

/** A phone, a laptop or a projector: a browser of its own as far as cookies and storage go, with one page open. */
export class Device {
  /** What the page complained about and nobody expected. */
  readonly troubles: string[] = []
  #expected: RegExp[] = []

  private constructor(readonly page: Page) {
    page.setDefaultTimeout(PATIENCE)
    page.on('console', (message) => {
      if (message.type() === 'error') this.#note(`${message.text()} (${message.location().url})`)
    })
    page.on('pageerror', (error) => this.#note(error.stack ?? String(error)))
    page.on('crash', () => this.#note('the page crashed'))
  }

  static async open(
    browser: Browser,
    kind: DeviceKind,
    { language = 'en', ahead = 0, more = {} }: Settings = {},
  ): Promise<Device> {
    const timezoneId = 'America/Los_Angeles'
    const context = await browser.newContext({ ...KINDS[kind], locale: LOCALES[language], timezoneId, ...more })
    await context.addInitScript({ path: JOURNAL })
    if (ahead) await context.addInitScript(setClockAhead, ahead)
    return new Device(await context.newPage())
  }

  /** A window that another page opened, moved to a screen of its own. */
  static async moved(page: Page, kind: DeviceKind): Promise<Device> {
    await page.setViewportSize(KINDS[kind].viewport)
    return new Device(page)
  }

  /** One more tab of the same browser. */
  async anotherTab(): Promise<Device> {
    return new Device(await this.page.context().newPage())
  }

  #note(trouble: string): void {
    if (!this.#expected.some((pattern) => pattern.test(trouble))) this.troubles.push(trouble)
  }

  /** From now on such a complaint is what should happen here. */
  expects(...complaints: RegExp[]): void {
    this.#expected.push(...complaints)
  }

  /** While a line is cut on purpose, browsers complain of it in many words. */
  expectsLostLine(): void {
    this.expects(/WebSocket connection to/, /net::ERR_/, /status of 50\d/)
  }

  expectNoTroubles(): void {
    expect(this.troubles).toEqual([])
  }

  /**
   * WCAG 2.2 A and AA, as far as a machine can tell, of the page as it is now. A phone's page is looked at unrolled,
   * a laptop's plan from its top: what bars cover at this moment of scrolling is no finding.
   */
  async expectNoViolations(): Promise<void> {
    const { width, height } = this.page.viewportSize()!
    const rolled = width === KINDS.phone.viewport.width
    if (rolled) await this.page.setViewportSize({ width, height: UNROLLED })
    else await this.page.evaluate(() => document.getElementById('plan')?.scrollTo(0, 0))
    const violations = await this.#look()
    if (rolled) await this.page.setViewportSize({ width, height })
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n  ')}`)
    expect(found, await this.page.title()).toEqual([])
  }

  /** The page at the door loads itself anew when somebody is let in; a look that was cut off by it is taken once more. */
  async #look(): Promise<Result[]> {
    for (let tries = 3; ; tries -= 1) {
      try {
        return (await new AxeBuilder({ page: this.page }).withTags(WCAG).analyze()).violations
      } catch (error) {
        if (tries === 0 || !/context was destroyed|navigat/i.test(String(error))) throw error
      }
    }
  }

  /** Nothing may stand out of the page to the right: nobody scrolls sideways on a phone. */
  async expectNothingCutOff(): Promise<void> {
    const { scroll, width } = await this.page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      width: innerWidth,
    }))
    expect(scroll, await this.page.title()).toBeLessThanOrEqual(width)
  }

  close(): Promise<void> {
    return this.page.context().close()
  }
}
