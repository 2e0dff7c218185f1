import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRemoveFamily } from '../../../server/keeping/removeFamily'
import { familyTimes } from '../../../shared/familyTimes'
import type { PollAnswer, TimePoll } from '../../../shared/timePoll'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const FIRST = '2027-03-02T18:00:00.000Z'
const LOCAL = ['2027-03-15T10:00', '2027-03-09T16:30', '2027-03-16T09:00']
const TIMES = ['2027-03-10T00:30:00.000Z', '2027-03-15T17:00:00.000Z', '2027-03-16T16:00:00.000Z']

describe('times to choose from', () => {
  let app: TestApp
  let wren: Someone
  let dana: Someone
  let familyId: string
  const params = () => ({ meetingId: wren.meetingId })
  const read = async (who: Someone): Promise<TimePoll | null> => (await who.call('readPoll', { params: params() })).poll
  const offer = async (times = LOCAL, who = wren): Promise<TimePoll> =>
    (await who.call('askPoll', { params: params(), body: { times } })).poll!
  const say = (who: Someone, { id: pollId }: TimePoll, said: (PollAnswer | null)[], whom?: Someone) => {
    const answers = said.flatMap((answer, time) => (answer ? [{ time, answer }] : []))
    return who.call('answerPoll', {
      params: params(),
      body: { pollId, answers, ...(whom ? { for: whom.participantId } : {}) },
    })
  }
  const pick = ({ id: pollId }: TimePoll, time: number, from = FIRST, who = wren) =>
    who.call('leadPoll', { params: params(), body: { step: 'pick', pollId, time, from } })
  const takeBack = ({ id: pollId }: TimePoll, who = wren) =>
    who.call('leadPoll', { params: params(), body: { step: 'take-back', pollId } })
  const namesOf = ({ people }: TimePoll) => people.map(({ name }) => name)

  const NOW = new Date('2027-02-26T17:00:00Z')
  let now = NOW

  beforeAll(async () => {
    app = await startTestApp({ clock: () => now })
    wren = await staff(app, 'Wren')
  })
  afterAll(() => app.close())
  beforeEach(async () => {
    now = NOW
    familyId = (await wren.createFamily()).id
    await wren.createMeeting({ familyId, timeZone: 'America/Los_Angeles', startsAt: FIRST })
    dana = await admitted(wren, 'Dana')
  })

  test('[BE20] who leads offers times on the clock of the room; every page is told, and nobody else offers any', async () => {
    const page = await dana.enter()
    expect(await read(dana)).toBeNull()
    const poll = await offer()
    await page.until('before:changed', ({ of }) => of === 'poll')
    page.close()
    expect(poll.times).toEqual(TIMES)
    expect(await read(dana)).toMatchObject({ state: 'open', by: 'Wren', times: TIMES, mine: [null, null, null] })
    expect(await refusal(offer(LOCAL, dana))).toBe('access/denied')
    expect(await refusal(offer())).toBe('poll/changed')
  })

  test('[BE20] fewer than two, more than eight, one twice, one that is over and an hour no clock shows are refused', async () => {
    const nine = Array.from({ length: 9 }, (_, i) => `2027-03-2${i}T10:00`)
    const [one, two] = LOCAL as [string, string]
    for (const times of [[one], nine, [one, one], [one, '2027-02-26T08:00'], [two, '2027-03-14T02:30']])
      expect(await refusal(offer(times)), times.join()).toBe('request/invalid')
    expect(await read(wren)).toBeNull()
    const both = await Promise.allSettled([offer([one, two]), offer([two, LOCAL[2]!])])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('[BE21] everybody says of each time whether they can come, and says it anew; each reads their own, who leads all, the family first', async () => {
    const [quill, mateo] = [await admitted(wren, 'Quill', 'agency'), await admitted(wren, 'Mateo', 'youth')]
    const poll = await offer()
    await say(quill, poll, ['cannot'])
    await say(dana, poll, ['works', 'cannot', 'if-must'])
    await say(dana, poll, [null, 'if-must'])
    expect(await read(dana)).toMatchObject({ mine: ['works', 'if-must', 'if-must'], people: [], typedBy: null })
    expect(await read(quill)).toMatchObject({ mine: ['cannot', null, null], people: [] })
    expect((await read(wren))!.people).toMatchObject([
      { name: 'Dana', answers: ['works', 'if-must', 'if-must'] },
      { name: 'Mateo', answers: [null, null, null] },
      { name: 'Quill', answers: ['cannot', null, null] },
      { name: 'Wren' },
    ])
    const walter = guest(app, 'Walter')
    await walter.join((await wren.read()).joining!.code!)
    expect(await refusal(read(walter))).toBe('access/waiting')
    expect(await refusal(say(walter, poll, ['works']))).toBe('access/waiting')
    await wren.remove(mateo)
    expect(namesOf((await read(wren))!)).toEqual(['Dana', 'Quill', 'Wren'])
  })

  test('[BE21] two who answer at once are both heard, and a time that is not there is refused', async () => {
    const [rosa, poll] = [await admitted(wren, 'Rosa'), await offer()]
    await Promise.all([say(dana, poll, ['works']), say(rosa, poll, ['cannot']), say(dana, poll, [null, 'works'])])
    const { people } = (await read(wren))!
    expect(people.slice(0, 2).map(({ answers }) => answers)).toEqual([
      ['works', 'works', null],
      ['cannot', null, null],
    ])
    expect(await refusal(say(dana, poll, [null, null, null, 'works']))).toBe('request/invalid')
  })

  test('[BE22] of somebody hidden nobody but who leads learns that they answered', async () => {
    const ben = await admitted(wren, 'Ben')
    await wren.call('hide', { params: { ...params(), participantId: ben.participantId }, body: { hidden: true } })
    const poll = await offer()
    const [danas, wrens] = [await dana.enter(), await wren.enter()]
    await say(ben, poll, ['cannot', 'works'])
    await wrens.until('before:changed')
    // What is asked for in order has come: of the answer Dana’s page heard nothing.
    await wren.call('setNext', { params: params(), body: { at: '2027-05-01T10:00' } })
    await danas.until('meeting:changed')
    expect(danas.heard.filter(({ event }) => event === 'before:changed')).toEqual([])
    for (const page of [danas, wrens]) page.close()
    expect(JSON.stringify(await read(dana))).not.toContain('Ben')
    expect(namesOf((await read(wren))!)).toContain('Ben')
  })

  test('[BE23] which times all of the family can make comes first; whom it wants at its side, and agencies, decide nothing', async () => {
    const people = [
      ['family', ['works', 'if-must', 'works', null]],
      ['youth', ['works', 'works', 'cannot', 'works']],
      ['support', ['cannot', 'cannot', 'cannot', 'cannot']],
      ['agency', ['cannot', 'works', 'works', 'works']],
    ] as const
    const poll = (those: readonly (typeof people)[number][]) => ({
      times: ['a', 'b', 'c', 'd'],
      people: those.map(([role, answers]) => {
        const who = { participantId: 'f'.repeat(24), name: role, agency: null, typedBy: null }
        return { ...who, role, answers: [...answers] }
      }),
    })
    expect(familyTimes(poll(people))).toEqual({ works: [0], ifMust: [1], silent: ['family'], order: [0, 1, 2, 3] })
    expect(familyTimes(poll(people.slice(1)))).toMatchObject({ works: [0, 1, 3], ifMust: [], order: [0, 1, 3, 2] })
    expect(familyTimes(poll(people.slice(2)))).toMatchObject({ works: [], ifMust: [], order: [0, 1, 2, 3] })
  })

  test('[BE24] a pick puts the meeting to that time, and everybody is told; nothing is answered any more', async () => {
    const poll = await offer()
    await say(dana, poll, [null, 'if-must'])
    const page = await dana.enter()
    expect(await refusal(pick(poll, 1, FIRST, dana))).toBe('access/denied')
    expect((await pick(poll, 1)).poll).toMatchObject({ state: 'picked', picked: 1 })
    await page.until('meeting:changed', ({ meeting }) => meeting.startsAt === TIMES[1])
    await page.until('before:changed', ({ of }) => of === 'poll')
    page.close()
    expect((await dana.read()).meeting.startsAt).toBe(TIMES[1])
    expect(await read(dana)).toMatchObject({ state: 'picked', picked: 1, mine: [null, 'if-must', null] })
    expect(await refusal(say(dana, poll, ['works']))).toBe('poll/changed')
    const { lines } = await dana.call('readRecord', { params: params() })
    expect(lines[0]).toMatchObject({ what: 'time-changed', who: 'Wren' })
    expect(await offer()).toMatchObject({ state: 'open', mine: [null, null, null] })
  })

  test('[BE24] of two picks at once one counts; who picks by an old page is told that the time is another', async () => {
    const poll = await offer()
    expect(await refusal(pick(poll, 0, '2027-03-01T18:00:00Z'))).toBe('meeting/time-changed')
    expect(await refusal(pick(poll, 3))).toBe('request/invalid')
    const both = await Promise.allSettled([pick(poll, 0), pick(poll, 1)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await wren.read()).meeting.startsAt).toBe(TIMES[(await read(wren))!.picked!])
  })

  test('[BE24] a time that is over is picked no more', async () => {
    const poll = await offer(['2027-02-26T09:10', ...LOCAL])
    now = new Date(NOW.getTime() + 11 * 60_000)
    expect(await refusal(pick(poll, 0))).toBe('request/invalid')
    expect((await pick(poll, 1)).poll).toMatchObject({ picked: 1 })
  })

  test('[BE25] taken back, the answers are gone and the meeting stays when it is', async () => {
    const poll = await offer()
    await say(dana, poll, ['works'])
    expect(await refusal(takeBack(poll, dana))).toBe('access/denied')
    await takeBack(poll)
    expect(await read(dana)).toMatchObject({ state: 'taken-back', mine: [null, null, null] })
    expect((await wren.read()).meeting.startsAt).toBe(FIRST)
    for (const late of [() => say(dana, poll, ['works']), () => pick(poll, 0), () => takeBack(poll)])
      expect(await refusal(late())).toBe('poll/changed')
  })

  test('[BE26] who leads writes down what somebody told them, and it stands beside it; nobody’s own words are written over', async () => {
    const rosa = await admitted(wren, 'Rosa')
    const poll = await offer()
    await say(wren, poll, ['cannot', 'works'], dana)
    expect(await read(dana)).toMatchObject({ mine: ['cannot', 'works', null], typedBy: 'Wren' })
    expect((await read(wren))!.people[0]).toMatchObject({ name: 'Dana', typedBy: 'Wren' })
    await say(dana, poll, ['works'])
    expect(await read(dana)).toMatchObject({ mine: ['works', 'works', null], typedBy: null })
    expect(await refusal(say(wren, poll, ['cannot'], dana))).toBe('answer/own-phone')
    expect(await refusal(say(rosa, poll, ['cannot'], dana))).toBe('access/denied')
    await wren.remove(rosa)
    expect(await refusal(say(wren, poll, ['cannot'], rosa))).toBe('participant/not-found')
  })

  test('[BE27] behind the curtain and once the meeting has ended nothing is offered, answered or picked', async () => {
    const poll = await offer()
    for (const [phase, code] of [
      ['private', 'meeting/private'],
      ['ended', 'meeting/ended'],
    ] as const) {
      await wren.setPhase(phase)
      for (const one of [offer, () => say(dana, poll, ['works']), () => pick(poll, 0), () => takeBack(poll)])
        expect(await refusal(one()), phase).toBe(code)
      expect(await read(dana)).toMatchObject({ state: 'open' })
      await wren.setPhase('open')
    }
  })

  test('[BE27] no name lies in the database beside the times, another meeting’s are not there, and they go with the family', async () => {
    const poll = await offer()
    await say(wren, poll, ['works'], dana)
    const rows = () => app.app.parts.db.collection('timePolls').find({ familyId }).toArray()
    expect(await rows()).toHaveLength(1)
    expect(JSON.stringify(await rows())).not.toMatch(/Dana|Wren/)
    await wren.createMeeting({ familyId })
    expect(await read(wren)).toBeNull()
    expect(await refusal(pick(poll, 0))).toBe('poll/changed')
    const removal = createRemoveFamily(app.app.parts.db)
    await removal.removeMeetings(familyId)
    await removal.removeWords(familyId)
    expect(await rows()).toEqual([])
  })

  describe('by a link of one’s own', () => {
    const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
    const post = (who: Someone, path: string, form: Record<string, string>) =>
      who.request('POST', path, new URLSearchParams(form).toString(), FORM)
    const page = async (who: Someone, path: string) => (await who.request('GET', path)).text()
    const path = (meetingId = wren.meetingId) => `/f/before/${meetingId}`
    /** Opens a link of theirs in a browser that knows nothing else. */
    async function atHome(person: Someone): Promise<Someone> {
      const { url, code } = await wren.call('makeLink', {
        params: { ...params(), participantId: person.participantId },
        body: { email: null },
      })
      const phone = guest(app, `${person.name} at home`)
      expect((await post(phone, '/f/open', { link: url.split('#')[1]!, code: code! })).status).toBe(303)
      return phone
    }

    test('[BE28] the times are answered on a page without scripts, which tells of the meeting that is to come', async () => {
      const phone = await atHome(dana)
      expect(await page(phone, '/f/plans')).toContain(`href="${path()}?lang=en"`)
      expect(await page(phone, path())).toContain('Nothing is asked of you now.')
      const body = { why: 'removal', event: '2027-03-16', hearing: null, icwa: false } as const
      await wren.call('setClock', { params: params(), body })
      const poll = await offer()
      expect(await page(phone, '/f/plans')).toContain('You are asked when you can come.')
      const asked = await page(phone, `${path()}?lang=es`)
      expect(asked).toContain('martes, 9 de marzo, 16:30')
      expect(asked).toContain('Wren pregunta cuándo puede venir usted.')
      expect(asked.match(/Es después del día límite/g)).toHaveLength(1)
      const [page1, page2] = [await wren.enter(), await dana.enter()]
      const sent = await post(phone, `${path()}?lang=es`, { poll: poll.id, t0: 'works', t2: 'if-must' })
      expect([sent.status, sent.headers.get('location')]).toEqual([303, `${path()}?lang=es&news=saved`])
      for (const heard of [page1, page2]) {
        await heard.until('before:changed')
        heard.close()
      }
      expect(await read(dana)).toMatchObject({ mine: ['works', null, 'if-must'] })
      expect(await page(phone, sent.headers.get('location')!)).toMatch(/name="t0" value="works"\s+checked/)
      await pick(poll, 0)
      expect(await page(phone, path())).toContain('You said: Works for me.')
      const late = await post(phone, path(), { poll: poll.id, t0: 'cannot' })
      expect(await page(phone, late.headers.get('location')!)).toContain('changed just now')
      expect(await read(dana)).toMatchObject({ mine: ['works', null, 'if-must'] })
    })

    test('[BE28] forged answers, other meetings and a link that was ended change nothing; a meeting that is over says so', async () => {
      const phone = await atHome(dana)
      const poll = await offer()
      const forged: Record<string, string>[] = [
        { poll: poll.id, t0: 'always' },
        { poll: poll.id, t7: 'works' },
        { poll: 'x', t0: 'works' },
        { t0: 'works' },
      ]
      for (const form of forged) expect((await post(phone, path(), form)).status).toBe(303)
      const first = wren.meetingId
      await wren.createMeeting({ familyId })
      for (const id of [wren.meetingId, 'f'.repeat(24), 'x']) {
        expect((await phone.request('GET', path(id))).headers.get('location')).toBe('/f/plans')
        expect((await post(phone, path(id), { poll: poll.id, t0: 'works' })).status).toBe(303)
      }
      wren.meetingId = first
      expect((await read(wren))!.people[0]!.answers).toEqual([null, null, null])
      await wren.setPhase('ended')
      expect(await page(phone, '/f/plans')).not.toContain(path())
      expect(await page(phone, path())).toContain('This meeting is over.')
      await post(phone, path(), { poll: poll.id, t0: 'works' })
      await wren.setPhase('open')
      expect((await read(wren))!.people[0]!.answers).toEqual([null, null, null])
      await wren.remove(dana)
      expect((await phone.request('GET', path())).headers.get('location')).toBe('/f/plans')
      expect((await guest(app, 'Nobody').request('GET', path())).headers.get('location')).toBe('/f')
    })

    test('[BE65] what one needs to be able to come is said there too; who leads hears it, and who sees to it stands beside it', async () => {
      const phone = await atHome(dana)
      const heard = await wren.enter()
      const say = (form: Record<string, string>) => post(phone, `${path()}/needs?lang=en`, form)
      const sent = await say({ kind: 'ride', words: 'From <b>Elm Street</b>' })
      await heard.until('answers:changed', ({ of }) => of === 'needs')
      heard.close()
      const shown = await page(phone, sent.headers.get('location')!)
      expect(shown).toContain('From &lt;b&gt;Elm Street&lt;/b&gt;')
      expect(shown).toContain('Wren has it on the list.')
      const { needs } = await wren.call('listNeeds', { params: params() })
      expect(needs).toMatchObject([{ kind: 'ride', name: 'Dana', typedBy: null }])
      const body = { act: 'take', whom: null } as const
      await wren.call('changeNeed', { params: { ...params(), needId: needs[0]!.id }, body })
      expect(await page(phone, path())).toContain('Wren sees to it.')
      const lacking = await say({ kind: 'interpreter', words: ' ' })
      const again = await page(phone, lacking.headers.get('location')!)
      expect(again).toContain('Which language, exactly?')
      expect(again).toMatch(/value="interpreter"\s+selected/)
      await say({ kind: 'money', words: 'x' })
      await say({ kind: 'other', words: 'x'.repeat(201) })
      await wren.setPhase('ended')
      await say({ kind: 'ride', words: '' })
      await wren.setPhase('open')
      expect((await wren.call('listNeeds', { params: params() })).needs).toHaveLength(1)
      expect(await page(await atHome(await admitted(wren, 'Rosa')), path())).not.toContain('Elm Street')
    })
  })
})
