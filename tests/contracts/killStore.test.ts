import { expect, it } from 'vitest'
import { killLoop } from '../support/killLoop'

it('[ST11] twenty kills in the middle of many writes lose nothing that was acknowledged', async () => {
  const report = await killLoop(20, 11)
  expect(report.faults).toEqual([])
  expect(report.kills).toBe(20)
  expect(Math.min(report.inserts, report.increments, report.upserts)).toBeGreaterThan(20)
}, 600_000)
