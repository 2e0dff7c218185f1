import { CONFIDENCE_LINES } from '../../shared/confidence'
import { html, type Html } from './html'
import type { Voice } from './renderPage'

/**
 * Who sees what, what stays among those who are here, and what must be told. Nobody has to agree to it to come in. It
 * stands there to be read; a browser that can speak reads it aloud on request.
 *
 * @param open whether it stands open at first
 */
export function renderConfidence({ say }: Voice, open = false): Html {
  return html`<details class="confidence" ${open && html` open`}>
    <summary>${say('confidence.title')}</summary>
    <ul id="confidence">
      ${[...CONFIDENCE_LINES, 'sign'].map((line) => html`<li>${say(`confidence.${line}`)}</li>`)}
    </ul>
    <p>
      <button type="button" class="quiet" data-read-aloud="confidence" hidden>${say('confidence.aloud')}</button>
    </p>
  </details>`
}
