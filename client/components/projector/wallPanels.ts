import { CHAPTERS, isWritten } from '../../../shared/chapters'
import {
  KINDS,
  TEXT_ROOTS,
  type Kind,
  type Plan,
  type PlanItem,
  type SaidRoot,
  type TextRoot,
} from '../../../shared/plan'
import type { Running } from '../../../shared/running'
import { isWaiting, standing } from '../../../shared/standing'

/** What stands on the wall beside the goals: a chapter, or strengths and worries in one look. */
export type PanelId = 'purpose' | 'balance' | 'ideas' | 'agreements' | 'safety'

/** A small step stands with its promise. */
function placeOf(plan: Plan, kind: Kind, item: PlanItem): [Kind, PlanItem | undefined] {
  if (kind !== 'steps') return [kind, item]
  return ['actions', plan.actions.find(({ id }) => 'action' in item && id === item.action)]
}

/** Where an item, or a text of the plan's own, stands on the wall: a panel, or a goal by its id; the question on both. */
function panelOf(named: Kind | TextRoot, item?: PlanItem): string | null {
  const kind = named.replace(/Other$/, '') as Kind | SaidRoot
  if (kind === 'purpose' || kind === 'vision') return 'purpose'
  if (kind === 'strengths' || kind === 'worries') return 'balance'
  if (kind === 'disagreements' || kind === 'decision') return 'agreements'
  if (item && 'goal' in item) return item.goal
  return kind === 'goals' ? (item?.id ?? null) : kind === 'question' || kind === 'actions' ? null : kind
}

/** Where the words of an address stand on the wall. */
export function panelAt(plan: Plan, address: string | null): string | null {
  const [kind, id] = (address?.split('/') ?? []) as [Kind | TextRoot | undefined, string?]
  if (!kind || (id && !(KINDS as string[]).includes(kind))) return null
  if (!id) return panelOf(kind)
  const item = (plan[kind as Kind] as PlanItem[]).find((one) => one.id === id)
  return item ? panelOf(...placeOf(plan, kind as Kind, item)) : null
}

/** What the wall shows in a stage: what who leads points at, else the first of its chapters with something on it. */
export function panelOfStage(plan: Plan, { look, stage }: Pick<Running, 'look' | 'stage'>): string | null {
  const pointed = look && panelAt(plan, look.at)
  if (pointed) return pointed
  const panels = panelsOf(plan)
  const wanted = (stage?.about ?? []).map((id) =>
    id === 'goals' ? panels.find((panel) => plan.goals.some((goal) => goal.id === panel)) : panelOf(id),
  )
  return wanted.find((panel) => panel && panels.includes(panel)) ?? null
}

/** Every panel with something on it, in reading order; goals by their ids. */
export function panelsOf(plan: Plan): string[] {
  const panels = CHAPTERS.filter((chapter) => isWritten(plan, chapter)).flatMap(({ id }) => {
    if (id === 'goals') return standing(plan, 'goals').flatMap((goal) => (isWaiting(goal) ? [] : [goal.id]))
    // Ideas that all wait are counted at the foot.
    if (id === 'ideas' && standing(plan, 'ideas').every(isWaiting)) return []
    return [panelOf(id)!]
  })
  return [...new Set(panels)]
}

/** Panels on which something differs between two readings of the plan; what did not change is the same object. */
export function changedPanels(before: Plan, after: Plan): (string | null)[] {
  const known = new Set<unknown>(KINDS.flatMap((kind) => before[kind] as PlanItem[]))
  const items = KINDS.flatMap((kind) =>
    (after[kind] as PlanItem[])
      .filter((item) => !known.has(item))
      .map((item) => panelOf(...placeOf(after, kind, item))),
  )
  const texts = TEXT_ROOTS.filter((root) => before[root] !== after[root] && panelOf(root))
  return [...texts.map((root) => panelOf(root)), ...items]
}
