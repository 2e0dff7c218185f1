import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import en from '../../client/locales/en.json'
import { UnsavedWords } from '../../client/live/UnsavedWords'
import { CHAPTERS } from '../../shared/chapters'
import { addItem, choose, SAID_ROOTS, WRITTEN_IN } from '../../shared/plan'
import { idOf } from '../support/arbitraryPlan'

const GOAL = idOf(1)
const CLUB = idOf(2)
const placed = { order: 'a0', removed: false }

describe('words that were not taken', () => {
  it('[UI81] are offered back when they are only an hour, a day of the week or who has to come', () => {
    for (const times of [{ starts: '09:00' }, { days: 'tu we' }, { on: '2027-03-02' }, { attends: 'Dana' }]) {
      const doc = new Y.Doc()
      addItem(doc, 'goals', GOAL, placed)
      addItem(doc, 'actions', CLUB, { ...placed, goal: GOAL, column: 'calworks', who: '', whoId: null, due: null })
      const unsaved = new UnsavedWords(doc, () => true)
      choose(doc, 'actions', CLUB, { order: 'a1' })
      expect(unsaved.collect()).toEqual([])
      choose(doc, 'actions', CLUB, times)
      expect(unsaved.collect().map(({ choices }) => choices)).toEqual([{ order: 'a1', ...times }])
    }
  })

  it('[UI81] are named by what they were written in, whatever it is', () => {
    const names = en.plan.chapter as Record<string, string>
    const unnamed = SAID_ROOTS.filter((root) => root !== 'question' && !names[root])
    const homeless = WRITTEN_IN.plan.kinds.filter(
      (kind) => !CHAPTERS.some(({ kinds }) => (kinds as readonly string[]).includes(kind)),
    )
    expect([...unnamed, ...homeless]).toEqual([])
  })
})
