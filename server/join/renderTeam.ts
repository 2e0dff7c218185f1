import type { BothLanguages } from '../../shared/meeting'
import { whatTheyDo } from '../../shared/whatTheyDo'
import type { TeamPerson, WhoIsWho } from '../../shared/whoIsWho'
import { html, type Html } from './html'
import type { DoorSign } from './renderDoor'
import { renderPage, renderWhose, type Voice } from './renderPage'
import { showTime } from './showTime'

interface ReadTeam {
  sign: DoorSign
  team: WhoIsWho
  /** The page of the plan. */
  plan: string
  timeZone: string
}

/** What somebody is in the meeting: the agency they come from, else their role. */
function sayPart({ say }: Voice, { role, agency }: TeamPerson): string {
  if (role === 'agency') return say(`common.column.${agency ?? 'other'}`)
  const part = say(`people.role.${role}`)
  return agency ? `${part} · ${say(`common.column.${agency}`)}` : part
}

function renderPerson(voice: Voice, person: TeamPerson): Html {
  const { say, language } = voice
  const { can, cannot } = whatTheyDo(person)
  const lines = (words: readonly BothLanguages[]) => words.map((one) => html`<li>${one[language]}</li>`)
  const { phone, email } = person.contact ?? {}
  return html`<section class="goal">
    <h2>${person.name}${person.me && html` <span class="soft">· ${say('common.you')}</span>`}</h2>
    <p class="soft">
      ${sayPart(voice, person)}${person.attendance && ` · ${say(`people.attends.${person.attendance}`)}`}${
        person.hidden && ` · ${say('people.hidden')}`
      }
    </p>
    ${person.leads && html`<p><b>${say('whoIsWho.leads')}</b></p>`}
    ${phone && html`<p>${say('whoIsWho.phone')}: <a class="quiet" href="tel:${phone.replace(/[^\d+]/g, '')}">${phone}</a></p>`}
    ${email && html`<p>${say('whoIsWho.email')}: <a class="quiet" href="mailto:${email}">${email}</a></p>`}
    <h3>${say('whoIsWho.can')}</h3>
    <ul>
      ${lines(can)}
    </ul>
    <h3>${say('whoIsWho.cannot')}</h3>
    <ul>
      ${lines(cannot)}
    </ul>
  </section>`
}

/** Who is in the meeting and what they can and cannot do, for a phone that runs no scripts. */
export function renderTeam(voice: Voice, { sign, team, plan, timeZone }: ReadTeam): string {
  const { say, language } = voice
  const led = team.leads.map(
    ({ name, since }) =>
      html`<li>${say('whoIsWho.ledSince', { name, since: showTime(since, timeZone, language) })}</li>`,
  )
  return renderPage(voice, {
    title: say('whoIsWho.title'),
    body: html`${renderWhose(voice, sign.familyName, sign.when)}
      <h1>${say('whoIsWho.title')}</h1>
      <p><a class="quiet" href="${plan}?lang=${language}">${say('door.planTitle')}</a></p>
      ${team.people.map((person) => renderPerson(voice, person))}
      <h2>${say('whoIsWho.whoLed')}</h2>
      <ul>
        ${led}
      </ul>`,
  })
}
