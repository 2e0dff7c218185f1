import { NEED_KINDS, type NeedKind } from '../../shared/needKinds'
import type { Need } from '../../shared/need'
import { html, type Html } from '../join/html'
import type { Voice } from '../join/renderPage'
import { showTime } from '../join/showTime'
import type { LinkedBefore } from './linkedBefore'

/** Where it stands: who sees to it, or that it is over. */
function standingOf({ say, language }: Voice, need: Need, { meeting }: LinkedBefore): string {
  const { state, closed, owner } = need
  if (state !== 'open' && closed) {
    const told = { name: closed.by || say('needs.somebody'), moment: showTime(closed.at, meeting.timeZone, language) }
    return state === 'seen-to' ? say('needs.seenTo', told) : say('needs.notNeeded', told)
  }
  if (!owner) return say('needs.heard', { lead: meeting.leadName })
  if (owner.me) return say('needs.youSee')
  return owner.name ? say('needs.sees', { name: owner.name }) : say('needs.somebodySees')
}

function renderNeed(voice: Voice, need: Need, before: LinkedBefore): Html {
  return html`<li>
    <p><b>${voice.say(`needs.whatOwn.${need.kind}`)}</b> ${need.words}</p>
    <p class="soft">${standingOf(voice, need, before)}</p>
  </li>`
}

/**
 * What somebody needs to be able to take part, and saying one more thing.
 *
 * @param lacking what was said last without the words that it needs
 */
export function renderNeeds(voice: Voice, before: LinkedBefore, lacking: NeedKind | null): Html {
  const { say, language } = voice
  const { needs, meeting, reader } = before
  return html`<h2>${say('needs.title')}</h2>
    <p>${say('needs.intro', { lead: meeting.leadName })}</p>
    ${
      needs.length > 0 &&
      html`<ul class="shelf">
        ${needs.map((need) => renderNeed(voice, need, before))}
      </ul>`
    }
    <form method="post" action="/f/before/${reader.meetingId}/needs?lang=${language}">
      <div>
        <label class="ask" for="kind">${say('needs.kind')}</label>
        <select id="kind" name="kind">
          ${NEED_KINDS.map((kind) => html`<option value="${kind}" ${kind === lacking && html` selected`}>${say(`needs.kinds.${kind}`)}</option>`)}
        </select>
      </div>
      <div>
        <label class="ask" for="words">${say('needs.more')}</label>
        <p class="hint" id="words-hint">${say('needs.moreHint')}</p>
        ${lacking && html`<p class="wrong" role="alert" id="words-wrong">${say(`needs.words.${lacking}`)}</p>`}
        <input
          type="text"
          id="words"
          name="words"
          maxlength="200"
          autocomplete="off"
          aria-describedby="${lacking && 'words-wrong '}words-hint"
          ${lacking && html` aria-invalid="true"`}
        />
      </div>
      <button class="go">${say('needs.send')}</button>
    </form>`
}
