import type { Glossary } from '../../shared/glossary'
import { localMinute } from '../../shared/localMinute'
import type { LinkView } from '../../shared/api'
import type { Version } from '../../shared/version'
import { html } from '../join/html'
import type { DoorSign } from '../join/renderDoor'
import { renderLock } from '../join/renderLeave'
import { renderPage, type Voice } from '../join/renderPage'
import { renderPlan } from '../join/renderPlan'
import { showClock, showDay } from '../join/showTime'
import type { LinkedBefore } from './linkedBefore'
import type { LinkedPlan } from './linkedPlans'
import { renderAhead } from './renderBefore'

const noLine = ({ say }: Voice) => html`<p class="wrong" role="alert" data-no-line hidden>${say('errors.noLine')}</p>`

const SCRIPT = html`<script src="/f.js" defer></script>`

/** Where a link of one's own leads, without its secret. */
export function renderAskLink(voice: Voice): string {
  const { say, language } = voice
  return renderPage(voice, {
    title: say('door.link.title'),
    head: SCRIPT,
    body: html`<h1>${say('door.link.ask')}</h1>
      <form method="post" action="/f" data-link>
        <input type="hidden" name="language" value="${language}" />
        <div>
          <label class="ask" for="link">${say('door.link.paste')}</label>
          <p class="hint" id="link-hint">${say('door.link.pasteHint')}</p>
          <input
            type="text"
            id="link"
            name="link"
            required
            maxlength="400"
            autocomplete="off"
            spellcheck="false"
            aria-describedby="link-hint"
          />
        </div>
        ${noLine(voice)}
        <button class="go">${say('door.link.go')}</button>
      </form>`,
  })
}

/** Asked of every link alike, good or not. */
export function renderAskCode(voice: Voice, { token, wrong }: { token: string; wrong: boolean }): string {
  const { say, language } = voice
  return renderPage(voice, {
    title: say('door.link.title'),
    head: SCRIPT,
    body: html`<h1>${say('door.link.code')}</h1>
      <p>${say('door.link.codeWhere')}</p>
      <form method="post" action="/f/open">
        <input type="hidden" name="language" value="${language}" /><input type="hidden" name="link" value="${token}" />
        <div>
          <label class="ask" for="code">${say('door.link.codeLabel')}</label>
          ${wrong && html`<p class="wrong" id="code-wrong" role="alert">${say('door.link.wrong')}</p>`}
          <input
            type="text"
            class="code"
            id="code"
            name="code"
            required
            maxlength="24"
            autocomplete="one-time-code"
            autocapitalize="characters"
            spellcheck="false"
            ${wrong && html` aria-invalid="true" aria-describedby="code-wrong"`}
          />
        </div>
        ${noLine(voice)}
        <button class="go">${say('door.link.open')}</button>
      </form>
      <p class="aside">${say('door.link.again')}</p>`,
  })
}

function renderOwnLink({ say, language }: Voice, link: LinkView, here: string) {
  const day = (instant: string) => showDay(instant.slice(0, 10), language)
  return html`<li>
    <p>
      <b>${say(`door.link.way.${link.way}`)}</b> · ${say('door.link.madeOn', { day: day(link.madeAt) })}
      ${link.id === here && html` · ${say('door.link.thisOne')}`}
    </p>
    <form method="post" action="/f/plans">
      <input type="hidden" name="id" value="${link.id}" />
      <button class="quiet lock">${say('door.link.end')}</button>
    </form>
  </li>`
}

interface Shelf {
  plans: LinkedPlan[]
  /** Meetings that are still to come. */
  ahead: LinkedBefore[]
  links: LinkView[]
  /** Id of the link that this browser came by. */
  here: string
}

/** The sealed plans of the meetings somebody was in, and their links. */
export function renderLinkedPlans(voice: Voice, { plans, ahead, links, here }: Shelf): string {
  const { say, language } = voice
  /** What is to come stands first. */
  const heading = (words: string) => (ahead.length > 0 ? html`<h2>${words}</h2>` : html`<h1>${words}</h1>`)
  return renderPage(voice, {
    title: say('door.link.plansTitle'),
    body: html`${renderAhead(voice, ahead)} ${heading(say('door.link.plans'))}
      ${plans.length === 0 && html`<p>${say('door.link.noPlans')}</p>`}
      <ul class="shelf">
        ${plans.map(
          ({ version, meeting }) =>
            html`<li>
              <a class="quiet" href="/f/plans/${version.id}?lang=${language}"><b>${meeting.title}</b></a>
              <p>
                ${say('versions.sealed', { number: version.seal?.chain ?? 0 })} ·
                ${showDay(version.madeAt.slice(0, 10), language)}
              </p>
            </li>`,
        )}
      </ul>
      ${plans.length > 0 && html`<p><a class="quiet" href="/f/resume?lang=${language}">${say('resume.title')}</a></p>`}
      <h2>${say('door.link.yours')}</h2>
      <p class="soft">${say('door.link.yoursWhy')}</p>
      <ul class="shelf">
        ${links.map((link) => renderOwnLink(voice, link, here))}
      </ul>
      ${renderLock(voice)}`,
  })
}

interface Opened {
  sign: DoorSign
  version: Version
  readAt: Date
  timeZone: string
  glossary: Glossary
}

/** One sealed plan, to read and to print. */
export function renderLinkedPlan(voice: Voice, { sign, version, readAt, timeZone, glossary }: Opened): string {
  const { seal, plan, id, commitments } = version
  return renderPlan(voice, {
    sign,
    plan,
    readAt: showClock(readAt, timeZone, voice.language),
    sealed: seal && { chain: seal.chain, check: seal.check },
    here: `/f/plans/${id}`,
    span: { timeZone, from: localMinute(new Date(version.madeAt), timeZone).slice(0, 10) },
    decision: commitments.decision,
    promised: commitments.promises,
    glossary,
  })
}
