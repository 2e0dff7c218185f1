import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { partKey, type Part } from '../../../shared/part'
import { recordModel } from '../../../server/record/recordModel'
import { openPage, startPage } from '../../support/openPage'
import { admitted, comesForAgency, refusal, type Someone, staff } from '../../support/people'
import { signedRelease } from '../../support/signedRelease'
import { startTestApp, type TestApp } from '../../support/startTestApp'

let app: TestApp
let wren: Someone
let dana: Someone
let lee: Someone
let adeyemi: Someone
let part: Part

beforeAll(async () => {
  app = await startTestApp()
  wren = await staff(app, 'Wren')
  adeyemi = await staff(app, 'Adeyemi', { duty: 'agency', agency: 'school' })
  await wren.createMeeting()
  dana = await admitted(wren, 'Dana')
  lee = await admitted(wren, 'Lee')
  await comesForAgency(wren, adeyemi, 'school')
  part = (await signedRelease(dana, { section: 'education', recipients: ['school'] })).part
})
afterAll(() => app.close())
afterEach(() => vi.restoreAllMocks())

const params = () => ({ meetingId: wren.meetingId })
const readPart = (who: Someone) => who.call('readPlan', { params: params(), query: { part: partKey(part) } })

async function looks(reader: Someone) {
  await app.app.parts.record.settled()
  const { lines } = await reader.call('readRecord', { params: params() })
  return lines.filter(({ what }) => what === 'part-opened')
}

describe('reading what a release opens', () => {
  it('[RC8] is recorded once an opening, on every way, with the release that allowed it; and only then shown', async () => {
    const page = await openPage(adeyemi, part)
    await readPart(adeyemi)
    await adeyemi.call('readHistory', { params: params(), query: { part: partKey(part) } })
    page.close()
    const own = await openPage(dana, part)
    own.close()
    const seen = (await looks(dana)).reverse()
    expect(seen.map(({ who, agency, whom, about }) => [who, agency, whom, about.section, about.via])).toEqual([
      ['Adeyemi', 'school', 'Dana', 'education', 'live'],
      ['Adeyemi', 'school', 'Dana', 'education', 'plan'],
      ['Adeyemi', 'school', 'Dana', 'education', 'history'],
      ['Dana', null, 'Dana', 'education', 'live'],
    ])
    expect(seen[0]!.about.openedBy).toMatch(/^[0-9a-f]{24}$/)
    expect(seen[3]!.about.openedBy).toBeNull()
  })

  it('[RC8] is refused where it cannot be recorded', async () => {
    vi.spyOn(recordModel(app.app.parts.db), 'create').mockRejectedValue(new Error('the database is away'))
    expect(await refusal(readPart(adeyemi))).toBe('record/unavailable')
    const page = await startPage(adeyemi, undefined, part)
    await page.until(({ closeCode }) => closeCode !== undefined)
    expect(page.closeCode).toBe(4504)
    page.close()
  })

  it('[RC9] somebody else of the family does not learn from the record that there is such a part', async () => {
    expect(await looks(lee)).toEqual([])
    expect((await looks(dana)).length).toBeGreaterThan(0)
  })
})
