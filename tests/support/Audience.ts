import { type Part, partKey } from '../../shared/part'
import { addItem, findText } from '../../shared/plan'
import { addresses, type Ids } from './addresses'
import { CanaryWords } from './CanaryWords'
import { Ears, WIRES } from './Ears'
import { LivePage } from './livePage'
import type { Someone } from './people'
import { SeededRandom } from './seededRandom'

/** What one browser asks at the same time. */
const AT_ONCE = 6

/** Words that only some may hear. */
export interface Secret {
  /** What it is, for whoever reads that it came to the wrong person. */
  what: string
  /** Null for what is said beside the plan. */
  part: Part | null
  /** Its item in that part. */
  item: string
  /** Written in one go; letter by letter; and from the last letter to the first, so that no update says it as it reads. */
  words: [whole: string, letters: string, backwards: string]
  /** By name; who gets a right later is added then. */
  readers: string[]
}

/** Everybody who is in a meeting or would like to be, what each of them hears, and what each may. */
export class Audience {
  readonly words = new CanaryWords()
  readonly secrets: Secret[] = []
  readonly #people = new Map<string, { someone: Someone; ears: Ears }>()
  readonly #chance = new SeededRandom(17)

  /** From now on everything that reaches this person is heard. */
  meet<S extends Someone>(someone: S): S {
    this.#people.set(someone.name, { someone, ears: new Ears(someone, this.words) })
    return someone
  }

  who(name: string): Someone {
    return this.#people.get(name)!.someone
  }

  earsOf(name: string): Ears {
    return this.#people.get(name)!.ears
  }

  get names(): string[] {
    return [...this.#people.keys()]
  }

  /** Somebody writes words, in three ways, into a part of their meeting. */
  async write(writer: string, part: Part, what: string, readers: string[], type = Audience.#type): Promise<Secret> {
    const words: Secret['words'] = [this.words.next(), this.words.next(), this.words.next()]
    const secret: Secret = { what, part, item: this.#chance.id(), words, readers }
    this.secrets.push(secret)
    const someone = this.who(writer)
    const { documents } = await someone.call('openLive', { params: { meetingId: someone.meetingId } })
    const { path, clientIds } = documents.find((document) => partKey(document) === partKey(part))!
    const page = new LivePage({ base: someone.app.url, cookie: someone.cookie, path, clientId: clientIds[0] })
    await page.until(({ provider }) => provider.synced)
    type(page, secret)
    await page.untilSaved()
    page.close()
    return secret
  }

  /** Somebody tells how they stand in a program. */
  tellProgram(writer: string, part: Part, what: string, readers: string[]): Promise<Secret> {
    return this.write(writer, part, what, readers, (page, { item, words: [said, stops, fix] }) => {
      const choices = { order: 'a0', removed: false, program: 'cash-aid', who: '', status: 'active' } as const
      addItem(page.doc, 'programs', item, choices, { said, stops, fix })
    })
  }

  /** Somebody says words beside the plan, to the server. */
  async say(what: string, readers: string[], say: (words: string) => Promise<unknown>): Promise<void> {
    const words: Secret['words'] = [this.words.next(), this.words.next(), this.words.next()]
    this.secrets.push({ what, part: null, item: '', words, readers })
    await say(words.join(' '))
  }

  static #type(page: LivePage, { item, words: [whole, letters, backwards] }: Secret): void {
    addItem(page.doc, 'strengths', item, { order: 'a0', removed: false, who: '', day: null }, { words: `${whole} ` })
    const text = findText(page.doc, `strengths/${item}/words`)!
    page.provider.awareness.setLocalStateField('at', `strengths/${item}/words`)
    for (const letter of ` ${letters} `) text.insert(text.length, letter)
    const from = text.length
    for (const letter of [...backwards].reverse()) text.insert(from, letter)
  }

  /** Everybody opens every live document there is, by its address, allowed or not. */
  async listen(meetingId: string, generation: number, parts: readonly string[]): Promise<void> {
    const listening = [...this.#people.values()].map(async ({ someone, ears }) => {
      for (const base of someone.cookie.includes('projector') ? ['/live', '/live/projector'] : ['/live']) {
        await Promise.all(parts.map((part) => ears.listen(`${base}/${meetingId}/${part}/${generation}`)))
      }
    })
    await Promise.all(listening)
  }

  /** Everybody asks for everything there is to read, and for the ways to the live documents. */
  async tryEverything(ids: Ids, from: readonly string[], pages: readonly string[] = []): Promise<void> {
    const all = [...addresses(ids, from), ...pages]
    const reading = [...this.#people.values()].map(async ({ someone, ears }) => {
      for (const meetingId of ids.meetingId) await someone.request('POST', `/api/meetings/${meetingId}/live`)
      await someone.request('POST', '/api/projector/live')
      for (let i = 0; i < all.length; i += AT_ONCE) {
        await Promise.all(all.slice(i, i + AT_ONCE).map((path) => ears.get(path)))
      }
    })
    await Promise.all(reading)
  }

  /** Who heard what is not for them, or did not hear what is; nothing where all is as it should be. */
  get wrong(): string[] {
    return [...this.#people].flatMap(([name, { ears }]) => {
      const heard = new Set(ears.heard)
      return this.secrets.flatMap(({ what, words, readers }) => {
        const came = words.filter((word) => heard.has(word)).length
        if (readers.includes(name)) return came === words.length ? [] : [`${name} did not hear ${what}`]
        return came === 0 ? [] : [`${name} heard ${what}: ${words.flatMap((word) => ears.packingsOf(word)).join()}`]
      })
    })
  }

  /** How many bytes were searched, by person and by what they came by; the sum of all last. */
  get searched(): string[] {
    const rows = [...this.#people].map(([name, { ears }]) => {
      const came = WIRES.map((wire) => ears.came.get(wire) ?? 0)
      return { name, came }
    })
    const all = WIRES.map((_, i) => rows.reduce((sum, { came }) => sum + came[i]!, 0))
    return [{ name: 'all', came: all }].concat(rows).map(({ name, came }) => {
      const wires = came.flatMap((bytes, i) => (bytes > 0 ? [`${WIRES[i]} ${bytes.toLocaleString('en')}`] : []))
      return `${name}: ${wires.join(', ')}`
    })
  }

  close(): void {
    for (const { ears } of this.#people.values()) ears.close()
  }
}
