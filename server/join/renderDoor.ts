import { AGENCIES } from '../../shared/meeting'
import { html, type Html } from './html'
import { renderConfidence } from './renderConfidence'
import { ASKED_ROLES, type Mistake, type Typed } from './readDoorForm'
import { renderPage, renderWhose, type Voice } from './renderPage'

export interface DoorSign {
  familyName: string
  leadName: string
  when: string
}

interface Door {
  sign: DoorSign
  typed: Typed
  mistakes: Mistake[]
  /** Somebody at the door already, who corrects what they said. */
  changing: boolean
}

const HINTED = new Set<string>(['family', 'youth', 'support', 'observer'])
/** Where an error's link leads: the field itself, or the first choice of a group. */
const TARGET = { name: 'name', role: `role-${ASKED_ROLES[0]}`, agency: 'agency' } as const

function renderSummary({ say }: Voice, mistakes: Mistake[]): Html | false {
  if (mistakes.length === 0) return false
  return html`<div class="errors" role="alert" tabindex="-1" autofocus aria-labelledby="check">
    <h2 id="check">${say('door.check')}</h2>
    <ul>
      ${mistakes.map(({ field, words }) => html`<li><a href="#${TARGET[field]}">${say(`door.mistakes.${words}`)}</a></li>`)}
    </ul>
  </div>`
}

/** The sentence at a field that is wrong, and the attributes that tie the two together. */
function trouble({ say }: Voice, mistakes: Mistake[], field: keyof Typed) {
  const mistake = mistakes.find((each) => each.field === field)
  return {
    sentence: mistake && html`<p class="wrong" id="${field}-wrong">${say(`door.mistakes.${mistake.words}`)}</p>`,
    mark: mistake && html` aria-invalid="true"`,
    id: mistake ? ` ${field}-wrong` : '',
  }
}

function renderName(voice: Voice, { typed, mistakes }: Door): Html {
  const wrong = trouble(voice, mistakes, 'name')
  return html`<div>
    <label class="ask" for="name">${voice.say('door.name')}</label>
    <p class="hint" id="name-hint">${voice.say('door.nameHint')}</p>
    ${wrong.sentence}
    <input
      type="text"
      id="name"
      name="name"
      value="${typed.name}"
      maxlength="200"
      required
      autocomplete="given-name"
      autocapitalize="words"
      spellcheck="false"
      aria-describedby="name-hint${wrong.id}"
      ${wrong.mark}
    />
  </div>`
}

function renderRole({ say }: Voice, role: (typeof ASKED_ROLES)[number], chosen: boolean): Html {
  return html`<label class="role"
    ><input type="radio" id="role-${role}" name="role" value="${role}" required${chosen && html` checked`} /><span
      ><b>${say(`door.roles.${role}`)}</b
      >${HINTED.has(role) && html`<span>${say(`door.roles.${role}Hint`)}</span>`}</span
    ></label
  > `
}

function renderRoles(voice: Voice, { typed, mistakes }: Door): Html {
  const wrong = trouble(voice, mistakes, 'role')
  const roles = ASKED_ROLES.map(
    (role) =>
      html`${renderRole(voice, role, typed.role === role)}${role === 'agency' && renderAgency(voice, typed, mistakes)}`,
  )
  return html`<fieldset${wrong.sentence && html` aria-describedby="role-wrong"`}><legend>${voice.say('door.who')}</legend>${wrong.sentence}
${roles}</fieldset>`
}

/** Always there; a browser that can, shows it only to who works for an agency. */
function renderAgency(voice: Voice, typed: Typed, mistakes: Mistake[]): Html {
  const { say } = voice
  const wrong = trouble(voice, mistakes, 'agency')
  const options = AGENCIES.map(
    (agency) =>
      html`<option value="${agency}" ${typed.agency === agency && html` selected`}>
        ${say(`common.column.${agency}`)}
      </option>`,
  )
  return html`<div class="agency">
    <label class="ask" for="agency">${say('door.agency')}</label>
    <p class="hint only">${say('door.agencyOnly')}</p>
    ${wrong.sentence}
    <select id="agency" name="agency" ${wrong.sentence && html` aria-describedby="agency-wrong"`}${wrong.mark}>
      <option value="">${say('door.agencyChoose')}</option>
      ${options}
    </select>
  </div> `
}

/** The page behind a meeting's link: who are you, and may you come in? */
export function renderDoor(voice: Voice, door: Door): string {
  const { say, language } = voice
  const { sign, mistakes, changing } = door
  // `novalidate`: our own sentences, in the language chosen here, and not the browser's.
  return renderPage(voice, {
    title: say('door.title'),
    keep: changing ? { change: '1' } : {},
    body: html`${renderWhose(voice, sign.familyName, sign.when)}
      <h1>${say('door.welcome')}</h1>
      ${renderSummary(voice, mistakes)}
      <form method="post" novalidate>
        <input type="hidden" name="language" value="${language}" />
        ${renderName(voice, door)} ${renderRoles(voice, door)}
        <button class="go">${say(changing ? 'door.askAgain' : 'door.ask')}</button>
      </form>
      ${renderConfidence(voice)}
      <p class="aside">${say('door.letIn', { lead: sign.leadName })}</p>`,
  })
}
