import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { choose } from '../../../shared/plan'
import { seedDemo } from '../../../server/demo/seedDemo'
import { Someone } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

const seed = (parts = app.app.parts) => seedDemo(parts, 'http://192.0.2.7:3000')

async function signIn(email: string): Promise<Someone> {
  const someone = new Someone(app, email)
  await someone.call('signIn', { body: { email, password: 'ourplan-demo-only' } })
  return someone
}

/** Everything a facilitator can see of the demo. */
async function look() {
  const wren = await signIn('wren@demo.ourplan')
  const { families } = await wren.call('listFamilies')
  const { meetings } = await wren.call('listMeetings')
  const params = { meetingId: meetings[0]!.id }
  const plan = await wren.call('readPlan', { params })
  const { people } = await wren.call('listPeople', { params })
  const { versions } = await wren.call('listVersions', { params })
  return { wren, families, meetings, plan, people, versions, params }
}

describe('the demo families', () => {
  it('[ME40] are there after the first start: people, meeting, plan and a copy of it', async () => {
    const demo = await seed()
    expect(demo.password).toBe('ourplan-demo-only')
    expect(demo.people.map(({ name }) => name)).toEqual([
      'Wren',
      'Ames',
      'Sol',
      'Nye',
      'Quill',
      'Marsh',
      'Adeyemi',
      'Park',
      'Stone',
      'Admin',
    ])
    expect(demo.meetings).toHaveLength(1)
    expect(demo.meetings[0]!.joinUrl).toMatch(/^http:\/\/192\.0\.2\.7:3000\/j\/[2-9A-Z]{8}$/)
    const { meetings, families, plan, people, versions } = await look()
    expect(families).toMatchObject([{ name: 'Miles’s family', language: 'en' }])
    expect(meetings).toMatchObject([
      { kind: 'tdm', startsAt: '2027-03-02T18:00:00.000Z', timeZone: 'America/Los_Angeles', leadName: 'Wren' },
    ])
    expect(plan.question).not.toBe('')
    expect(plan.goals).toHaveLength(2)
    expect(plan.actions.map(({ words }) => words)).toContain('Rosa sleeps over on school nights.')
    expect(plan.actions[0]!.column).toBe('family')
    for (const action of plan.actions.filter(({ column }) => column !== 'family')) {
      expect(action.who, action.words).not.toBe('')
      expect(action.due, action.words).toMatch(/^2027-03-/)
    }
    const quill = people.find(({ name }) => name === 'Quill')!
    expect(quill).toMatchObject({ role: 'agency', agency: 'child-welfare', state: 'admitted' })
    expect(plan.actions.filter(({ who }) => who === 'Quill').every(({ whoId }) => whoId === quill.id)).toBe(true)
    expect(versions).toMatchObject([{ label: 'Before the meeting', number: 1, madeBy: 'Wren' }])
  })

  it('[ME40] open to everybody who is named, with the one password', async () => {
    const { people } = await seed()
    for (const { email, name } of people) {
      const { person } = await (await signIn(email)).call('whoAmI')
      expect(person?.name).toBe(name)
    }
    const { meetings } = await (await signIn('quill@demo.ourplan')).call('listMeetings')
    expect(meetings).toMatchObject([{ familyName: 'Miles’s family', state: 'admitted' }])
  })

  it('[ME40] are never there twice, and what people changed stays', async () => {
    await seed()
    const before = await look()
    const [action] = before.plan.actions
    await app.app.parts.livePlans.edit(before.params.meetingId, before.people[0]!.id, (doc) =>
      choose(doc, 'actions', action!.id, { removed: true, who: 'Rosa' }),
    )
    const marsh = before.people.find(({ name }) => name === 'Marsh')!
    await before.wren.call('remove', { params: { ...before.params, participantId: marsh.id } })
    await seed()
    const after = await look()
    expect(after.families).toEqual(before.families)
    expect(after.meetings).toHaveLength(1)
    expect(after.plan.actions.length).toBe(before.plan.actions.length)
    expect(after.plan.actions[0]).toMatchObject({ removed: true, who: 'Rosa' })
    expect(after.people.map(({ name }) => name)).not.toContain('Marsh')
    expect(after.versions).toEqual(before.versions)
  })
})

describe('a first start of the demo that is cut off', () => {
  beforeAll(async () => {
    await app.close()
    app = await startTestApp()
  })

  it('[ME40] is made whole by the next start, wherever the first was cut off', async () => {
    // Every step the seed asks for in turn, cut off at each of them.
    let cutAt = 0
    for (let done = false; !done; cutAt += 1) {
      let steps = 0
      const cut = <T extends object>(part: T): T =>
        new Proxy(part, {
          get(target, name) {
            const value: unknown = Reflect.get(target, name)
            if (typeof value !== 'function') return value
            return (...given: unknown[]) => {
              if (steps >= cutAt) throw new Error('cut off')
              steps += 1
              return (value as (...given: unknown[]) => unknown).apply(target, given)
            }
          },
        })
      const { parts } = app.app
      const cutParts = {
        ...parts,
        people: cut(parts.people),
        families: cut(parts.families),
        meetings: cut(parts.meetings),
        livePlans: cut(parts.livePlans),
        versions: cut(parts.versions),
        admission: cut(parts.admission),
      }
      done = await seed(cutParts).then(
        () => true,
        () => false,
      )
    }
    expect(cutAt).toBeGreaterThan(15)
    const { families, meetings, plan, people, versions } = await look()
    expect([families.length, meetings.length, plan.goals.length, versions.length]).toEqual([1, 1, 2, 1])
    expect(new Set(plan.actions.map(({ words }) => words)).size).toBe(plan.actions.length)
    expect(people.map(({ name }) => name).sort()).toEqual(['Marsh', 'Quill', 'Wren'])
  })
})
