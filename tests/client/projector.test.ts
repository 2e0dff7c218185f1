import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef, type EffectScope } from 'vue'
import { usePanelInView } from '../../client/components/projector/usePanelInView'
import { panelOfStage } from '../../client/components/projector/wallPanels'
import { keepSame } from '../../client/live/keepSame'
import { emptyPlan, type Goal, type Plan } from '../../shared/plan'
import type { Presence } from '../../shared/planFrames'
import { ACTION, GOAL, IDEA, LINE, OPEN, WORRY } from '../support/unsaid'

const goal = (id: string, words = '', removed = false): Goal => {
  return { ...GOAL, id, words, order: id, removed }
}
const writer = (at: string | null, name = 'Quill'): Presence => ({
  participantId: name,
  name,
  standing: 'agency',
  agency: 'child-welfare',
  at,
})

let scope: EffectScope

/** A wall on which nobody writes yet, with two goals where nothing else is said. */
async function openWall(words: Partial<Plan> = { goals: [goal('home'), goal('mood')] }) {
  const plan = shallowRef<Plan | null>(null)
  const others = shallowRef<Presence[]>([])
  const led = shallowRef<string | null>(null)
  scope = effectScope()
  const inView = scope.run(() => usePanelInView(plan, others, led))!
  const showPlan = async (words: Partial<Plan>) => {
    plan.value = keepSame(plan.value, { ...emptyPlan(), ...words })
    await nextTick()
  }
  const show = (...goals: Plan['goals']) => showPlan({ goals })
  const write = async (...addresses: (string | null)[]) => {
    others.value = addresses.map((at, index) => writer(at, `writer ${index}`))
    await nextTick()
  }
  const lead = async (running: Parameters<typeof panelOfStage>[1]) => {
    led.value = panelOfStage(plan.value!, running)
    await nextTick()
  }
  await showPlan(words)
  return { inView, show, showPlan, write, lead }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

describe('the goal on the wall', () => {
  it('[PR1] is the first one until somebody writes, then the one where they write', async () => {
    const { inView, write, show } = await openWall()
    expect(inView.value).toBe('home')
    await write('goals/mood/words')
    expect(inView.value).toBe('mood')
    await write(null)
    await show(goal('home'), goal('mood', 'Steady'))
    expect(inView.value).toBe('mood')
  })

  it('[DE35] is the one of the promise whose small step is written', async () => {
    const placed = { ...OPEN, words: '', removed: false, order: 'a0' }
    const { inView, write } = await openWall({
      goals: [goal('home'), goal('mood')],
      actions: [{ ...ACTION, ...placed, id: 'call', goal: 'mood', column: 'family' }],
      steps: [{ ...placed, id: 'bill', action: 'call' }],
    })
    await write('steps/bill/words')
    expect(inView.value).toBe('mood')
  })

  it('[PR2] does not jump between two people: the other goal comes when this one was quiet for a while', async () => {
    const { inView, show } = await openWall()
    await show(goal('home', 'A safe'), goal('mood'))
    await show(goal('home', 'A safe home'), goal('mood'))
    await show(goal('home', 'A safe home'), goal('mood', 'Steady'))
    expect(inView.value).toBe('home')
    vi.advanceTimersByTime(5_000)
    await show(goal('home', 'A safe home!'), goal('mood', 'Steady'))
    vi.advanceTimersByTime(4_000)
    expect(inView.value).toBe('home')
    vi.advanceTimersByTime(8_000)
    expect(inView.value).toBe('mood')
  })

  it('[MT9] goes at once where who leads brings everybody: to the stage’s chapter, or to what is pointed at', async () => {
    const words = {
      goals: [goal('home'), goal('mood')],
      ideas: [{ ...IDEA, id: 'swim', words: 'Swim', order: 'a', removed: false }],
    }
    const { inView, lead, write } = await openWall(words)
    await write('goals/home/words')
    const stage = { id: 'ideas', about: ['worries', 'ideas'], wall: 'chapters', place: 4, of: 6 } as const
    const named = { ...stage, about: [...stage.about], name: { en: '', es: '' }, now: { en: '', es: '' } }
    await lead({ look: null, stage: named })
    expect(inView.value).toBe('ideas')
    await lead({ look: { at: 'goals/mood', by: 'wren', since: '' }, stage: named })
    expect(inView.value).toBe('mood')
  })

  it('[PR3] gives way at once when it is removed', async () => {
    const { inView, show } = await openWall()
    await show(goal('home', '', true), goal('mood'))
    expect(inView.value).toBe('mood')
  })
})

describe('the other chapters on the wall', () => {
  const id = 'x'.repeat(16)
  const placed = { ...LINE, id, words: 'words', order: 'a0', removed: false }
  const whole: Partial<Plan> = {
    purpose: 'Why',
    goals: [goal('home')],
    strengths: [{ ...placed, who: '', day: null }],
    worries: [{ ...placed, ...WORRY }],
    ideas: [{ ...placed, ...IDEA }],
    agreements: [placed],
    disagreements: [{ ...placed, agreement: id, who: 'Dana', whoId: null }],
    safety: [{ ...placed, part: 'signs' }],
  }

  it.each([
    ['purpose', 'purpose'],
    ['vision', 'purpose'],
    [`strengths/${id}/words`, 'balance'],
    [`worries/${id}/words`, 'balance'],
    [`ideas/${id}/words`, 'ideas'],
    [`agreements/${id}/words`, 'agreements'],
    [`disagreements/${id}/who`, 'agreements'],
    [`safety/${id}/words`, 'safety'],
  ])('[PR4] somebody who writes in %s brings the wall to %s', async (address, panel) => {
    const { inView, write } = await openWall(whole)
    expect(inView.value).toBe('home')
    await write(address)
    expect(inView.value).toBe(panel)
    await write('question', `goals/${id}/words`)
    expect(inView.value).toBe(panel)
  })

  it('[PR4] a change in a chapter brings the wall there, also when its writer has left the field', async () => {
    const { inView, showPlan } = await openWall(whole)
    vi.advanceTimersByTime(8_000)
    await showPlan({ ...whole, vision: 'Quiet Sundays' })
    expect(inView.value).toBe('purpose')
    vi.advanceTimersByTime(8_000)
    await showPlan({ ...whole, vision: 'Quiet Sundays', worries: [{ ...placed, ...WORRY, state: 'done' }] })
    expect(inView.value).toBe('balance')
  })

  it('[PR5] until somebody writes it shows the goals, or where there are none the first chapter with words', async () => {
    const { inView, showPlan } = await openWall(whole)
    expect(inView.value).toBe('home')
    await showPlan({ ...whole, goals: [], purpose: '' })
    expect(inView.value).toBe('balance')
    await showPlan({
      ...whole,
      goals: [],
      purpose: '',
      strengths: [],
      worries: [{ ...placed, ...WORRY, removed: true }],
    })
    expect(inView.value).toBe('ideas')
    await showPlan({})
    expect(inView.value).toBeNull()
  })
})
