import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef, type EffectScope } from 'vue'
import { useGoalInView } from '../../client/components/projector/useGoalInView'
import { keepSame } from '../../client/live/keepSame'
import { emptyPlan, type Goal, type Plan } from '../../shared/plan'
import type { Presence } from '../../shared/planFrames'

const goal = (id: string, words = '', removed = false): Goal => {
  return { id, words, order: id, removed, state: 'open', closedOn: null }
}
const writer = (at: string | null, name = 'Quill'): Presence => ({
  participantId: name,
  name,
  standing: 'agency',
  agency: 'child-welfare',
  at,
})

let scope: EffectScope

/** A wall with two goals on which nobody writes yet. */
async function openWall() {
  const plan = shallowRef<Plan | null>(null)
  const others = shallowRef<Presence[]>([])
  scope = effectScope()
  const inView = scope.run(() => useGoalInView(plan, others))!
  const show = async (...goals: Plan['goals']) => {
    plan.value = keepSame(plan.value, { ...emptyPlan(), goals })
    await nextTick()
  }
  const write = async (...addresses: (string | null)[]) => {
    others.value = addresses.map((at, index) => writer(at, `writer ${index}`))
    await nextTick()
  }
  await show(goal('home'), goal('mood'))
  return { inView, show, write }
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

  it('[PR3] gives way at once when it is removed', async () => {
    const { inView, show } = await openWall()
    await show(goal('home', '', true), goal('mood'))
    expect(inView.value).toBe('mood')
  })
})
