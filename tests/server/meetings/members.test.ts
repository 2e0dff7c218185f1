import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { admitted, guest, refusal, staff, type Someone } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

let app: TestApp
let wren: Someone
let familyId: string

beforeAll(async () => {
  app = await startTestApp()
  wren = await staff(app, 'Wren')
})
afterAll(() => app.close())

const params = () => ({ meetingId: wren.meetingId })
const members = (someone = wren) => someone.call('listMembers', { params: params() })
const memberOf = async (someone: Someone) => (await someone.read()).me.memberId!

async function meets(): Promise<void> {
  familyId = (await wren.createFamily()).id
  await wren.createMeeting({ familyId })
}

async function atDoor(name: string, someone = guest(app, name)): Promise<Someone> {
  await someone.join((await wren.read()).joining!.code!)
  return someone
}

function letIn(
  { participantId }: Someone,
  memberId: string | null | undefined,
  role: 'family' | 'observer' = 'family',
) {
  const body = memberId === undefined ? { role } : { role, memberId }
  return wren.call('admit', { params: { ...params(), participantId }, body })
}

const keepApart = (one: string, from: string, apart = true, by = wren) =>
  by.call('keepApart', { params: { ...params(), memberId: one }, body: { from, apart } })

async function recorded(what: string): Promise<unknown[]> {
  await app.app.parts.record.settled()
  const rows = await app.app.parts.db.collection('record').find({ chain: familyId }).toArray()
  const entries = rows.map(({ entry }) => JSON.parse(entry as string) as { what: string; about: unknown })
  return entries.filter((entry) => entry.what === what).map(({ about }) => about)
}

describe('the same person again', () => {
  it('[ME64] is whom the facilitator says, also from an earlier meeting; the name alone makes somebody new', async () => {
    await meets()
    const dana = await admitted(wren, 'Dana')
    const id = await memberOf(dana)
    await wren.createMeeting({ familyId })
    const other = await atDoor('Dana')
    expect((await members()).members).toMatchObject([{ memberId: id, name: 'Dana', inside: false, sameBrowser: [] }])
    expect((await letIn(other, undefined)).memberId).not.toBe(id)
    const again = await atDoor('D.')
    expect((await letIn(again, id)).memberId).toBe(id)
    expect(await recorded('admitted-as-same-member')).toEqual([{ participantId: again.participantId, memberId: id }])
    const page = await again.enter()
    await page.until('people:changed', ({ people }) => people.filter((one) => one.memberId === id).length === 1)
    page.close()
  })

  it('[ME64] is never somebody of another family, nor changed for who is inside; only who leads is asked', async () => {
    await meets()
    const stranger = await memberOf(await admitted(wren, 'Ada'))
    await meets()
    const dana = await admitted(wren, 'Dana')
    const rosa = await admitted(wren, 'Rosa')
    const waiting = await atDoor('Ada')
    expect(await refusal(letIn(waiting, stranger))).toBe('request/invalid')
    expect(await refusal(letIn(waiting, await memberOf(dana), 'observer'))).toBe('request/invalid')
    expect(await refusal(letIn(rosa, await memberOf(dana)))).toBe('request/invalid')
    expect(await refusal(members(dana))).toBe('access/denied')
    expect(await refusal(members(waiting))).toBe('access/waiting')
  })

  it('[ME64] is shown where a browser was here before, and may be somebody new on it', async () => {
    await meets()
    const phone = await admitted(wren, 'Dana')
    const id = await memberOf(phone)
    await wren.remove(phone)
    await atDoor('Rosa', phone)
    expect((await members()).members[0]!.sameBrowser).toEqual([phone.participantId])
    const rosa = await letIn(phone, null)
    expect(rosa.memberId).not.toBe(id)
  })

  it('[ME65] is not shown on the second screen where the first is not; the first hears of the second', async () => {
    await meets()
    const dana = await admitted(wren, 'Dana')
    const rosa = await admitted(wren, 'Rosa')
    const id = await memberOf(dana)
    await wren.call('hide', {
      params: { ...params(), participantId: dana.participantId },
      body: { hidden: true },
    })
    const first = await dana.enter()
    const second = await atDoor('Dana')
    expect(await letIn(second, id)).toMatchObject({ memberId: id, hidden: true })
    await first.until('people:changed', ({ people }) => people.some((one) => one.id === second.participantId))
    expect((await rosa.people()).map(({ name }) => name)).toEqual(['Wren', 'Rosa'])
    await wren.call('hide', {
      params: { ...params(), participantId: second.participantId },
      body: { hidden: false },
    })
    expect((await rosa.people()).filter(({ name }) => name === 'Dana')).toHaveLength(2)
    first.close()
  })

  it('[ME66] is known after the next start whom an older OurPlan let in, by the browser, and only once', async () => {
    await meets()
    const dana = await admitted(wren, 'Dana')
    const observer = await admitted(wren, 'Ola', 'observer')
    await wren.createMeeting({ familyId })
    await atDoor('Dana', dana)
    await letIn(dana, undefined)
    const rows = app.app.parts.db.collection('participants')
    await rows.updateMany({}, { $unset: { memberId: '' } })
    await app.app.parts.members.knowAgain()
    const known = (await rows.find({ name: { $exists: true } }).toArray()).filter((row) => row.memberId)
    const danas = known.filter(({ holder }) => holder === known.at(-1)!.holder)
    expect(danas).toHaveLength(2)
    expect(String(danas[0]!.memberId)).toBe(String(danas[1]!.memberId))
    expect(await memberOf(dana)).toBe(String(danas[0]!.memberId))
    expect(known.some(({ _id }) => String(_id) === observer.participantId)).toBe(false)
    const before = JSON.stringify(await rows.find({}).toArray())
    await app.app.parts.members.knowAgain()
    expect(JSON.stringify(await rows.find({}).toArray())).toBe(before)
  })
})

describe('two who must not meet', () => {
  it('[ME67] are not let into one meeting, as whatever they come, until that is taken back; neither hears of it', async () => {
    await meets()
    const dana = await admitted(wren, 'Dana')
    const lee = await admitted(wren, 'Lee')
    const [one, other] = [await memberOf(dana), await memberOf(lee)]
    await keepApart(one, other)
    await keepApart(other, one)
    expect((await members()).apart).toHaveLength(1)
    await wren.createMeeting({ familyId })
    await atDoor('Dana', dana)
    await letIn(dana, undefined)
    const page = await dana.enter()
    await page.until('people:changed')
    await atDoor('Lee', lee)
    const elsewhere = await atDoor('L.')
    for (const role of ['family', 'observer'] as const)
      expect(await refusal(letIn(lee, undefined, role)), role).toBe('participant/apart')
    expect(await refusal(letIn(elsewhere, other))).toBe('participant/apart')
    expect((await lee.read()).me.state).toBe('waiting')
    expect(JSON.stringify([page.heard, await dana.people(), await dana.read()])).not.toMatch(/Lee|apart/)
    page.close()
    await keepApart(other, one, false)
    expect(await letIn(lee, undefined)).toMatchObject({ state: 'admitted', memberId: other })
  })

  it('[ME67] only a facilitator of the team says so, of people of the family', async () => {
    await meets()
    const dana = await memberOf(await admitted(wren, 'Dana'))
    const lee = await memberOf(await admitted(wren, 'Lee'))
    const ames = await staff(app, 'Ames')
    await ames.join((await wren.read()).joining!.code!, { role: 'facilitator' })
    await wren.admit(ames, 'facilitator')
    expect(await refusal(keepApart(dana, lee, true, ames))).toBe('access/denied')
    expect((await members(ames)).apart).toBeNull()
    expect(await refusal(keepApart(dana, dana))).toBe('participant/not-found')
    expect(await refusal(keepApart(dana, '507f1f77bcf86cd799439011'))).toBe('participant/not-found')
  })

  it('[ME68] a plan of a meeting that one of them was in does not come along without a warning', async () => {
    await meets()
    const dana = await memberOf(await admitted(wren, 'Dana'))
    const lee = await memberOf(await admitted(wren, 'Lee'))
    await wren.call('makeVersion', { params: params(), body: { kind: 'sealed', label: 'Sealed', basedOn: 0 } })
    const last = async () => (await wren.call('readFamily', { params: { familyId } })).lastSealed
    expect(await last()).toMatchObject({ chain: 1, apart: false })
    await keepApart(dana, lee)
    expect(await last()).toMatchObject({ chain: 1, apart: true })
  })
})
