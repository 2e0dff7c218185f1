import type { ActionItem, Plan } from '../../shared/plan'
import { smallStepsOf } from '../../shared/smallSteps'
import { wordingsOf } from '../../shared/wordings'
import { html, type Html } from './html'
import type { Voice } from './renderPage'
import { renderWords } from './renderWords'

/** For whose hours the time of a promise counts too; empty where for nobody’s. */
export function sayCounts({ say, language }: Voice, { counts }: ActionItem): string {
  const names = counts.split(' ').filter(Boolean)
  if (names.length === 0) return ''
  const agencies = new Intl.ListFormat(language).format(names.map((agency) => say(`common.column.${agency}`)))
  return say('steps.counts', { agencies })
}

/** The small steps of a promise, each with whether it is done. */
export function renderSteps(voice: Voice, plan: Plan, { id }: ActionItem): Html | false {
  const steps = smallStepsOf(plan, id).filter((step) => wordingsOf(step).length > 0)
  if (steps.length === 0) return false
  const { say } = voice
  return html`<p class="soft">${say('steps.title')}</p>
    <ul>
      ${steps.map(
        (step) =>
          html`<li>
            <span class="soft">${say(step.state === 'done' ? 'steps.done' : 'steps.notYet')}</span>
            ${renderWords(voice, step)}
          </li>`,
      )}
    </ul>`
}
