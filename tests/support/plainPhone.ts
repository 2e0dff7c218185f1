import { gzipSync } from 'node:zlib'
import { Window } from 'happy-dom'
import type { HTMLAnchorElement, HTMLElement, HTMLFormElement } from 'happy-dom'
import { Someone } from './people'
import type { TestApp } from './startTestApp'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const HOPS_MAX = 5

/** A phone that runs no scripts: it reads pages, follows links and sends forms exactly as they stand in the page. */
export class PlainPhone extends Someone {
  /** Path of the page that is shown. */
  path = ''
  status = 0
  html = ''
  headers = new Headers()
  #document = new Window().document
  readonly #language: string

  constructor(app: TestApp, name: string, language = 'en-US') {
    super(app, name)
    this.#language = language
  }

  get document() {
    return this.#document
  }

  /** Words of the page as somebody reads them. */
  get words(): string {
    return (this.#document.body.textContent ?? '').replace(/\s+/g, ' ').trim()
  }

  /** Bytes on the way, compressed. */
  get bytes(): number {
    return gzipSync(this.html).length
  }

  async open(path: string, headers: Record<string, string> = {}): Promise<this> {
    return this.#show(path, await this.request('GET', path, undefined, this.#with(headers)), headers)
  }

  /** Follows a link by its words. */
  async click(words: string): Promise<this> {
    const links = [...this.#document.querySelectorAll('a')] as HTMLAnchorElement[]
    const link = links.find((each) => each.textContent?.trim() === words)
    if (!link) throw new Error(`No link says “${words}” on ${this.path}`)
    return this.open(this.#resolve(link.getAttribute('href')!))
  }

  /** Fills in fields of the form by their names, and presses its button. */
  async send(fields: Record<string, string>, headers: Record<string, string> = {}): Promise<this> {
    const form = this.#document.querySelector('form') as HTMLFormElement | null
    if (!form) throw new Error(`No form on ${this.path}`)
    const values = new URLSearchParams(readForm(form))
    for (const [name, value] of Object.entries(fields)) {
      if (!form.querySelector(`[name="${name}"]`)) throw new Error(`No field “${name}” on ${this.path}`)
      values.set(name, value)
    }
    const action = this.#resolve(form.getAttribute('action') ?? this.path)
    if (form.getAttribute('method') === 'get') return this.open(`${action.split('?')[0]}?${values.toString()}`, headers)
    const answer = await this.request('POST', action, values.toString(), this.#with({ ...FORM, ...headers }))
    return this.#show(action, answer, headers)
  }

  #with(headers: Record<string, string>): Record<string, string> {
    return { 'accept-language': this.#language, ...headers }
  }

  #resolve(address: string): string {
    const url = new URL(address, this.app.url + this.path)
    return url.pathname + url.search
  }

  async #show(path: string, answer: Response, headers: Record<string, string>, hops = 0): Promise<this> {
    this.path = path
    const to = answer.headers.get('location')
    // The app itself runs scripts; a plain phone stops at its door.
    if (to && !to.startsWith('/m/') && hops < HOPS_MAX) {
      const next = this.#resolve(to)
      const response = await this.request('GET', next, undefined, this.#with(headers))
      return this.#show(next, response, headers, hops + 1)
    }
    this.status = answer.status
    this.headers = answer.headers
    this.html = await answer.text()
    this.#document = new Window().document
    this.#document.write(this.html.replace(/<script.*?<\/script>/gs, ''))
    if (to) this.path = to
    return this
  }
}

function readForm(form: HTMLFormElement): [string, string][] {
  const fields = [...form.querySelectorAll('input, select')] as HTMLElement[]
  return fields.flatMap((field): [string, string][] => {
    const name = field.getAttribute('name')
    if (!name) return []
    if (field.tagName === 'SELECT') {
      const chosen = field.querySelector('option[selected]') ?? field.querySelector('option')
      return [[name, chosen?.getAttribute('value') ?? '']]
    }
    if (field.getAttribute('type') === 'radio' && !field.hasAttribute('checked')) return []
    return [[name, field.getAttribute('value') ?? '']]
  })
}
