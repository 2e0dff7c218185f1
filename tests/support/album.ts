import { mkdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'
import type { Person } from './room'

const ALBUMS = fileURLToPath(new URL('../../screenshots', import.meta.url))
const SIZES = {
  360: { width: 360, height: 740 },
  1366: { width: 1366, height: 768 },
  1920: { width: 1920, height: 1080 },
} as const
type Width = keyof typeof SIZES

/** Inside the margins of a Letter sheet, at 96 dots an inch. */
const SHEET = { width: 710, height: 970 }

/** Two frames: what depends on the size is drawn anew. */
const settle = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))

interface How {
  /** At which sizes; where nothing is said, at all three. */
  widths?: readonly Width[]
  /** All of a long page, not only what shows where it opens. */
  whole?: boolean
  /** What is to be in the middle of the picture, on a page that scrolls. */
  at?: Locator
}

/** Pictures of pages for people to look at, in a folder of their own below `screenshots/` that begins empty. */
export class Album {
  readonly #folder: string

  constructor(name: string) {
    this.#folder = `${ALBUMS}/${name}`
    rmSync(this.#folder, { recursive: true, force: true })
    mkdirSync(this.#folder, { recursive: true })
  }

  /** Writes the page as it is now, and leaves it at the size it had. On a phone nothing may stand out to the side. */
  async shoot(
    { page, device }: Person,
    name: string,
    { widths = [360, 1366, 1920], whole = false, at }: How = {},
  ): Promise<void> {
    const before = page.viewportSize()!
    for (const width of widths) {
      await page.setViewportSize(SIZES[width])
      await settle(page)
      if (width === 360) await device.expectNothingCutOff()
      if (whole) {
        await page.evaluate(() => scrollTo(0, 0))
        const height = await page.evaluate(() => document.documentElement.scrollHeight)
        await page.setViewportSize({ width, height })
        await settle(page)
      }
      await at?.evaluate((element) => element.scrollIntoView({ block: 'center' }))
      await page.screenshot({ path: `${this.#folder}/${name}-${width}.png` })
    }
    await page.setViewportSize(before)
  }

  /** The same in the dark. */
  async shootInTheDark(person: Person, name: string, how?: How): Promise<void> {
    await person.page.emulateMedia({ colorScheme: 'dark' })
    await this.shoot(person, `${name}-dark`, how)
    await person.page.emulateMedia({ colorScheme: 'light' })
  }

  /** As it comes out of a printer, on a sheet of Letter. */
  async shootOnPaper({ page }: Person, name: string): Promise<void> {
    const before = page.viewportSize()!
    await page.setViewportSize(SHEET)
    await page.emulateMedia({ media: 'print' })
    await page.screenshot({ path: `${this.#folder}/${name}-paper.png`, fullPage: true })
    await page.emulateMedia({ media: 'screen' })
    await page.setViewportSize(before)
  }
}
