/** HTML that is ready to be sent. Only the `html` tag makes it. */
export class Html {
  constructor(readonly text: string) {}
}

export type Shown = string | number | Html | null | undefined | false | Shown[]

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function show(value: Shown): string {
  if (value instanceof Html) return value.text
  if (Array.isArray(value)) return value.map(show).join('')
  if (value === null || value === undefined || value === false) return ''
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}

/** Escapes whatever is put in; only what another `html` made goes in as it is. Attributes must stand in double quotes. */
export function html(strings: TemplateStringsArray, ...values: Shown[]): Html {
  return new Html(strings.reduce((text, string, i) => text + show(values[i - 1]) + string))
}

/** Words with some of them marked up: `fill('For {family}', { family: html`<b>…</b>` })`. */
export function fill(words: string, parts: Record<string, Html>): Html {
  return new Html(
    words
      .split(/\{(\w+)\}/)
      .map((piece, i) => (i % 2 === 0 ? show(piece) : (parts[piece]?.text ?? '')))
      .join(''),
  )
}
