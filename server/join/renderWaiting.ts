import type { Agency } from '../../shared/meeting'
import type { Role } from '../../shared/roles'
import { html, type Html } from './html'
import { renderConfidence } from './renderConfidence'
import type { DoorSign } from './renderDoor'
import { renderLock } from './renderLeave'
import { renderPage, renderWhose, type Voice } from './renderPage'

/** Seconds between two looks. */
const LOOK_AGAIN = 4

interface Waiting {
  sign: DoorSign
  guest: { name: string; role: Role; agency: Agency | null }
  /** Address of this page. */
  here: string
  /** Address of the form, while one can still ask there. */
  door: string | null
  /** Where somebody who waits says what they need: a page of scripts. */
  inside: string
  /** This browser showed that it runs no scripts. */
  plain: boolean
}

/** A browser without scripts loads the page anew, and so says what it is: when let in, it is shown the plan as a page. */
function lookAgain({ language }: Voice, here: string): Html {
  const address = `${here}?lang=${language}&plain=1`
  return html`<noscript><meta http-equiv="refresh" content="${LOOK_AGAIN};url=${address}" /></noscript>`
}

/** The page of somebody at the door. */
export function renderWaiting(voice: Voice, { sign, guest, here, door, inside, plain }: Waiting): string {
  const { say, language } = voice
  const lead = sign.leadName
  const role = `${say(`door.roles.${guest.role}`)}${guest.agency ? ` · ${say(`common.column.${guest.agency}`)}` : ''}`
  const again = `${here}?lang=${language}${plain ? '&plain=1' : ''}`
  return renderPage(voice, {
    title: say('door.waitingTitle'),
    keep: plain ? { plain: '1' } : {},
    head: lookAgain(voice, here),
    body: html`${renderWhose(voice, sign.familyName, sign.when)}
      <h1>${say('door.waiting', { name: guest.name })}</h1>
      <p>${say('door.waitingLead', { lead })}</p>
      <p data-look-again="${LOOK_AGAIN}">
        ${say('door.waitingKeep')} <a class="quiet" href="${again}">${say('door.waitingLook')}</a>
      </p>
      <h2>${say('door.toldUs', { lead })}</h2>
      <dl>
        <div>
          <dt>${say('door.toldName')}</dt>
          <dd>${guest.name}</dd>
        </div>
        <div>
          <dt>${say('door.toldRole')}</dt>
          <dd>${role}</dd>
        </div>
      </dl>
      ${door && html`<p><a class="quiet" href="${door}?change=1">${say('door.notYou')}</a></p>`}
      <h2>${say('door.next')}</h2>
      <ul>
        <li>${say('door.nextOpens', { lead })}</li>
        <li>${say(guest.role === 'observer' ? 'door.nextReads' : 'door.nextWrites')}</li>
        <li>${say('door.nextLeave')}</li>
      </ul>
      ${!plain && html`<p><a class="quiet" href="${inside}">${say('door.need')}</a></p>`}
      ${renderConfidence(voice, true)}
      <p class="aside">${say('door.waitingLong', { lead })}</p>
      ${renderLock(voice)}`,
  })
}

/** The page of somebody who was turned away or taken out. */
export function renderRemoved(voice: Voice, leadName: string, door: string | null): string {
  const { say } = voice
  return renderPage(voice, {
    title: say('door.removedTitle'),
    body: html`<h1>${say('door.removed')}</h1>
      <p>${say('door.removedWhy', { lead: leadName })}</p>
      ${door && html`<p><a class="quiet" href="${door}">${say('door.removedAsk')}</a></p>`}`,
  })
}
