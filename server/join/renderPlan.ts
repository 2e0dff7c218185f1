import { strayOrders } from '../../shared/askedActions'
import { CHAPTERS, isWritten, type ChapterId } from '../../shared/chapters'
import { ideaPiles } from '../../shared/ideaGroups'
import {
  COLUMNS,
  otherRoot,
  SAFETY_PARTS,
  type ActionItem,
  type Column,
  type Goal,
  type Plan,
  type PlanItem,
  type SaidRoot,
  type State,
} from '../../shared/plan'
import type { DecisionView } from '../../shared/decision'
import type { Glossary } from '../../shared/glossary'
import type { Promised } from '../../shared/promise'
import { promiseSentence } from '../../shared/promiseSentence'
import { isWaiting, standing } from '../../shared/standing'
import { wordingsOf } from '../../shared/wordings'
import type { Span } from '../../shared/occurrences'
import { html, type Html } from './html'
import { renderClashes } from './renderClashes'
import type { DoorSign } from './renderDoor'
import { renderPage, renderWhose, type Voice } from './renderPage'
import { renderPositions } from './renderPositions'
import { renderSteps, sayCounts } from './renderSteps'
import { renderShortForms } from './renderShortForms'
import { inLanguage, renderWords } from './renderWords'
import { showDay } from './showTime'

interface ReadPlan {
  sign: DoorSign
  plan: Plan
  /** Clock time at which this was so. */
  readAt: string
  /** The version that the plan is sealed with. */
  sealed: { chain: number; check: string } | null
  here: string
  /** The page of who is who; none outside of a meeting. */
  team?: string
  /** From when on, and in which zone, it is looked at who would have to be in two places at once. */
  span: Span
  /** As far as the reader may know of it. */
  decision: Pick<DecisionView, 'positions' | 'settled'> | null
  /** What owners said to their promises. */
  promised: readonly Promised[]
  /** The county’s own short forms. */
  glossary: Glossary
}

/** Whether something is over, and since when. */
function sayState({ say, language }: Voice, { state, closedOn }: { state: State; closedOn: string | null }): string {
  if (state === 'open') return ''
  if (!closedOn) return say(state === 'done' ? 'plan.isDone' : 'plan.isLetGo')
  return say(state === 'done' ? 'plan.doneOn' : 'plan.letGoOn', { day: showDay(closedOn, language) })
}

function renderLine(voice: Voice, item: PlanItem, facts: (string | null)[] = [], more: Html | false = false): Html {
  const said = facts.filter(Boolean)
  return html`<li>
    ${renderWords(voice, item)} ${said.length > 0 && html`<p class="soft">${said.join(' · ')}</p>`}${more}
  </li>`
}

/** A text of the plan’s own, as it was said and, smaller, in the other language. */
function renderText(plan: Plan, root: SaidRoot): Html {
  const other = plan[otherRoot(root)]
  return html`<p class="own">${root === 'decision' ? html`<b>${plan[root]}</b>` : plan[root]}</p>
    ${other && html`<p class="own soft">${other}</p>`}`
}

function renderAction(voice: Voice, action: ActionItem, { plan, promised }: ReadPlan): Html {
  const { say, language } = voice
  const facts = [
    sayState(voice, action),
    action.who && say('door.planWho', { who: action.who }),
    action.due && say('door.planDue', { day: showDay(action.due, language) }),
    action.where && say('door.planWhere', { where: action.where }),
    sayCounts(voice, action),
  ]
  const said = promised.find(({ actionId }) => actionId === action.id)
  const beneath = html`${said && html`<p>${say(...promiseSentence(said, action))}</p>`}
  ${renderSteps(voice, plan, action)}`
  return renderLine(voice, action, facts, beneath)
}

function renderOwner(voice: Voice, column: Column, actions: ActionItem[], read: ReadPlan): Html | false {
  if (actions.length === 0) return false
  const { say } = voice
  return html`<section class="owner ${column}">
    <h3>${say(`common.column.${column}`)}</h3>
    <ul>
      ${actions.map((action) => renderAction(voice, action, read))}
    </ul>
  </section> `
}

function renderGoal(voice: Voice, goal: Goal, read: ReadPlan): Html {
  const mine = standing(read.plan, 'actions').filter((action) => action.goal === goal.id)
  const owners = COLUMNS.map((column) =>
    renderOwner(
      voice,
      column,
      mine.filter((action) => action.column === column),
      read,
    ),
  )
  const state = sayState(voice, goal)
  const [first, second] = wordingsOf(goal, voice.language)
  return html`<section class="goal">
    <p class="soft">${voice.say('plan.hope')}</p>
    <h2${first && inLanguage(first)}>${first?.text}</h2>
    ${second && html`<p class="soft" ${inLanguage(second)}>${second.text}</p>`}
    ${state && html`<p class="soft">${state}</p>`}
    ${mine.length === 0 ? html`<p class="soft">${voice.say('door.planNothing')}</p>` : html`<div class="owners">${owners}</div>`}
  </section> `
}

/** What was agreed, and beneath it who could not agree, in their own words. */
function renderAgreements(voice: Voice, plan: Plan): Html {
  const { say } = voice
  const dissent = standing(plan, 'disagreements')
  const lines = standing(plan, 'agreements').map((item) => {
    const those = dissent.filter(({ agreement }) => agreement === item.id)
    const beneath = those.map(
      (one) =>
        html`<li>
          <b>${one.who ? say('plan.couldNotAgree', { who: one.who }) : say('plan.someCouldNotAgree')}</b>
          ${renderWords(voice, one)}
        </li>`,
    )
    return renderLine(
      voice,
      item,
      [],
      those.length > 0 &&
        html`<ul class="aside">
          ${beneath}
        </ul>`,
    )
  })
  return html`<ul>
    ${lines}
  </ul>`
}

function renderSafety(voice: Voice, plan: Plan): Html[] {
  const { say } = voice
  return SAFETY_PARTS.map((part) => {
    const lines = standing(plan, 'safety').filter((line) => line.part === part)
    if (lines.length === 0) return html``
    return html`<h3>${say(`plan.part.${part}`)}</h3>
      <ul>
        ${lines.map((line) => renderLine(voice, line))}
      </ul>`
  })
}

/** Ideas by what belongs together; those for later, and those that are parked, under a name of their own. */
function renderIdeas(voice: Voice, plan: Plan): Html[] {
  return ideaPiles(standing(plan, 'ideas')).map(({ pile, groups }) => {
    const lists = groups.map(
      ({ name, ideas }) =>
        html`${name && (pile === 'now' ? html`<h3>${name}</h3>` : html`<h4>${name}</h4>`)}
          <ul>
            ${ideas.map((idea) => renderLine(voice, idea))}
          </ul>`,
    )
    return html`${pile !== 'now' && html`<h3>${voice.say(`aside.pile.${pile}`)}</h3>`}${lists}`
  })
}

/** The goals worked on, what a court ordered for one that is gone, and the goals for later. */
function renderGoals(voice: Voice, read: ReadPlan): Html[] {
  const { plan } = read
  const goals = standing(plan, 'goals')
  const later = goals.filter(isWaiting)
  const orders = strayOrders(plan)
  const render = (goal: Goal) => renderGoal(voice, goal, read)
  return [
    ...goals.filter((goal) => !isWaiting(goal)).map(render),
    ...(orders.length > 0
      ? [
          html`<h2>${voice.say('aside.orders')}</h2>
            <ul>
              ${orders.map((order) => renderAction(voice, order, read))}
            </ul>`,
        ]
      : []),
    ...(later.length > 0 ? [html`<h2>${voice.say('aside.goals')}</h2>`, ...later.map(render)] : []),
  ]
}

/** The lines of a chapter, under its name. */
function renderLines(voice: Voice, plan: Plan, id: Exclude<ChapterId, 'purpose' | 'goals'>): Html | Html[] {
  if (id === 'agreements') return renderAgreements(voice, plan)
  if (id === 'safety') return renderSafety(voice, plan)
  if (id === 'ideas') return renderIdeas(voice, plan)
  if (id === 'worries') {
    const lines = standing(plan, id).map((worry) => renderLine(voice, worry, [sayState(voice, worry)]))
    return html`<ul>
      ${lines}
    </ul>`
  }
  const lines = standing(plan, id).map((line) =>
    renderLine(voice, line, [line.who, line.day && showDay(line.day, voice.language)]),
  )
  return html`<ul>
    ${lines}
  </ul>`
}

function renderChapter(voice: Voice, read: ReadPlan, id: ChapterId): Html | Html[] {
  const { plan } = read
  if (id === 'goals') return renderGoals(voice, read)
  if (id !== 'purpose')
    return html`<h2>${voice.say(`plan.chapter.${id}`)}</h2>
      ${
        id === 'agreements' &&
        plan.decision &&
        html`${renderText(plan, 'decision')}${read.decision && renderPositions(voice, read.decision, plan.decision)}`
      }
      ${renderLines(voice, plan, id)}`
  return (['purpose', 'vision'] as const).map((root) =>
    plan[root]
      ? html`<h2>${voice.say(`plan.chapter.${root}`)}</h2>
          ${renderText(plan, root)}`
      : html``,
  )
}

/**
 * The plan as a page to read, for a phone that runs no scripts: the chapters that have words, and under each goal a card
 * an owner, the family first.
 */
export function renderPlan(voice: Voice, read: ReadPlan): string {
  const { say, language } = voice
  const { sign, plan, readAt, sealed, here, team, span, glossary } = read
  const chapters = CHAPTERS.filter((chapter) => isWritten(plan, chapter))
  return renderPage(voice, {
    title: say('door.planTitle'),
    wide: true,
    body: html`${renderWhose(voice, sign.familyName, sign.when)}
      <h1>${say('door.planTitle')}</h1>
      <p>
        ${say('door.planRead', { time: readAt })}
        <a class="quiet" href="${here}?lang=${language}">${say('door.planNew')}</a>
      </p>
      ${team && html`<p><a class="quiet" href="${team}?lang=${language}">${say('whoIsWho.title')}</a></p>`}
      ${sealed && html`<p><b>${say('door.planSealed', { number: sealed.chain, check: sealed.check })}</b></p>`}
      ${
        plan.question &&
        html`<h2>${say('door.planQuestion')}</h2>
          ${renderText(plan, 'question')}`
      }
      ${renderClashes(voice, plan, span)} ${chapters.length === 0 && html`<p>${say('door.planNoGoals')}</p>`}
      ${chapters.map(({ id }) => renderChapter(voice, read, id))} ${renderShortForms(voice, plan, glossary)}
      ${!sealed && html`<p class="aside">${say('door.planReading', { lead: sign.leadName })}</p>`}`,
  })
}
