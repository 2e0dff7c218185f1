import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refusal, staff, type Someone } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

describe('the team of a family', () => {
  let app: TestApp
  let wren: Someone
  let nye: Someone
  let quill: Someone
  let familyId: string
  let count = 0
  beforeAll(async () => {
    app = await startTestApp()
  })
  beforeEach(async () => {
    count += 1
    ;[wren, nye, quill] = [
      await staff(app, `Wren ${count}`),
      await staff(app, `Nye ${count}`),
      await staff(app, `Quill ${count}`, { duty: 'agency', agency: 'school' }),
    ]
    familyId = (await wren.createFamily()).id
  })
  afterAll(() => app.close())

  const add = (by: Someone, email: string) => by.call('addToTeam', { params: { familyId }, body: { email } })
  const remove = (by: Someone, who: Someone) =>
    by.call('removeFromTeam', { params: { familyId, staffId: who.person!.id } })
  const team = async (by: Someone) => (await by.call('listTeam', { params: { familyId } })).team.map(({ name }) => name)

  it('[SA20] Wren adds a colleague by email; from then on the family is there for him too', async () => {
    expect(await team(wren)).toEqual([wren.name])
    expect(await refusal(nye.call('readFamily', { params: { familyId } }))).toBe('family/not-found')
    await add(wren, ` ${nye.person!.email.toUpperCase()} `)
    await add(wren, nye.person!.email)
    expect(await team(nye)).toEqual([nye.name, wren.name])
    expect((await nye.call('readFamily', { params: { familyId } })).family.name).toBe('Miles’s family')
  })

  it('[SA20] who does not work with the family learns nothing of its team, and changes nothing', async () => {
    for (const ask of [() => team(nye), () => add(nye, nye.person!.email), () => remove(nye, wren)]) {
      expect(await refusal(ask())).toBe('family/not-found')
    }
    expect(await refusal(team(quill))).toBe('access/denied')
  })

  it('[SA22] an email of nobody and one of a closed account get the same answer, and few are heard', async () => {
    const admin = await staff(app, `Admin ${count}`, { duty: 'admin' })
    const body = { duty: 'facilitator', agency: null, disabled: true } as const
    await admin.call('changeAccount', { params: { staffId: nye.person!.id }, body })
    expect(await refusal(add(wren, nye.person!.email))).toBe('team/nobody')
    for (let i = 0; i < 19; i += 1) expect(await refusal(add(wren, `nobody${i}@example.org`))).toBe('team/nobody')
    expect(await refusal(add(wren, 'nobody@example.org'))).toBe('request/too-many')
  })

  it('[SA21] who is taken out sees nothing of the family any more, and their pages close within a second', async () => {
    await add(wren, nye.person!.email)
    const meeting = await wren.createMeeting({ familyId, carryOver: false })
    nye.meetingId = meeting.id
    await nye.join((await wren.read()).joining!.code!, { role: 'facilitator' })
    await wren.admit(nye, 'facilitator')
    const page = await nye.enter()
    const started = Date.now()
    await remove(wren, nye)
    await page.closed
    expect(Date.now() - started).toBeLessThan(1_000)
    expect(await refusal(nye.read())).toBe('access/removed')
    expect(await refusal(nye.call('readFamily', { params: { familyId } }))).toBe('family/not-found')
    expect(await team(wren)).toEqual([wren.name])
  })

  it('[SA21] what they led alone, whoever takes them out leads from then on', async () => {
    await add(wren, nye.person!.email)
    await wren.createMeeting({ familyId, carryOver: false })
    await remove(nye, wren)
    nye.meetingId = wren.meetingId
    expect((await nye.read()).me).toMatchObject({ role: 'facilitator', state: 'admitted', name: nye.name })
    expect(await refusal(wren.read())).toBe('access/removed')
  })

  it('[SA21] nobody leaves a meeting without a lead, or a family without anybody who can open it', async () => {
    expect(await refusal(remove(wren, wren))).toBe('team/last')
    await add(wren, quill.person!.email)
    expect(await refusal(remove(wren, wren))).toBe('team/last')
    await remove(wren, quill)
    await add(wren, nye.person!.email)
    await wren.createMeeting({ familyId, carryOver: false })
    expect(await refusal(remove(wren, wren))).toBe('team/leads')
    expect((await wren.read()).me.role).toBe('facilitator')
  })

  it('[SA21] of two who take each other out at once one is left', async () => {
    await add(wren, nye.person!.email)
    const tries = await Promise.allSettled([remove(wren, nye), remove(nye, wren)])
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})
