import { LANGUAGES, type Language } from '../../shared/meeting'
import { fill, Html, html, type Shown } from './html'
import { PAGE_STYLE } from './pageStyle'
import type { Say } from './words'

/** Where "Leave page" goes: a page anybody may have open. */
const ELSEWHERE = 'https://www.weather.gov/'
/** Each language by its own name, so that nobody has to read another one to find theirs. */
const OWN_NAME: Record<Language, string> = { en: 'English', es: 'Español' }

const STYLE = new Html(`<style>${PAGE_STYLE}</style>`)
const LEAVE_ICON = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    d="m16 17l5-5l-5-5m5 5H9m0 9H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4"
  />
</svg>`

/** Whom a page is said to, and how. */
export interface Voice {
  language: Language
  say: Say
}

interface Page {
  title: string
  /** What the address keeps when the language is changed. */
  keep?: Record<string, string>
  /** More for the head. */
  head?: Html
  wide?: boolean
  body: Shown
}

function languages({ language, say }: Voice, keep: Record<string, string>): Html {
  const names = LANGUAGES.map((each, i) => {
    const address = `?${new URLSearchParams({ ...keep, lang: each }).toString()}`
    const name =
      each === language
        ? html`<span lang="${each}" aria-current="true">${OWN_NAME[each]}</span>`
        : html`<a lang="${each}" hreflang="${each}" href="${address}">${OWN_NAME[each]}</a>`
    return html`${i > 0 && html`<i aria-hidden="true">·</i>`}${name}`
  })
  return html`<nav aria-label="${say('common.language')}">${names}</nav>`
}

/** A whole page of the door. Its title says nothing of a family: it stands in the phone's history. */
export function renderPage(voice: Voice, page: Page): string {
  const { say, language } = voice
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><meta name="format-detection" content="telephone=no"><link rel="icon" href="data:,">${page.head}
<title>${page.title} · OurPlan</title>${STYLE}<script src="/j.js" defer></script></head>
<body${page.wide && html` class="wide"`}><header>${languages(voice, page.keep ?? {})}
<a class="leave" href="${ELSEWHERE}" rel="noreferrer">${LEAVE_ICON}${say('leave.button')}</a></header>
<main>${page.body}</main>
<footer><p>${say('door.leaveHonest', { leave: say('leave.button') })} <a class="quiet" href="/leave?lang=${language}">${say('leave.about')}</a></p><p data-keys hidden>${say('door.leaveKeys')}</p></footer></body></html>
`.text
}

/** "Meeting for Miles’s family", and below it "Tuesday, March 2 at 10:00 AM". */
export function renderWhose({ say }: Voice, familyName: string, when: string): Html {
  return html`<p class="for">
    ${fill(say('door.forFamily', { family: '{family}' }), { family: html`<b>${familyName}</b>` })}<br />${when}
  </p>`
}
