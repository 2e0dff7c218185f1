import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../../server/config'
import { readKindsFile } from '../../../server/stages/readKindsFile'
import { MEETING_KINDS } from '../../../shared/meetingKinds'
import { refusal, staff } from '../../support/people'
import { startTestApp } from '../../support/startTestApp'

const both = (en: string) => ({ en, es: `${en} (es)` })
const STAGE = {
  id: 'opening',
  name: both('Opening'),
  now: both('opening the circle'),
  minutes: 15,
  about: ['purpose'],
  wall: 'rules',
  types: 'everybody',
  asks: [both('What brought you here?')],
}
const CIRCLE = { id: 'family-circle', name: both('Family circle'), rules: [both('One speaks.')], stages: [STAGE] }
const text = (kinds: unknown) => JSON.stringify(kinds, null, 2)
const problem = (kinds: unknown) => {
  try {
    readKindsFile(typeof kinds === 'string' ? kinds : text(kinds))
  } catch (error) {
    return (error as Error).message
  }
  return 'no problem'
}
/** The file with one thing in it that is wrong. */
const wrong = (words: object) => [
  CIRCLE,
  { ...CIRCLE, id: 'other-circle', stages: [STAGE, { ...STAGE, id: 'two', ...words }] },
]

describe('a county’s own kinds of meetings', () => {
  let folder: string
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'ourplan-kinds-'))))
  afterAll(() => rm(folder, { recursive: true }))

  it('[MT2] can be read as it is written, and as what OurPlan brings', () => {
    expect(readKindsFile(text([CIRCLE]))).toEqual([CIRCLE])
    const ours = MEETING_KINDS.map((kind) => ({ ...kind, id: `our-${kind.id}` }))
    expect(readKindsFile(text(ours))).toEqual(ours)
  })

  it.each([
    [wrong({ minutes: 0 }), /^line \d+, kind "other-circle", stage 2, minutes: .*1 to 240/],
    [wrong({ minutes: 'ten' }), /stage 2, minutes: must be a whole number of minutes/],
    [wrong({ about: ['lunch'] }), /stage 2, chapter 1: must be one of purpose, strengths/],
    [wrong({ name: { en: 'Two' } }), /stage 2, name, es: is missing/],
    [wrong({ asks: [both('Yes?'), { en: '', es: 'Sí' }] }), /stage 2, question 2, en: is empty/],
    [wrong({ colour: 'red' }), /stage 2: "colour" is not known here/],
    [wrong({ id: 'opening' }), /stage 2, id: "opening" stands here twice/],
    [[{ ...CIRCLE, id: 'tdm' }], /^line 3, kind "tdm", id: there is a kind "tdm" already/],
    [{ kinds: [] }, /^line 1: must be a list/],
    ['[{"id": "x",, }]', /^line 1: this is not JSON/],
  ])('[MT2] is refused with the line, the kind and what would be right (%#)', (kinds, words) => {
    expect(problem(kinds)).toMatch(words)
  })

  it('[BE47] names the agencies that should sit there, as OurPlan’s own do', () => {
    const [first] = readKindsFile(text([{ ...CIRCLE, seats: ['school', 'housing'] }]))
    expect(first!.seats).toEqual(['school', 'housing'])
    expect(problem([{ ...CIRCLE, seats: ['bakery'] }])).toMatch(/seat 1: must be one of child-welfare/)
    expect(MEETING_KINDS.find(({ id }) => id === 'tdm')!.seats).toContain('calworks')
  })

  it('[MT2] counts lines as an editor does', () => {
    const lines = text(wrong({ minutes: 999 })).split('\n')
    expect(problem(wrong({ minutes: 999 }))).toMatch(
      new RegExp(`^line ${lines.findIndex((line) => line.includes('999')) + 1},`),
    )
  })

  it('[MT2] stops the start when its file cannot be used, and says which file', async () => {
    const file = join(folder, 'kinds.json')
    await writeFile(file, text(wrong({ minutes: 0 })))
    expect(() => readConfig({ OURPLAN_MEETING_KINDS: file })).toThrow(/kinds\.json: line \d+, kind "other-circle"/)
    expect(() => readConfig({ OURPLAN_MEETING_KINDS: join(folder, 'none.json') })).toThrow(
      /none\.json: it cannot be read/,
    )
    await writeFile(file, text([CIRCLE]))
    expect(readConfig({ OURPLAN_MEETING_KINDS: file }).meetingKinds).toEqual([CIRCLE])
  })

  it('[MT2] can be chosen for a new meeting, are named everywhere, and leave their meetings readable when they are gone', async () => {
    const app = await startTestApp({ config: { meetingKinds: readKindsFile(text([CIRCLE])) } })
    const wren = await staff(app, 'Wren')
    expect((await wren.call('listKinds')).kinds.at(-1)).toEqual({ id: 'family-circle', name: both('Family circle') })
    expect((await wren.createMeeting({ kind: 'family-circle' })).kindName).toEqual(both('Family circle'))
    const params = { meetingId: wren.meetingId }
    const body = { from: null, to: 'opening' }
    expect((await wren.call('setStage', { params, body })).stage!.name).toEqual(both('Opening'))
    expect((await wren.call('listMeetings')).meetings[0]!.kindName).toEqual(both('Family circle'))
    expect(await refusal(wren.createMeeting({ kind: 'unheard-of' }))).toBe('request/invalid')
    await app.app.parts.db.collection('meetings').updateMany({}, { $set: { kind: 'gone' } })
    expect((await wren.read()).meeting.kindName).toEqual({ en: 'Meeting', es: 'Reunión' })
    expect((await wren.call('readAgenda', { params })).stages.length).toBeGreaterThan(0)
    await app.close()
  })
})
