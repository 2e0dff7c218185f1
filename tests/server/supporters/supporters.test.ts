import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { admitted, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const COACH = { name: 'Dee', relation: 'My basketball coach', reach: '555-0100-2747' }

describe('supporters', () => {
  let app: TestApp
  let nye: Someone
  let jules: Someone
  let ada: Someone
  const params = () => ({ meetingId: nye.meetingId })
  const list = async (someone: Someone) => (await someone.call('listSupporters', { params: params() })).supporters
  const wish = async (someone: Someone, words: Partial<typeof COACH> = {}) =>
    (await someone.call('wishSupporter', { params: params(), body: { ...COACH, ...words } })).supporters.at(-1)!
  const takeBack = (someone: Someone, { id }: { id: string }) =>
    someone.call('takeBackSupporter', { params: { ...params(), supporterId: id } })
  const mark = (someone: Someone, { id }: { id: string }, asked = true) =>
    someone.call('markSupporter', { params: { ...params(), supporterId: id }, body: { asked } })

  beforeAll(async () => {
    app = await startTestApp()
    nye = await staff(app, 'Nye')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    await nye.createMeeting()
    jules = await admitted(nye, 'Jules', 'youth')
    ada = await admitted(nye, 'Ada')
  })

  test('[BE40] the family names whom it wants at its side; each sees their own wishes, who leads sees all, and they lie encrypted', async () => {
    await wish(jules)
    const mos = await wish(ada, { name: 'Mo', relation: 'Our neighbor', reach: '' })
    expect(await list(jules)).toMatchObject([{ ...COACH, by: 'Jules', mine: true, asked: null }])
    expect(await list(ada)).toMatchObject([{ id: mos.id, name: 'Mo', mine: true }])
    expect(await list(nye)).toMatchObject([
      { name: 'Dee', by: 'Jules', mine: false },
      { name: 'Mo', by: 'Ada', mine: false },
    ])
    for (const [name, role] of [
      ['Mo', 'support'],
      ['Kim', 'agency'],
      ['Vega', 'interpreter'],
    ] as const) {
      const other = await admitted(nye, name, role)
      expect(await refusal(list(other)), name).toBe('access/denied')
      expect(await refusal(wish(other)), name).toBe('access/denied')
    }
    expect(await refusal(wish(nye))).toBe('access/denied')
    const rows = await app.app.parts.db.collection('supporters').find({ meetingId: nye.meetingId }).toArray()
    expect(JSON.stringify(rows)).not.toMatch(/basketball|0100-2747|neighbor|Jules/)
  })

  test('[BE41] young people name two of their own, at the same moment too; a wish is taken back by whoever has it alone, and nothing is kept of it', async () => {
    const asked = ['Dee', 'Mo', 'Lee'].map((name) =>
      wish(jules, { name }).then(
        () => 'done',
        ({ code }: { code: string }) => code,
      ),
    )
    expect((await Promise.all(asked)).sort()).toEqual(['done', 'done', 'supporter/enough'])
    const [first] = await list(jules)
    for (const other of [ada, nye]) {
      expect(['supporter/not-found', 'access/denied']).toContain(await refusal(takeBack(other, first!)))
    }
    await takeBack(jules, first!)
    expect(await list(nye)).toHaveLength(1)
    await wish(jules, { name: 'Lee' })
    expect(await app.app.parts.db.collection('supporters').countDocuments({ meetingId: nye.meetingId })).toBe(2)
  })

  test('[BE42] who leads says that somebody was asked to come, which the one who wishes sees; nobody else can', async () => {
    const dee = await wish(jules)
    const page = await jules.enter()
    expect(await refusal(mark(jules, dee))).toBe('access/denied')
    await mark(nye, dee)
    await page.until('answers:changed', ({ of }) => of === 'needs')
    page.close()
    expect((await list(jules))[0]!.asked).toMatchObject({ by: 'Nye' })
    await mark(nye, dee, false)
    expect((await list(jules))[0]!.asked).toBeNull()
    await nye.createMeeting()
    expect(await refusal(mark(nye, dee))).toBe('supporter/not-found')
  })

  test('[BE43] once the meeting has ended the wishes stand as they are', async () => {
    const dee = await wish(jules)
    await nye.setPhase('ended')
    expect(await list(jules)).toHaveLength(1)
    for (const late of [() => wish(jules), () => takeBack(jules, dee), () => mark(nye, dee)])
      expect(await refusal(late())).toBe('meeting/ended')
  })
})
