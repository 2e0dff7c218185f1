import { COLUMNS, type ActionItem, type Column, type Goal, type Plan } from '../../../shared/plan'
import { standing } from '../../../shared/standing'

export interface PlanColumn {
  column: Column
  actions: ActionItem[]
}

/** A goal as it stands on the page: the family's column always, then each agency that has something to do in it. */
export interface GoalLayout {
  goal: Goal
  /** Counts from 1. */
  number: number
  columns: PlanColumn[]
}

function sameLayout(a: GoalLayout, b: GoalLayout): boolean {
  return (
    a.goal === b.goal &&
    a.number === b.number &&
    a.columns.length === b.columns.length &&
    a.columns.every(({ column, actions }, index) => {
      const other = b.columns[index]!
      return column === other.column && sameList(actions, other.actions)
    })
  )
}

function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}

/**
 * The goals in reading order, without what was removed; what is done or let go of stands below what is open.
 *
 * @param keepId an item that stays to be seen though somebody removed it: the one this person is writing in
 * @param before the layout so far; goals in which nothing changed keep their objects
 */
export function layoutPlan(plan: Plan, keepId: string | null = null, before: readonly GoalLayout[] = []): GoalLayout[] {
  const actions = standing(plan, 'actions', keepId)
  return standing(plan, 'goals', keepId).map((goal, index) => {
    const own = actions.filter((action) => action.goal === goal.id)
    const columns = COLUMNS.map((column) => ({ column, actions: own.filter((action) => action.column === column) }))
    const shown = columns.filter(({ column, actions }) => column === 'family' || actions.length > 0)
    const layout = { goal, number: index + 1, columns: shown }
    const old = before.find((one) => one.goal.id === goal.id)
    return old && sameLayout(old, layout) ? old : layout
  })
}
