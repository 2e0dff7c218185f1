import type { Agency } from './meeting'
import { columnsOf, missingSeats } from './missingSeats'
import type { NeedKind } from './needKinds'
import type { ActionItem, Plan } from './plan'
import { isClosed, standing } from './standing'
import { nameKey } from './whoComes'

/** What is still missing in a plan: the one piece for which a family would wait for weeks. */
export type Gap =
  | { what: 'goal-without-action' | 'goal-without-agency'; goal: string }
  | { what: 'action-without-owner' | 'action-without-day' | 'action-without-answer'; action: string }
  | { what: 'worries-without-goal'; count: number }
  | { what: 'seat'; agency: Agency }
  | { what: 'signature'; name: string }
  | { what: 'need'; kind: NeedKind; name: string; words: string }

/** What the plan itself does not say; each may be left out where it is not known. */
export interface Around {
  /** Agencies of whoever is in the room. */
  seated?: readonly Agency[]
  /** Agencies that should be there: the meeting’s kind says so, or they work with the family. */
  agencies?: readonly Agency[]
  /** Names of who is to sign, and has not. */
  unsigned?: readonly string[]
  /** Promises, by id, to which their owners have not said yes or no. */
  unanswered?: readonly string[]
  /** What people need to be able to take part, and nobody has said yet to see to. */
  needs?: readonly { kind: NeedKind; name: string; words: string }[]
}

/** Whether somebody knows when: a day by when, a first day, or days of the week. */
const hasDay = ({ due, on, days, repeats }: ActionItem) =>
  due !== null || on !== null || (days !== '' && (repeats === 'weekly' || repeats === 'fortnightly'))

function seatsIn(actions: readonly ActionItem[], { seated, agencies = [] }: Around): Gap[] {
  if (!seated) return []
  const missing = missingSeats([...columnsOf(actions), ...agencies], seated)
  return missing.map((agency) => ({ what: 'seat', agency }))
}

/**
 * What a plan still lacks, in reading order. A plan does not say which goal answers which worry, so worries are missing
 * a goal only as long as there is no goal at all.
 */
export function findGaps(plan: Plan, around: Around = {}): Gap[] {
  const goals = standing(plan, 'goals').filter((goal) => !isClosed(goal) && !goal.later)
  const ids = new Set(goals.map(({ id }) => id))
  const all = standing(plan, 'actions')
  const actions = all.filter((action) => !isClosed(action) && ids.has(action.goal))
  const worries = standing(plan, 'worries').filter((worry) => !isClosed(worry) && worry.words.trim())
  const gaps: Gap[] = []
  if (worries.length > 0 && goals.length === 0) gaps.push({ what: 'worries-without-goal', count: worries.length })
  for (const { id } of goals) {
    const own = all.filter(({ goal }) => goal === id)
    if (own.length === 0) gaps.push({ what: 'goal-without-action', goal: id })
    else if (own.every(({ column }) => column === 'family')) gaps.push({ what: 'goal-without-agency', goal: id })
  }
  for (const action of actions) {
    if (!action.who.trim()) gaps.push({ what: 'action-without-owner', action: action.id })
    if (!hasDay(action)) gaps.push({ what: 'action-without-day', action: action.id })
    if (around.unanswered?.includes(action.id)) gaps.push({ what: 'action-without-answer', action: action.id })
  }
  gaps.push(...seatsIn(actions, around))
  for (const { kind, name, words } of around.needs ?? []) gaps.push({ what: 'need', kind, name, words })
  const unsigned = new Map((around.unsigned ?? []).map((name) => [nameKey(name), name]))
  for (const name of unsigned.values()) gaps.push({ what: 'signature', name })
  return gaps
}
