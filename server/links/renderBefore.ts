import { NEED_KINDS } from '../../shared/needKinds'
import { POLL_ANSWERS } from '../../shared/timePoll'
import { zoneWords } from '../../shared/zoneWords'
import { html, type Html, type Shown } from '../join/html'
import { renderPage, type Voice } from '../join/renderPage'
import { showTime } from '../join/showTime'
import type { LinkedBefore } from './linkedBefore'
import { renderNeeds } from './renderNeeds'

/** What came of the last press: kept or said, or what stood against it. */
export const BEFORE_NEWS = ['saved', 'changed', 'said', 'lacks-interpreter', 'lacks-other', 'refused'] as const
export type BeforeNews = (typeof BEFORE_NEWS)[number] | null

const isAsked = ({ poll, ahead }: LinkedBefore) => ahead && poll?.state === 'open'

/** Meetings that are still to come, on the page of somebody's own plans. */
export function renderAhead(voice: Voice, ahead: LinkedBefore[]): Shown {
  const { say, language } = voice
  if (ahead.length === 0) return null
  return html`<h1>${say('before.title')}</h1>
    <ul class="shelf">
      ${ahead.map((before) => {
        const { _id, title, startsAt, timeZone } = before.meeting
        const waits = isAsked(before) && before.poll!.mine.includes(null)
        return html`<li>
          <a class="quiet" href="/f/before/${_id.toHexString()}?lang=${language}"><b>${title}</b></a>
          <p>${showTime(startsAt.toISOString(), timeZone, language)}</p>
          ${waits && html`<p><b>${say('poll.waits')}</b></p>`}
        </li>`
      })}
    </ul>`
}

function renderTime(voice: Voice, { poll, meeting, late, over }: LinkedBefore, time: number): Html {
  const { say, language } = voice
  return html`<fieldset>
    <legend>${showTime(poll!.times[time]!, meeting.timeZone, language)}</legend>
    ${over[time] ? html`<p class="wrong">${say('poll.over')}</p>` : late[time] && html`<p class="wrong">${say('before.otherLate')}</p>`}
    ${POLL_ANSWERS.map(
      (one) =>
        html`<label class="role"
          ><input type="radio" name="t${time}" value="${one}" ${poll!.mine[time] === one && html` checked`} /><span
            ><b>${say(`poll.answer.${one}`)}</b></span
          ></label
        >`,
    )}
  </fieldset>`
}

function renderPoll(voice: Voice, before: LinkedBefore): Html {
  const { say, language } = voice
  const { id, by, times, typedBy } = before.poll!
  return html`<h2>${say('poll.title')}</h2>
    <p>${say('poll.intro', { name: by })}</p>
    <p class="soft">${say('before.zone', { zone: zoneWords(before.meeting.timeZone, language) })}</p>
    ${typedBy && html`<p class="soft">${say('poll.typed', { typist: typedBy })}</p>`}
    <form method="post" action="/f/before/${before.reader.meetingId}?lang=${language}">
      <input type="hidden" name="poll" value="${id}" />
      ${times.map((_, time) => renderTime(voice, before, time))}
      <button class="go">${say('poll.send')}</button>
    </form>`
}

/** What became of the times, where nobody is asked any more. */
function renderOutcome({ say, language }: Voice, { poll, meeting, ahead }: LinkedBefore): Html {
  if (!ahead) return html`<p>${say(meeting.phase === 'ended' ? 'poll.meetingOver' : 'poll.meetingOn')}</p>`
  if (poll?.state === 'taken-back') return html`<p>${say('poll.takenBack', { name: poll.by })}</p>`
  if (poll?.state !== 'picked') return html`<p>${say('poll.nothing')}</p>`
  const time = poll.times[poll.picked!]!
  const moment = showTime(time, meeting.timeZone, language)
  const answer = poll.mine[poll.picked!]
  const isStill = meeting.startsAt.toISOString() === time
  return html`<p><b>${isStill ? say('poll.picked', { moment }) : say('poll.pickedOther', { moment })}</b></p>
    ${answer && html`<p>${say('poll.youSaid', { answer: say(`poll.answer.${answer}`) })}</p>`}`
}

function renderNews({ say }: Voice, news: BeforeNews): Shown {
  if (news === 'saved') return html`<p role="status"><b>${say('poll.sent')}</b></p>`
  if (news === 'said') return html`<p role="status"><b>${say('needs.kept')}</b></p>`
  if (news === 'changed') return html`<p class="wrong" role="alert">${say('errors.pollChanged')}</p>`
  return news === 'refused' && html`<p class="wrong" role="alert">${say('needs.notKept')}</p>`
}

/** What somebody may say before a meeting, without an account and without scripts. */
export function renderBefore(voice: Voice, before: LinkedBefore, news: BeforeNews): string {
  const { say, language } = voice
  const { title, startsAt, timeZone } = before.meeting
  return renderPage(voice, {
    title: say('before.title'),
    body: html`<h1>${say('before.title')}</h1>
      ${renderNews(voice, news)}
      <p class="for"><b>${title}</b><br />${showTime(startsAt.toISOString(), timeZone, language)}</p>
      ${isAsked(before) ? renderPoll(voice, before) : renderOutcome(voice, before)}
      ${before.ahead && renderNeeds(voice, before, NEED_KINDS.find((kind) => news === `lacks-${kind}`) ?? null)}
      <p><a class="quiet" href="/f/plans?lang=${language}">${say('door.link.plansTitle')}</a></p>`,
  })
}
