import { html, type Html } from './html'
import type { Voice } from './renderPage'

const LINES = ['reads', 'released', 'stays', 'danger', 'looked', 'sign'] as const

/**
 * Who sees what, what stays among those who are here, and what must be told. Nobody has to agree to it to come in. It
 * stands there to be read; a browser that can speak reads it aloud on request.
 *
 * @param open whether it stands open at first
 */
export function renderConfidence({ say }: Voice, open = false): Html {
  return html`<details class="confidence" ${open && html` open`}>
    <summary>${say('door.confidence.title')}</summary>
    <ul id="confidence">
      ${LINES.map((line) => html`<li>${say(`door.confidence.${line}`)}</li>`)}
    </ul>
    <p>
      <button type="button" class="quiet" data-read-aloud="confidence" hidden>${say('door.confidence.aloud')}</button>
    </p>
  </details>`
}
