import type { Browser, Locator, Page } from 'playwright-core'
import type { ChapterId } from '../../shared/chapters'
import type { Language } from '../../shared/meeting'
import type { Kind, Plan, SafetyPart } from '../../shared/plan'
import type { Gated } from '../../shared/roles'
import { loadWords } from '../../server/join/words'
import { DEMO_PASSWORD } from '../../server/demo/demoPeople'
import { Device, PATIENCE, type DeviceKind, type Journal } from './browser'

const WORDS = loadWords()
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** For a name that also stands inside longer ones: `Up` and not `Look up`. */
const exact = { exact: true }

/** Somebody in front of a screen. What they do is said as they would say it; what they find, by the names on the page. */
export class Person {
  constructor(
    readonly name: string,
    readonly device: Device,
    /** Where OurPlan is. */
    readonly url: string,
    /** The language of the words on their screen. */
    public language: Language = 'en',
  ) {}

  static async with(kind: DeviceKind, browser: Browser, name: string, url: string): Promise<Person> {
    return new Person(name, await Device.open(browser, kind), url)
  }

  /** The same person in one more tab, at the same address. */
  async opensTab(): Promise<Person> {
    const tab = new Person(this.name, await this.device.anotherTab(), this.url, this.language)
    await tab.page.goto(this.page.url())
    return tab
  }

  get page(): Page {
    return this.device.page
  }

  /** The words of the product in this person's language. */
  say(key: string, blanks: Record<string, string | number> = {}): string {
    return WORDS[this.language](key, blanks)
  }

  button(key: string, blanks: Record<string, string | number> = {}): Locator {
    return this.page.getByRole('button', { name: this.say(key, blanks), ...exact })
  }

  async goesTo(path: string): Promise<void> {
    await this.page.goto(this.url + path)
  }

  /** Fields by the keys of their labels. */
  async fillsIn(fields: Record<string, string>): Promise<void> {
    for (const [label, words] of Object.entries(fields)) {
      await this.page.getByLabel(this.say(label), exact).fill(words)
    }
  }

  /** Key by key; signs that no key has (accents, emoji) come whole, as from a phone's keyboard. */
  async types(words: string, delay = 15): Promise<void> {
    for (const { segment } of GRAPHEMES.segment(words)) {
      if (/^[\x20-\x7e]$/.test(segment)) await this.page.keyboard.type(segment, { delay })
      else await this.page.keyboard.insertText(segment)
    }
  }

  // Coming in

  async signsIn(email: string): Promise<void> {
    await this.goesTo('/')
    await this.page.getByRole('link', { name: this.say('common.signIn'), ...exact }).click()
    await this.page.getByLabel(this.say('home.email')).fill(email)
    await this.page.getByLabel(this.say('home.password')).fill(DEMO_PASSWORD)
    await this.button('common.signIn').click()
    await this.page.getByRole('heading', { name: this.say('home.hello', { name: this.name }) }).waitFor()
  }

  /** Types the code of the meeting where one is asked for it; the form asks who they are. */
  async findsTheDoor(code: string): Promise<void> {
    await this.goesTo('/j')
    await this.page.getByLabel(this.say('door.code')).fill(code)
    await this.button('door.codeGo').click()
    await this.page.getByRole('heading', { name: this.say('door.welcome') }).waitFor()
  }

  /** The same, reading Spanish from the first page on. */
  async comesInSpanish(code: string): Promise<void> {
    this.language = 'es'
    await this.findsTheDoor(code)
  }

  /** Says who they are, in the form at the door. */
  async asksToComeIn(as: 'family' | 'youth' | 'support' | 'observer' | 'agency', agency = ''): Promise<void> {
    await this.page.getByLabel(this.say('door.name')).fill(this.name)
    await this.page.getByRole('radio', { name: startingWith(this.say(`door.roles.${as}`)) }).check()
    if (agency) await this.page.getByLabel(this.say('door.agency')).selectOption(agency)
    await this.button('door.ask').click()
    await this.page.getByRole('heading', { name: this.say('door.waiting', { name: this.name }) }).waitFor()
  }

  async joins(code: string, as: 'family' | 'youth' | 'support' | 'observer' | 'agency' = 'family', agency = '') {
    await this.findsTheDoor(code)
    await this.asksToComeIn(as, agency)
  }

  /** Signs in as somebody of the demo, and asks at the door to come in for their agency. */
  async comesForAgency(code: string, agency: string): Promise<void> {
    await this.signsIn(`${this.name.toLowerCase()}@demo.ourplan`)
    await this.page.getByLabel(this.say('join.code')).fill(code)
    await this.button('join.come').click()
    await this.asksToComeIn('agency', agency)
  }

  /** Speaks another language on this page, and on those that follow. */
  async choosesLanguage(language: Language): Promise<void> {
    const name = language === 'es' ? 'Español' : 'English'
    const { page } = this
    // Pages from the server have a link for it, the app a button.
    await page
      .getByRole('link', { name, ...exact })
      .or(page.getByRole('button', { name, ...exact }))
      .click()
    this.language = language
  }

  /** A meeting of the demo, by its title. */
  async opensMeeting(title: string): Promise<void> {
    await this.page.getByRole('link', { name: title }).first().click()
    await this.isIn()
  }

  /** The plan is on the page, whole. */
  async isIn(): Promise<void> {
    await this.page.waitForURL(/\/m\/[0-9a-f]{24}/)
    await this.untilBadge('saved')
  }

  // Writing

  /** The part of the page that belongs to one goal. */
  goal(number: number): Locator {
    const { page } = this
    const name = new RegExp(`^${this.say('plan.hope')} · ${this.say('plan.countOf', { number, of: '\\d+' })}`)
    return page.getByRole('region', { name })
  }

  goalField(number: number): Locator {
    return this.goal(number).getByRole('textbox', { name: this.say('plan.hope'), ...exact })
  }

  /** What is promised under a goal, each in its own field. */
  promises(number: number): Locator {
    return this.goal(number).getByRole('listitem')
  }

  /** The field for the words of a promise that says these already. */
  async promiseField(words: string): Promise<Locator> {
    const fields = this.page.getByRole('textbox', { name: labelPattern(this.say('plan.actionLabel', { who: '\0' })) })
    for (const field of await fields.all()) if ((await field.inputValue()).includes(words)) return field
    throw new Error(`no promise says “${words}”`)
  }

  /** One more thing to hope for. */
  async addsGoal(words: string): Promise<void> {
    const first = this.button('plan.addFirstGoal')
    await first.or(this.button('plan.addGoal')).click()
    await this.untilFocused(this.say('plan.hope'))
    await this.types(words)
  }

  /** A promise in this person's own column, as phones offer it. */
  async addsStep(number: number, words: string): Promise<void> {
    await this.goal(number)
      .getByRole('button', { name: this.say('plan.addStep'), ...exact })
      .click()
    await this.writesPromise(words)
  }

  /** The first promise in a column that the goal does not show yet, as laptops offer it. */
  async addsFirstStepOf(column: string, number: number, words: string): Promise<void> {
    const goal = this.goal(number)
    await goal.getByText(this.say('plan.addAgency'), exact).click()
    await goal.getByRole('button', { name: this.say(`common.column.${column}`), ...exact }).click()
    await this.writesPromise(words)
  }

  // The other chapters of the plan

  chapter(id: ChapterId): Locator {
    return this.page.getByRole('region', { name: this.say(`plan.chapter.${id}`), ...exact })
  }

  /** The part of the plan about one person that a permission opens. */
  gatedPart(section: Gated, about: string): Locator {
    const name = this.say('gated.place', { section: this.say(`gated.section.${section}`), name: about })
    return this.page.getByRole('region', { name, ...exact })
  }

  /** One more line in such a part. */
  async addsLineIn(part: Locator, name: 'strengths' | 'worries' | 'ideas', words: string): Promise<void> {
    await part.getByRole('button', { name: this.say(`plan.addOne.${name}`), ...exact }).click()
    await this.untilFocused(this.say(`plan.hint.${name}`))
    await this.types(words)
  }

  async jumpsTo(id: ChapterId): Promise<void> {
    const row = this.page.getByRole('navigation', { name: this.say('plan.chapters') })
    await row.getByRole('link', { name: this.say(`plan.jump.${id}`), ...exact }).click()
  }

  async writesText(root: 'purpose' | 'vision', words: string): Promise<void> {
    await this.goesToTheEndOf(this.page.getByRole('textbox', { name: this.say(`plan.chapter.${root}`), ...exact }))
    await this.types(words)
  }

  /** One more line: a strength, worry, idea or agreement, what somebody could not agree to, or part of the safety plan. */
  async addsLine(name: Exclude<Kind, 'goals' | 'actions' | 'safety'> | SafetyPart, words: string): Promise<void> {
    await this.button(`plan.addOne.${name}`).click()
    await this.untilFocused(this.say(`plan.hint.${name}`))
    await this.types(words)
  }

  /** The part of the page that belongs to one line or promise, by its words. */
  async item(words: string): Promise<Locator> {
    const fields = this.page.getByRole('listitem').getByRole('textbox')
    for (const field of await fields.all()) {
      if ((await field.inputValue()).includes(words)) return field.locator('xpath=ancestor::li[1]')
    }
    throw new Error(`nothing in the plan says “${words}”`)
  }

  /** Comes to a line, and says that it is done, let go of or open again. */
  async says(how: 'isDone' | 'letItGo' | 'openAgain', words: string): Promise<void> {
    const item = await this.item(words)
    await item.getByRole('textbox').first().click()
    await item.getByRole('button', { name: this.say(`plan.${how}`), ...exact }).click()
  }

  private async writesPromise(words: string): Promise<void> {
    await this.untilFocused(labelPattern(this.say('plan.actionLabel', { who: '\0' })))
    await this.types(words)
  }

  private async untilFocused(label: string | RegExp): Promise<void> {
    await this.page.getByRole('textbox', { name: label }).and(this.page.locator(':focus')).waitFor()
  }

  /** Goes to the end of the words in a field. */
  async goesToTheEndOf(field: Locator): Promise<void> {
    await field.click()
    await field.press('Control+End')
  }

  /** The small controls of a promise stand under it while somebody is at it, the rarer ones behind a word. */
  async removesPromise(words: string): Promise<void> {
    await (await this.promiseField(words)).click()
    await this.page.getByText(this.say('plan.moveOrRemove'), exact).click()
    await this.button('plan.remove').click()
  }

  async writesInGoal(number: number, words: string, delay?: number): Promise<void> {
    await this.goesToTheEndOf(this.goalField(number))
    await this.types(words, delay)
  }

  // Seeing

  async untilReads(words: string, timeout = PATIENCE): Promise<void> {
    await this.page
      .waitForFunction((text) => window.journal.reads(text), words, { timeout })
      .catch(() => {
        throw new Error(`${this.name} never read “${words}”`)
      })
  }

  /** Reads it without scrolling. */
  async untilInSight(words: string): Promise<void> {
    await this.page
      .waitForFunction((text) => window.journal.inSight(text), words)
      .catch(() => {
        throw new Error(`${this.name} never had “${words}” in sight`)
      })
  }

  async untilReadsAll(words: string[]): Promise<void> {
    await this.page.waitForFunction((texts) => texts.every((text) => window.journal.reads(text)), words)
  }

  async untilReadsNoMore(words: string): Promise<void> {
    await this.page
      .waitForFunction((text) => !window.journal.reads(text), words)
      .catch(() => {
        throw new Error(`${this.name} still reads “${words}”`)
      })
  }

  reads(words: string): Promise<boolean> {
    return this.page.evaluate((text) => window.journal.reads(text), words)
  }

  /** Reads the words on the badge, as they are now. */
  async untilBadge(badge: 'saved' | 'saving' | 'not-saved' | 'offline', timeout = PATIENCE): Promise<void> {
    const words = this.say(`badge.${badge}`)
    await this.page
      .waitForFunction((expected) => window.journal.badges.at(-1)?.words === expected, words, { timeout })
      .catch(() => {
        throw new Error(`${this.name}’s badge never said “${words}”`)
      })
  }

  untilSaved(): Promise<void> {
    return this.untilBadge('saved')
  }

  /** Reads on top of the room that the plan is sealed, and as which version. */
  async untilSealed(number: number): Promise<void> {
    const [words] = this.say('room.sealed', { number, moment: '\0' }).split('\0')
    await this.untilReads(words!)
  }

  journal<K extends 'typedAt' | 'pressedAt' | 'badges'>(key: K): Promise<Journal[K]> {
    return this.page.evaluate((name) => window.journal[name], key) as Promise<Journal[K]>
  }

  /** The plan as the server stores it, asked for with this person's own right. */
  storedPlan(): Promise<Plan> {
    return this.page.evaluate(async (path) => (await fetch(path)).json(), `/api/meetings/${this.meetingId}/plan`)
  }

  get meetingId(): string {
    return /\/m\/([0-9a-f]{24})/.exec(this.page.url())![1]!
  }

  // On a phone, the parts of the room are one below the bar each

  async opensPart(part: 'plan' | 'family' | 'people' | 'meeting'): Promise<void> {
    await this.page
      .getByRole('navigation', { name: this.say('room.parts') })
      .getByText(this.say(`room.${part}`))
      .click()
  }
}

/** Who leads a meeting, on a laptop. */
export class Facilitator extends Person {
  static async at(browser: Browser, name: string, url: string): Promise<Facilitator> {
    return new Facilitator(name, await Device.open(browser, 'laptop'), url)
  }

  /** A family nobody knows yet, and its first meeting. */
  async startsMeeting(
    family: string,
    title: string,
    question: string,
    { speaks = 'en', kind = 'tdm' } = {},
  ): Promise<void> {
    const name = this.page.getByLabel(this.say('home.familyName'))
    const more = this.button('home.newFamily')
    // Before there is any family, its name is asked for at once.
    await name.or(more).waitFor()
    if (await more.isVisible()) await more.click()
    await name.fill(family)
    await this.page.getByLabel(this.say('home.familyLanguage')).selectOption(speaks)
    await this.button('home.addFamily').click()
    await this.page.getByRole('heading', { name: family }).waitFor()
    await this.fillsInMeeting(title, question, kind)
  }

  /** One more meeting of a family that met before; its plan comes along. */
  async startsNextMeeting(family: string, title: string, question: string, kind = 'tdm'): Promise<void> {
    await this.page.getByRole('link', { name: family, ...exact }).click()
    await this.button('family.newMeeting').click()
    await this.fillsInMeeting(title, question, kind)
  }

  private async fillsInMeeting(title: string, question: string, kind: string): Promise<void> {
    await this.page.getByLabel(this.say('family.kind')).selectOption(kind)
    await this.fillsIn({ 'family.title': title, 'family.question': question })
    await this.button('family.open').click()
    await this.isIn()
  }

  /** The code that stands beside the plan. */
  async readsCode(): Promise<string> {
    const panel = this.page.getByRole('region', { name: this.say('people.joining') })
    const words = await panel.getByText(/[2-9A-Z]{4}-[2-9A-Z]{4}/).innerText()
    return /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(words)![0]
  }

  async letsIn(name: string): Promise<void> {
    await this.button('people.letInName', { name }).click()
    await this.button('people.letInName', { name }).waitFor({ state: 'detached' })
  }

  async takesOut(name: string): Promise<void> {
    await this.button('people.changeName', { name }).click()
    await this.button('person.remove').click()
    await this.button('person.removeYes', { name }).click()
  }

  async keepsCopy(name: string): Promise<void> {
    await this.page.getByLabel(this.say('lead.checkpointName')).fill(name)
    await this.button('lead.keepCopy').click()
    await this.page.getByText(this.say('lead.copyKept', { name })).waitFor()
  }

  /** Presses "Projector" and moves the new window to the wall. */
  async opensProjector(): Promise<Person> {
    await this.button('projector.button').click()
    const opened = this.page.waitForEvent('popup')
    await this.button('projector.openIt').click()
    const device = await Device.moved(await opened, 'projector')
    const projector = new Person('the projector', device, this.url, this.language)
    await projector.page.waitForURL(/\/projector$/)
    await projector.untilSaved()
    return projector
  }

  /** Makes the plan final, and sees that it is. */
  async sealsPlan(): Promise<void> {
    await this.button('seal.seal').click()
    await this.button('seal.sealYes').click()
    await this.untilSealed(1)
  }

  /** Lets people write on after the seal. */
  async amends(reason: string): Promise<void> {
    await this.button('seal.amend').click()
    await this.page.getByLabel(this.say('seal.amendWhy')).fill(reason)
    await this.button('seal.amendYes').click()
    await this.button('seal.seal').waitFor()
  }

  async endsMeeting(): Promise<void> {
    await this.button('lead.end').click()
    await this.page
      .getByRole('dialog')
      .getByRole('button', { name: this.say('lead.end'), ...exact })
      .click()
    await this.page.getByText(this.say('room.endedLead')).waitFor()
  }
}

const literally = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const startingWith = (words: string) => new RegExp(`^${literally(words)}`)

/** A label with a name in it (marked `\0`), whoever that is. */
function labelPattern(label: string): RegExp {
  return new RegExp(`^${label.split('\0').map(literally).join('.+')}$`)
}

/** When somebody sees words that somebody else finished typing: milliseconds from the last key to the drawn frame. */
export async function measureSeeing(writer: Person, watcher: Person, marker: string, write: () => Promise<void>) {
  const [seenAt] = await Promise.all([
    watcher.page.evaluate((words) => window.journal.whenRead(words), marker),
    write(),
  ])
  return seenAt - (await writer.journal('typedAt'))
}
