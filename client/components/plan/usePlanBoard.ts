import { computed, inject, nextTick, provide, ref, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { Participant } from '../../../shared/meeting'
import { addItem, choose, ITEMS_MAX, KINDS, type ActionItem, type Column, type Kind } from '../../../shared/plan'
import type { Presence } from '../../../shared/planFrames'
import { columnOf } from '../../columnOf'
import type { LivePlan } from '../../composables/useLivePlan'
import { newItemId } from '../../live/newItemId'
import { moveInRow, orderAtEnd } from '../../live/rowOrder'

/** What the parts of the plan on the page share: the live words, who is here, and where this person is. */
export interface PlanBoard {
  live: LivePlan
  me: Ref<Participant>
  people: Ref<Participant[]>
  /** The item whose small controls are open. */
  open: Ref<string | null>
  /** What this person removed a moment ago, the latest last. */
  removed: Ref<{ kind: Kind; id: string }[]>
  /** The column this person's own promises stand in. */
  ownColumn: ComputedRef<Column>
  room: ComputedRef<Record<Kind, boolean>>
  writersAt(address: string): Presence[]
  addGoal(): void
  addAction(goal: string, column: Column): void
  change(kind: Kind, id: string, choices: Record<string, unknown>): void
  move(kind: Kind, id: string, step: -1 | 1): void
  remove(kind: Kind, id: string): void
  putBack(kind: Kind, id: string): void
}

const KEY: InjectionKey<PlanBoard> = Symbol('plan board')

export function usePlanBoard(): PlanBoard {
  const board = inject(KEY)
  if (!board) throw new Error('no plan board above')
  return board
}

/** The element id of a field, so that focus can be sent there. */
export const fieldId = (address: string) => `words-${address.replaceAll('/', '-')}`

/** Shows the words now and goes to a field; within the press itself, or a phone would not open its keyboard. */
async function focusField(live: LivePlan, address: string): Promise<void> {
  live.draw()
  await nextTick()
  document.getElementById(fieldId(address))?.focus()
}

function adding(board: Pick<PlanBoard, 'live' | 'me' | 'open'>) {
  const { live, me, open } = board

  function addGoal(): void {
    if (!live.doc.value || !live.plan.value) return
    const id = newItemId()
    addItem(live.doc.value, 'goals', id, { order: orderAtEnd(live.plan.value.goals), removed: false })
    open.value = id
    void focusField(live, `goals/${id}/words`)
  }

  /** Who stands in their own column promises for themselves; a wrong guess is one choice away. */
  function addAction(goal: string, column: Column): void {
    if (!live.doc.value || !live.plan.value) return
    const id = newItemId()
    const mine = columnOf(me.value) === column
    addItem(live.doc.value, 'actions', id, {
      order: orderAtEnd(live.plan.value.actions),
      removed: false,
      goal,
      column,
      who: mine ? me.value.name : '',
      whoId: mine ? me.value.id : null,
      due: null,
    })
    open.value = id
    void focusField(live, `actions/${id}/words`)
  }

  return { addGoal, addAction }
}

function changing(board: Pick<PlanBoard, 'live' | 'open' | 'removed'>) {
  const { live, open, removed } = board

  function change(kind: Kind, id: string, choices: Record<string, unknown>): void {
    if (live.doc.value) choose(live.doc.value, kind, id, choices)
  }

  /** Those that stand together with an item on the page, it included. */
  function rowOf(kind: Kind, id: string): { id: string; order: string }[] {
    const { goals = [], actions = [] } = live.plan.value ?? {}
    if (kind === 'goals') return goals.filter((goal) => !goal.removed || goal.id === id)
    const action = actions.find((one) => one.id === id)
    const beside = (one: ActionItem) => one.goal === action?.goal && one.column === action.column
    return actions.filter((one) => beside(one) && (!one.removed || one.id === id))
  }

  function move(kind: Kind, id: string, step: -1 | 1): void {
    const { doc } = live
    doc.value?.transact(() => {
      for (const [moved, order] of moveInRow(rowOf(kind, id), id, step)) change(kind, moved, { order })
    })
  }

  function remove(kind: Kind, id: string): void {
    change(kind, id, { removed: true })
    open.value = null
    removed.value = [...removed.value.filter((one) => one.id !== id), { kind, id }].slice(-3)
  }

  function putBack(kind: Kind, id: string): void {
    change(kind, id, { removed: false })
    removed.value = removed.value.filter((one) => one.id !== id)
    open.value = id
    void focusField(live, `${kind}/${id}/words`)
  }

  return { change, move, remove, putBack }
}

/** Sets the board up for the components below. */
export function providePlanBoard(live: LivePlan, me: Ref<Participant>, people: Ref<Participant[]>): PlanBoard {
  const open = ref<string | null>(null)
  const removed = ref<{ kind: Kind; id: string }[]>([])
  const byAddress = computed(() => {
    const writers = new Map<string, Presence[]>()
    for (const other of live.others.value) {
      if (other.at) writers.set(other.at, [...(writers.get(other.at) ?? []), other])
    }
    return writers
  })
  const board: PlanBoard = {
    live,
    me,
    people,
    open,
    removed,
    ownColumn: computed(() => columnOf(me.value) ?? 'family'),
    room: computed(() => {
      const fits = (kind: Kind) => (live.plan.value?.[kind].length ?? 0) < ITEMS_MAX
      return Object.fromEntries(KINDS.map((kind) => [kind, fits(kind)])) as Record<Kind, boolean>
    }),
    writersAt: (address) => byAddress.value.get(address) ?? [],
    ...adding({ live, me, open }),
    ...changing({ live, open, removed }),
  }
  provide(KEY, board)
  return board
}
