import { html } from './html'
import { renderPage, type Voice } from './renderPage'

/** What "Leave page" does, and honestly what it does not. */
export function renderLeave(voice: Voice): string {
  const { say } = voice
  const leave = say('leave.button')
  const list = (...keys: string[]) =>
    html`<ul>
      ${keys.map((key) => html`<li>${say(`door.about.${key}`, { leave })}</li>`)}
    </ul>`
  return renderPage(voice, {
    title: say('leave.about'),
    body: html`<h1>${say('leave.about')}</h1>
      <h2>${say('door.about.does')}</h2>
      ${list('covers', 'keys', 'back')}
      <h2>${say('door.about.doesNot')}</h2>
      ${list('history', 'watched', 'quiet')}
      <h2>${say('door.about.after')}</h2>
      ${list('clear', 'private', 'lock')}
      <p class="aside"><b>${say('door.about.danger')}</b></p>`,
  })
}

/** After a shared phone or computer was locked: nothing of anybody is left on it. */
export function renderPhoneLocked(voice: Voice): string {
  const { say } = voice
  return renderPage(voice, {
    title: say('door.phoneLockedTitle'),
    body: html`<h1>${say('door.phoneLocked')}</h1>
      <p>${say('door.phoneLockedWhy')}</p>
      <p>${say('door.phoneLockedBack')}</p>`,
  })
}

/** The button for a phone or computer that others use too; which of them it is, the width tells. */
export function renderLock({ say, language }: Voice) {
  return html`<form method="post" action="/lock?lang=${language}">
    <button class="quiet lock">
      <span class="phone">${say('leave.lock')}</span><span class="computer">${say('leave.lockComputer')}</span>
    </button>
    <small>${say('door.lockHint')}</small>
  </form>`
}
