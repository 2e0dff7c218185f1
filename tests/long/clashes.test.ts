import { expect, it } from 'vitest'
import { compareClashes } from '../support/compareClashes'

it('[WA3] ten thousand schedules clash exactly as by counting minute by minute', () => {
  const { clashes, different } = compareClashes(10_000)
  expect(different).toEqual([])
  expect(clashes).toBeGreaterThan(5_000)
})
