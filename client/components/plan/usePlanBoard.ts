import { computed, inject, nextTick, onMounted, provide, ref, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { Participant } from '../../../shared/meeting'
import type { Part } from '../../../shared/part'
import {
  addItem,
  choose,
  ITEMS_MAX,
  KINDS,
  type Choices,
  type Column,
  type Kind,
  type PlanItem,
} from '../../../shared/plan'
import type { Presence } from '../../../shared/planFrames'
import { columnOf } from '../../columnOf'
import type { LivePlan } from '../../composables/useLivePlan'
import { newItemId } from '../../live/newItemId'
import { moveInRow, orderAtEnd } from '../../live/rowOrder'
import { rowOf } from '../../../shared/standing'
import { fetchItemControls } from './itemControlsLater'

/** An item that was taken away from where it stood: what brings it back, and which words tell of it. */
export interface Away {
  kind: Kind
  id: string
  back?: Record<string, unknown>
  told?: string
}

/** What the parts of the plan on the page share: the live words, who is here, and where this person is. */
export interface PlanBoard {
  live: LivePlan
  /** Which part of the plan it is. */
  part: Part
  me: Ref<Participant>
  people: Ref<Participant[]>
  /** The item whose small controls are open. */
  open: Ref<string | null>
  /** What this person took away from here a moment ago, the latest last. */
  removed: Ref<Away[]>
  /** The column this person's own promises stand in. */
  ownColumn: ComputedRef<Column>
  room: ComputedRef<Record<Kind, boolean>>
  writersAt(address: string): Presence[]
  /** Are there two languages in the room: somebody interprets, or people speak different ones? */
  bilingual: ComputedRef<boolean>
  /** This person, as somebody who promises or disagrees. */
  own: ComputedRef<{ who: string; whoId: string | null }>
  timeZone: string
  /** Adds an item at the end of its kind and goes to its words. */
  add<K extends Kind>(kind: K, choices: Omit<Choices<K>, 'order' | 'removed'>): void
  change(kind: Kind, id: string, choices: Record<string, unknown>): void
  /** Those between which an item moves up and down. */
  row(kind: Kind, id: string): PlanItem[]
  move(kind: Kind, id: string, step: -1 | 1): void
  remove(kind: Kind, id: string): void
  /** Takes an item away to another place by these choices. */
  takeAway(away: Away, choices: Record<string, unknown>): void
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

function adding({ live, open, me }: Pick<PlanBoard, 'live' | 'open' | 'me'>) {
  function add<K extends Kind>(kind: K, choices: Omit<Choices<K>, 'order' | 'removed'>): void {
    if (!live.doc.value || !live.plan.value) return
    const id = newItemId()
    const placed = { order: orderAtEnd(live.plan.value[kind]), removed: false, language: me.value.language }
    addItem(live.doc.value, kind, id, { ...choices, ...placed } as Choices<K>)
    open.value = id
    void focusField(live, `${kind}/${id}/words`)
  }
  return { add }
}

function changing(board: Pick<PlanBoard, 'live' | 'open' | 'removed'>) {
  const { live, open, removed } = board

  function change(kind: Kind, id: string, choices: Record<string, unknown>): void {
    if (live.doc.value) choose(live.doc.value, kind, id, choices)
  }

  const row = (kind: Kind, id: string) => (live.plan.value ? rowOf(live.plan.value, kind, id) : [])

  function move(kind: Kind, id: string, step: -1 | 1): void {
    const { doc } = live
    doc.value?.transact(() => {
      for (const [moved, order] of moveInRow(row(kind, id), id, step)) change(kind, moved, { order })
    })
  }

  function takeAway(away: Away, choices: Record<string, unknown>): void {
    change(away.kind, away.id, choices)
    open.value = null
    removed.value = [...removed.value.filter((one) => one.id !== away.id), away].slice(-3)
  }
  const remove = (kind: Kind, id: string) => takeAway({ kind, id }, { removed: true })

  function putBack(kind: Kind, id: string): void {
    change(kind, id, { removed: false, ...removed.value.find((one) => one.id === id)?.back })
    removed.value = removed.value.filter((one) => one.id !== id)
    open.value = id
    void focusField(live, `${kind}/${id}/words`)
  }

  return { change, row, move, remove, takeAway, putBack }
}

/** Sets the board up for the components below. */
export function providePlanBoard(
  live: LivePlan,
  { me, people, timeZone, part }: Pick<PlanBoard, 'me' | 'people' | 'timeZone' | 'part'>,
): PlanBoard {
  const open = ref<string | null>(null)
  const removed = ref<Away[]>([])
  const byAddress = computed(() => {
    const writers = new Map<string, Presence[]>()
    for (const other of live.others.value) {
      if (other.at) writers.set(other.at, [...(writers.get(other.at) ?? []), other])
    }
    return writers
  })
  const board: PlanBoard = {
    live,
    part,
    me,
    people,
    timeZone,
    open,
    removed,
    bilingual: computed(() =>
      people.value.some(({ role, language }) => role === 'interpreter' || language !== me.value.language),
    ),
    own: computed(() => ({ who: me.value.name, whoId: me.value.id })),
    ownColumn: computed(() => columnOf(me.value) ?? 'family'),
    room: computed(() => {
      const fits = (kind: Kind) => (live.plan.value?.[kind].length ?? 0) < ITEMS_MAX
      return Object.fromEntries(KINDS.map((kind) => [kind, fits(kind)])) as Record<Kind, boolean>
    }),
    writersAt: (address) => byAddress.value.get(address) ?? [],
    ...adding({ live, open, me }),
    ...changing({ live, open, removed }),
  }
  provide(KEY, board)
  onMounted(fetchItemControls)
  return board
}
