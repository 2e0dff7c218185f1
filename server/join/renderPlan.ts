import { COLUMNS, type ActionItem, type Column, type Goal, type Plan } from '../../shared/plan'
import { html, type Html } from './html'
import type { DoorSign } from './renderDoor'
import { renderPage, renderWhose, type Voice } from './renderPage'
import { showDay } from './showTime'

interface ReadPlan {
  sign: DoorSign
  plan: Plan
  /** Clock time at which this was so. */
  readAt: string
  here: string
}

function renderAction({ say, language }: Voice, action: ActionItem): Html {
  const facts = [
    action.who && say('door.planWho', { who: action.who }),
    action.due && say('door.planDue', { day: showDay(action.due, language) }),
    action.where && say('door.planWhere', { where: action.where }),
  ].filter(Boolean)
  return html`<li>
    <p>${action.words}</p>
    ${facts.length > 0 && html`<p class="soft">${facts.join(' · ')}</p>`}
  </li>`
}

function renderOwner(voice: Voice, column: Column, actions: ActionItem[]): Html | false {
  if (actions.length === 0) return false
  const { say } = voice
  return html`<section class="owner ${column}">
    <h3>${say(`common.column.${column}`)}</h3>
    <ul>
      ${actions.map((action) => renderAction(voice, action))}
    </ul>
  </section> `
}

function renderGoal(voice: Voice, goal: Goal, actions: ActionItem[]): Html {
  const mine = actions.filter((action) => action.goal === goal.id)
  const owners = COLUMNS.map((column) =>
    renderOwner(
      voice,
      column,
      mine.filter((action) => action.column === column),
    ),
  )
  return html`<section class="goal">
    <p class="soft">${voice.say('plan.hope')}</p>
    <h2>${goal.words}</h2>
    ${mine.length === 0 ? html`<p class="soft">${voice.say('door.planNothing')}</p>` : html`<div class="owners">${owners}</div>`}
  </section> `
}

/** The plan as a page to read, for a phone that runs no scripts: goals, and under each a card an owner, the family first. */
export function renderPlan(voice: Voice, { sign, plan, readAt, here }: ReadPlan): string {
  const { say, language } = voice
  const goals = plan.goals.filter((goal) => !goal.removed)
  const actions = plan.actions.filter((action) => !action.removed)
  return renderPage(voice, {
    title: say('door.planTitle'),
    wide: true,
    body: html`${renderWhose(voice, sign.familyName, sign.when)}
      <h1>${say('door.planTitle')}</h1>
      <p>
        ${say('door.planRead', { time: readAt })}
        <a class="quiet" href="${here}?lang=${language}">${say('door.planNew')}</a>
      </p>
      ${
        plan.question &&
        html`<h2>${say('door.planQuestion')}</h2>
          <p>${plan.question}</p>`
      }
      ${goals.length === 0 ? html`<p>${say('door.planNoGoals')}</p>` : goals.map((goal) => renderGoal(voice, goal, actions))}
      <p class="aside">${say('door.planReading', { lead: sign.leadName })}</p>`,
  })
}
