import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { panelsOf } from '../../client/components/projector/wallPanels'
import { layoutPlan } from '../../client/components/plan/layoutPlan'
import { addAgain } from '../../client/live/addAgain'
import { keepSame } from '../../client/live/keepSame'
import { newItemId } from '../../client/live/newItemId'
import { moveInRow, orderAtEnd } from '../../client/live/rowOrder'
import { UnsavedWords } from '../../client/live/UnsavedWords'
import { todayIn } from '../../client/todayIn'
import { CHAPTERS, isWritten } from '../../shared/chapters'
import {
  addItem,
  byOrder,
  choose,
  emptyPlan,
  findText,
  WRITTEN_IN,
  readPlan,
  WORDS_MAX,
  type ActionItem,
  type Goal,
  type Idea,
  type Plan,
  type SafetyPart,
} from '../../shared/plan'
import { ideaPiles } from '../../shared/ideaGroups'
import { rowOf, standing } from '../../shared/standing'
import { ACTION, GOAL, IDEA, LINE, WORRY } from '../support/unsaid'

const goal = (id: string, order: string, removed = false): Goal => ({ ...GOAL, id, words: id, order, removed })
const action = (id: string, of: string, column: ActionItem['column'], removed = false): ActionItem => ({
  ...ACTION,
  id,
  goal: of,
  column,
  removed,
  words: id,
  order: id,
})
const plan: Plan = {
  ...emptyPlan(),
  goals: [goal('home', 'a0'), goal('mood', 'a1'), goal('gone', 'a2', true)],
  actions: [
    action('a', 'home', 'housing'),
    action('b', 'home', 'family'),
    action('c', 'mood', 'school'),
    action('d', 'home', 'probation', true),
  ],
}
const columnsOf = (layout: ReturnType<typeof layoutPlan>) =>
  layout.map(({ goal: { id }, columns }) => [id, ...columns.map(({ column }) => column)])

describe('the plan on the page', () => {
  it('[UI40] shows the family first in every goal, then only the agencies with something to do in it', () => {
    expect(columnsOf(layoutPlan(plan))).toEqual([
      ['home', 'family', 'housing'],
      ['mood', 'family', 'school'],
    ])
  })

  it('[UI41] what somebody else removes stays with the person who is writing in it', () => {
    expect(columnsOf(layoutPlan(plan, 'd'))[0]).toEqual(['home', 'family', 'housing', 'probation'])
    expect(layoutPlan(plan, 'gone')).toHaveLength(3)
    const inGone: Plan = { ...plan, actions: [action('e', 'gone', 'family')] }
    expect(columnsOf(layoutPlan(inGone, 'e'))[2]).toEqual(['gone', 'family'])
  })

  it('[UI42] a change in one goal leaves the other goals’ objects as they are', () => {
    const before = layoutPlan(plan)
    const changed = { ...plan.actions[2]!, words: 'Check Miles’s speech' }
    const after = keepSame(plan, {
      ...structuredClone(plan),
      actions: plan.actions.map((one) => (one.id === 'c' ? changed : { ...one })),
    })
    const layout = layoutPlan(after, null, before)
    expect(layout[0]).toBe(before[0])
    expect(layout[1]).not.toBe(before[1])
    expect(keepSame(plan, structuredClone(plan))).toBe(plan)
  })
})

describe('what waits for later', () => {
  const later = { ...plan, goals: [{ ...goal('home', 'a0'), later: true }, ...plan.goals.slice(1)] }
  const idea = (id: string, said: Partial<Idea> = {}): Idea => ({
    ...IDEA,
    id,
    words: id,
    order: id,
    removed: false,
    ...said,
  })

  it('[MT40] a hope kept for later stands below the others, and moves among those that wait', () => {
    expect(layoutPlan(later).map(({ goal: { id }, number }) => [id, number])).toEqual([
      ['mood', 1],
      ['home', 2],
    ])
    expect(rowOf(later, 'goals', 'home').map(({ id }) => id)).toEqual(['home'])
    expect(panelsOf(later)).toEqual(['mood'])
  })

  it('[MT41] ideas are read by what belongs together, then those for later, then those that are parked', () => {
    const ideas = [
      idea('a', { group: 'School' }),
      idea('b', { pile: 'parked' }),
      idea('c'),
      idea('d', { group: ' school ' }),
      idea('e', { pile: 'later', group: 'School' }),
    ]
    const read = ideaPiles(standing({ ...plan, ideas }, 'ideas'))
    expect(
      read.map(({ pile, groups }) => [pile, groups.map((one) => [one.name, one.ideas.map(({ id }) => id)])]),
    ).toEqual([
      [
        'now',
        [
          ['', ['c']],
          ['School', ['a', 'd']],
        ],
      ],
      ['later', [['School', ['e']]]],
      ['parked', [['', ['b']]]],
    ])
    expect(panelsOf({ ...plan, ideas })).toContain('ideas')
    expect(panelsOf({ ...plan, ideas: [ideas[1]!, ideas[4]!] })).not.toContain('ideas')
  })
})

describe('the chapters of the plan', () => {
  const worry = (id: string, state: 'open' | 'done' | 'withdrawn' = 'open', removed = false) => ({
    ...{ ...WORRY, id, words: id, order: id, removed, state },
    closedOn: state === 'open' ? null : '2027-03-04',
  })
  const agreement = (id: string, removed = false) => ({ ...LINE, id, words: id, order: id, removed })
  const dissent = { ...agreement('d'), agreement: 'a', who: 'Rosa', whoId: null }
  const ids = (items: { id: string }[]) => items.map(({ id }) => id)

  it('[UI44] stand in one order everywhere, strengths before worries, and hold every word of a plan once', () => {
    const chapters = CHAPTERS.map(({ id }) => id as string)
    expect(chapters.indexOf('strengths')).toBeLessThan(chapters.indexOf('worries'))
    const inPlan: string[] = [...WRITTEN_IN.plan.kinds]
    expect(CHAPTERS.flatMap(({ kinds }) => kinds as readonly string[]).sort()).toEqual(inPlan.sort())
    expect(CHAPTERS.flatMap(({ texts }) => texts as readonly string[])).toEqual(['purpose', 'vision', 'decision'])
  })

  it('[UI46] what is done or let go of stands below what is open, in its own order', () => {
    const worries = [worry('a', 'done'), worry('b'), worry('c', 'withdrawn'), worry('d'), worry('e', 'open', true)]
    expect(ids(standing({ ...plan, worries }, 'worries'))).toEqual(['b', 'd', 'a', 'c'])
    const done = { ...plan.goals[0]!, state: 'done' as const }
    const closed = { ...plan, goals: [done, ...plan.goals.slice(1)] }
    expect(layoutPlan(closed).map(({ goal, number }) => [goal.id, number])).toEqual([
      ['mood', 1],
      ['home', 2],
    ])
  })

  it('[UI46] moves up and down among its own: open among open, a promise within its column, a line within its part', () => {
    const worries = [worry('a', 'done'), worry('b'), worry('c'), worry('d', 'done')]
    expect(ids(rowOf({ ...plan, worries }, 'worries', 'b'))).toEqual(['b', 'c'])
    expect(ids(rowOf({ ...plan, worries }, 'worries', 'd'))).toEqual(['a', 'd'])
    const actions = [...plan.actions, action('z', 'home', 'family')]
    expect(ids(rowOf({ ...plan, actions }, 'actions', 'b'))).toEqual(['b', 'z'])
    const line = (id: string, part: SafetyPart) => ({ ...agreement(id), part })
    const safety = [line('a', 'signs'), line('b', 'helps'), line('c', 'signs')]
    expect(ids(rowOf({ ...plan, safety }, 'safety', 'c'))).toEqual(['a', 'c'])
  })

  it('[UI41] an agreement that is removed stays while somebody writes why they could not agree to it', () => {
    const gone = { ...plan, agreements: [agreement('a', true), agreement('b', true)], disagreements: [dissent] }
    expect(ids(standing(gone, 'agreements', 'd'))).toEqual(['a'])
    expect(standing(gone, 'agreements')).toEqual([])
  })

  it('[UI48] have words when something in them stands, and none when all of it was removed', () => {
    const written = (words: Partial<Plan>) =>
      CHAPTERS.filter((chapter) => isWritten({ ...emptyPlan(), ...words }, chapter)).map(({ id }) => id)
    expect(written({})).toEqual([])
    expect(written({ vision: ' ', worries: [worry('a', 'open', true)] })).toEqual([])
    expect(written({ vision: 'Calm', worries: [worry('a', 'withdrawn')] })).toEqual(['purpose', 'worries'])
  })

  it('[UI46] is closed on the day it is where the meeting takes place', () => {
    const lateEvening = new Date('2027-03-05T06:30:00Z')
    expect(todayIn('America/Los_Angeles', lateEvening)).toBe('2027-03-04')
    expect(todayIn('Europe/Madrid', lateEvening)).toBe('2027-03-05')
  })
})

describe('the order of things', () => {
  const row = fc
    .array(fc.constantFrom('a0', 'a1', 'a2', 'a1V', 'Zz', 'zzz', '0'), { minLength: 2, maxLength: 7 })
    .map((orders) => orders.map((order, index) => ({ id: `i${index}`, order })).sort(byOrder))

  it('[UI43] one step up or down is one step on every screen, even between things with the same key', () => {
    fc.assert(
      fc.property(row, fc.nat(6), fc.constantFrom(-1 as const, 1 as const), (items, at, step) => {
        const index = at % items.length
        const moved = moveInRow(items, items[index]!.id, step)
        const after = items.map((item) => ({ ...item, order: moved.get(item.id) ?? item.order })).sort(byOrder)
        const wanted = items.map(({ id }) => id)
        const to = index + step
        if (to >= 0 && to < items.length) wanted.splice(to, 0, wanted.splice(index, 1)[0]!)
        else expect(moved.size).toBe(0)
        expect(after.map(({ id }) => id)).toEqual(wanted)
      }),
      { seed: 7, numRuns: 500 },
    )
  })

  it('[UI43] something new stands last, behind removed things and odd keys too', () => {
    fc.assert(
      fc.property(row, (items) => {
        const order = orderAtEnd(items)
        expect(order).toMatch(/^[0-9A-Za-z]{1,128}$/)
        expect([...items, { id: '~', order }].sort(byOrder).at(-1)!.id).toBe('~')
      }),
      { seed: 7, numRuns: 300 },
    )
  })

  it('[UI43] ids are sixteen plain signs', () => {
    for (let i = 0; i < 200; i++) expect(newItemId()).toMatch(/^[0-9a-z]{16}$/)
  })
})

describe('words that never became durable', () => {
  /** Dana's page, and a line on which others' words come. */
  function page() {
    const [doc, others] = [new Y.Doc(), new Y.Doc()]
    others.on('update', (update: Uint8Array) => Y.applyUpdate(doc, update, 'line'))
    const unsaved = new UnsavedWords(doc, ({ origin }) => origin !== 'line')
    others.getText('question').insert(0, 'Where?')
    return { doc, others, unsaved }
  }

  it('[PL66] are told apart from what others wrote into the same field meanwhile', () => {
    const { doc, others, unsaved } = page()
    doc.getText('question').insert(6, ' Tonight?')
    others.getText('question').insert(0, 'Quill asks: ')
    const [words] = unsaved.collect()
    expect(words!.texts['']).toEqual({ base: 'Quill asks: Where?', mine: 'Quill asks: Where? Tonight?' })
    addAgain(others, [words!])
    expect(others.getText('question').toString()).toBe('Quill asks: Where? Tonight?')
  })

  it('[PL66] are not doubled where a part of them had arrived after all', () => {
    const { doc, others, unsaved } = page()
    doc.getText('question').insert(6, ' Tonight?')
    const words = unsaved.collect()
    others.getText('question').insert(6, ' Ton')
    addAgain(others, words)
    expect(others.getText('question').toString()).toBe('Where? Tonight?')
  })

  it('[PL66] give way where there is no room: what others wrote stays whole', () => {
    const doc = new Y.Doc()
    const theirs = 'y'.repeat(WORDS_MAX - 3)
    doc.getText('question').insert(0, theirs)
    const texts = { '': { base: theirs.slice(0, 10), mine: `mine${theirs.slice(0, 10)}` } }
    addAgain(doc, [{ kind: 'question', id: '', added: false, texts, choices: {} }])
    expect(doc.getText('question').toString()).toBe(`min${theirs}`)
  })

  it('[PL66] a hope and its steps come back together, under fresh ids', () => {
    const { doc, others, unsaved } = page()
    const [hope, step] = [newItemId(), newItemId()]
    addItem(doc, 'goals', hope, { order: 'a0', removed: false })
    findText(doc, `goals/${hope}/words`)!.insert(0, 'A safe home')
    const choices = {
      order: 'a0',
      removed: false,
      goal: hope,
      column: 'family',
      who: '',
      whoId: null,
      due: null,
    } as const
    addItem(doc, 'actions', step, choices, { words: 'Call' })
    addAgain(others, unsaved.collect())
    const { goals, actions } = readPlan(others)
    expect(goals).toMatchObject([{ words: 'A safe home' }])
    expect(actions).toMatchObject([{ words: 'Call', goal: goals[0]!.id }])
    expect(goals[0]!.id).not.toBe(hope)
  })

  it('[PL66] are forgotten once they are durable; a changed order alone is not offered back, that something was done is', () => {
    const { doc, unsaved } = page()
    const hope = newItemId()
    addItem(doc, 'goals', hope, { order: 'a0', removed: false }, { words: 'A safe home' })
    unsaved.clear()
    expect(unsaved.collect()).toEqual([])
    doc.getMap<Y.Map<unknown>>('goals').get(hope)!.set('order', 'a5')
    expect(unsaved.collect()).toEqual([])
    choose(doc, 'goals', hope, { state: 'done', closedOn: '2027-03-04' })
    expect(unsaved.collect()).toMatchObject([{ choices: { state: 'done', closedOn: '2027-03-04' } }])
  })
})
