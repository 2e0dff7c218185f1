import { expect, it } from 'vitest'
import { killLoop } from '../support/killLoop'

it('[ST11] two hundred kills in the middle of many writes lose nothing that was acknowledged', async () => {
  const report = await killLoop(200, Number(process.env.SEED ?? 200))
  console.log(report)
  expect(report.faults).toEqual([])
  expect(report.kills).toBe(200)
})
