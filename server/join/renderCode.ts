import { html, type Html } from './html'
import { renderPage, type Voice } from './renderPage'

function renderCodeForm({ say, language }: Voice): Html {
  return html`<form action="/j" method="get">
    <input type="hidden" name="lang" value="${language}" />
    <div>
      <label class="ask" for="code">${say('door.code')}</label>
      <p class="hint" id="code-hint">${say('door.codeHint')}</p>
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
    <button class="go">${say('door.codeGo')}</button>
  </form>`
}

/** For people who have a code and no link. */
export function renderCode(voice: Voice): string {
  const { say } = voice
  return renderPage(voice, {
    title: say('door.codeTitle'),
    body: html`<h1>${say('door.codeAsk')}</h1>
      <p>${say('door.codeWhere')}</p>
      ${renderCodeForm(voice)}`,
  })
}

/** Said of every code that opens nothing now, whether it never did, does no more, or is shut for the moment. */
export function renderUnknownCode(voice: Voice): string {
  const { say } = voice
  return renderPage(voice, {
    title: say('door.codeTitle'),
    body: html`<h1>${say('door.unknown')}</h1>
      <p>${say('door.unknownWhy')}</p>
      ${renderCodeForm(voice)}`,
  })
}

/** After too many wrong codes. */
export function renderLocked(voice: Voice): string {
  const { say } = voice
  return renderPage(voice, {
    title: say('door.lockedTitle'),
    body: html`<h1>${say('door.locked')}</h1>
      <p>${say('door.lockedWhy')}</p>`,
  })
}

/** Something failed on our side. */
export function renderTrouble(voice: Voice): string {
  const { say } = voice
  return renderPage(voice, {
    title: say('door.troubleTitle'),
    body: html`<h1>${say('door.trouble')}</h1>
      <p>${say('door.troubleWhy')}</p>`,
  })
}

/** What was sent cannot be taken. */
export function renderRefused(voice: Voice): string {
  const { say } = voice
  return renderPage(voice, {
    title: say('door.troubleTitle'),
    body: html`<h1>${say('door.refused')}</h1>
      <p>${say('door.refusedWhy')}</p>`,
  })
}
