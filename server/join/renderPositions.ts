import { type DecisionView, isCurrent, outcomeOf, STANCES } from '../../shared/decision'
import { html, type Html } from './html'
import type { Voice } from './renderPage'

/** What everybody said to exactly this decision, once that is shown, and what was decided where not all could agree. */
export function renderPositions(
  { say }: Voice,
  { positions, settled }: Pick<DecisionView, 'positions' | 'settled'>,
  decision: string,
): Html {
  const current = (positions ?? []).filter((one) => isCurrent(one, decision))
  const outcome = outcomeOf(positions ?? [], decision)
  const groups = STANCES.flatMap((stance) => {
    const people = current.filter((one) => one.stance === stance)
    const lines = people.map(
      ({ name, reason, typedBy }) =>
        html`<li>
          <b>${name}</b>${reason && `: “${reason}”`}
          ${typedBy && html`<span class="soft">${say('decide.typedBy', { who: typedBy })}</span>`}
        </li>`,
    )
    if (people.length === 0) return []
    return [
      html`<h3>${say(`decide.said.${stance}`)}</h3>
        <ul>
          ${lines}
        </ul>`,
    ]
  })
  return html`${outcome !== 'waiting' && html`<p><b>${say(`decide.${outcome}`)}</b></p>`}${groups}
  ${
    settled &&
    html`<p><b>${say(settled.agency ? 'decide.settledBy' : 'decide.settledTyped', { who: settled.by })}</b></p>
      <p>${settled.words}</p>`
  }`
}
