import { html, type Html } from './html'
import { renderPage, type Voice } from './renderPage'

function renderCodeForm({ say, language }: Voice): Html {
  return html`<form action="/j" method="get">
    <input type="hidden" name="lang" value="${language}" />
    <div>
      <label class="ask" for="code">${say('join.code')}</label>
      <p class="hint" id="code-hint">${say('join.codeHint')}</p>
      <input
        type="text"
        class="code"
        id="code"
        name="code"
        required
        maxlength="24"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        aria-describedby="code-hint"
      />
    </div>
    <button class="go">${say('join.codeGo')}</button>
  </form>`
}

/** For people who have a code and no link. */
export function renderCode(voice: Voice): string {
  const { say } = voice
  return renderPage(voice, {
    title: say('join.codeTitle'),
    body: html`<h1>${say('join.codeAsk')}</h1>
      <p>${say('join.codeWhere')}</p>
      ${renderCodeForm(voice)}`,
  })
}

/** Said of every code that opens nothing now, whether it never did, does no more, or is shut for the moment. */
export function renderUnknownCode(voice: Voice): string {
  const { say } = voice
  return renderPage(voice, {
    title: say('join.codeTitle'),
    body: html`<h1>${say('join.unknown')}</h1>
      <p>${say('join.unknownWhy')}</p>
      ${renderCodeForm(voice)}`,
  })
}

/** After too many wrong codes. */
export function renderLocked(voice: Voice): string {
  const { say } = voice
  return renderPage(voice, {
    title: say('join.lockedTitle'),
    body: html`<h1>${say('join.locked')}</h1>
      <p>${say('join.lockedWhy')}</p>`,
  })
}

/** Something failed: on our side (`trouble`), or what was sent cannot be taken (`refused`). */
export function renderTrouble(voice: Voice, what: 'trouble' | 'refused'): string {
  const { say } = voice
  return renderPage(voice, {
    title: say('join.troubleTitle'),
    body: html`<h1>${say(`join.${what}`)}</h1>
      <p>${say(`join.${what}Why`)}</p> `,
  })
}
