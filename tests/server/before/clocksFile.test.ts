import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readClocksFile } from '../../../server/before/readClocksFile'
import { readConfig } from '../../../server/config'
import { RULE_CLOCKS } from '../../../shared/ruleClocks'

const text = (said: unknown) => JSON.stringify(said, null, 2)
const problem = (said: unknown) => {
  try {
    readClocksFile(typeof said === 'string' ? said : text(said))
  } catch (error) {
    return (error as Error).message
  }
  return 'no problem'
}

describe('a county’s own clocks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ourplan-clocks-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('[BE4] are read from its file; what it leaves out stays', () => {
    const ours = readClocksFile(
      text({
        clocks: { emergency: [{ from: 'event', days: 2 }] },
        holidays: { days: ['03-31'] },
        renewals: { ours: 90 },
      }),
    )
    expect(ours.clocks.emergency).toEqual([{ from: 'event', days: 2 }])
    expect(ours.clocks.removal).toEqual(RULE_CLOCKS.clocks.removal)
    expect(ours.holidays).toEqual({ federal: true, days: ['03-31'], worked: [] })
    expect(ours.renewals).toEqual({ ...RULE_CLOCKS.renewals, ours: 90 })
    expect(readClocksFile('{}')).toEqual(RULE_CLOCKS)
  })

  it.each([
    [
      { clocks: { emergency: [{ from: 'event', workingDays: 1.5 }] } },
      /^line 6, clocks, emergency, limit 1, workingDays: must be a whole number of days from 0 to 400$/,
    ],
    [
      { clocks: { emergency: [{ from: 'event', days: 1, before: true }] } },
      /^line 4, clocks, emergency, limit 1: must say one of before, days or workingDays$/,
    ],
    [{ clocks: { emergency: [{ from: 'event' }] } }, /limit 1: must say one of/],
    [{ clocks: { emergency: [{ from: 'move', days: 1 }] } }, /limit 1, from: must be one of event, hearing$/],
    [{ clocks: { emergency: [{ days: 1 }] } }, /limit 1, from: must be one of event, hearing$/],
    [{ clocks: { emergency: [] } }, /^line 3, clocks, emergency: has no limit$/],
    [{ clocks: { urgent: [] } }, /clocks.*(urgent|one of removal)/],
    [{ renewals: { cft: 'soon' } }, /renewals, cft: must be a whole number of days/],
    [{ holidays: { days: ['03-31', '2027-02-30'] } }, /holidays, days, day 2: must be a day such as 2027-03-31/],
    [{ weekend: 'monday' }, /^line 2, weekend: must be one of stands, earlier, later$/],
    [{ clock: {} }, /^line 1: "clock" is not known here$/],
    ['{"weekend": ,,}', /^line 1: this is not JSON/],
    ['[]', /^line 1: must be an object$/],
  ])('[BE4] are refused with the line and what would be right (%#)', (said, words) => {
    expect(problem(said)).toMatch(words)
  })

  it('[BE4] stop the start when their file cannot be used, and say which file', () => {
    const file = join(folder, 'clocks.json')
    writeFileSync(file, text({ weekend: 'monday' }))
    expect(() => readConfig({ OURPLAN_RULE_CLOCKS: file })).toThrow(
      /^OURPLAN_RULE_CLOCKS, .*clocks\.json: line 2, weekend/,
    )
    expect(() => readConfig({ OURPLAN_RULE_CLOCKS: join(folder, 'none.json') })).toThrow(
      /none\.json: it cannot be read/,
    )
    expect(readConfig({}).ruleClocks).toEqual(RULE_CLOCKS)
  })
})
