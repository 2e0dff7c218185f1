import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../../../shared/api'
import { KINDS, type Plan, type PlanItem, SAID_ROOTS } from '../../../shared/plan'
import { findRelativeAid } from '../../../shared/relativeAid'
import { daysLate } from '../../../shared/ruleClocks'
import type { RecordEntry } from '../../../shared/record'
import type { Version } from '../../../shared/version'
import { DEMO_PASSWORD } from '../../../server/demo/demoPeople'
import { recordModel } from '../../../server/record/recordModel'
import { releaseModel } from '../../../server/releases/releaseModel'
import { Someone } from '../../support/people'
import { seedDemoIn } from '../../support/seedDemoIn'
import { startTestApp, type TestApp } from '../../support/startTestApp'

// What is expected here was written by hand from the story of the three families, not from the data.

type Comparison = Answer<'compareVersions'>

let app: TestApp

/** A family as one of its people reads it. */
interface Told {
  reader: Someone
  /** What was sealed, the earliest first. */
  versions: Version[]
}

async function read(email: string): Promise<Told> {
  const reader = new Someone(app, email)
  await reader.call('signIn', { body: { email, password: DEMO_PASSWORD } })
  const { families } = await reader.call('listFamilies')
  const params = { familyId: families[0]!.id }
  const { versions } = await reader.call('listFamilyVersions', { params })
  const sealed = versions.filter(({ kind }) => kind === 'sealed')
  const whole = await Promise.all(sealed.map(({ id }) => reader.call('readVersion', { params: { versionId: id } })))
  return { reader, versions: whole.sort((a, b) => a.seal!.chain - b.seal!.chain) }
}

async function readOpenMeeting({ reader }: Told) {
  const { meetings } = await reader.call('listMeetings')
  const params = { meetingId: meetings.find(({ phase }) => phase === 'open')!.id }
  const { versions } = await reader.call('listVersions', { params })
  return { plan: await reader.call('readPlan', { params }), versions }
}

/** The hours of something that takes place by weeks. */
function hoursOf(item: PlanItem): string {
  if (!('starts' in item) || !item.starts) return ''
  return `${item.days} ${[item.starts, item.ends].filter(Boolean).join('–')}`
}
const saying = (item: PlanItem) => [item.words, hoursOf(item)].filter(Boolean).join(' ')

/** What a comparison says, a line for each thing. */
function linesOf({ diff }: Comparison): string[] {
  const items = diff.items.flatMap(({ what, before, after }) => {
    if (what.length === 0) return []
    const day = after && 'closedOn' in after && after.closedOn ? ` (${after.closedOn})` : ''
    const words = what.includes('changed') ? `${saying(before!)} → ${saying(after!)}` : after!.words
    return [`${what.join(', ')}: ${words}${day}`]
  })
  return [...diff.texts.map(({ root, before, after }) => `${root}: ${before} → ${after}`), ...items]
}

async function changes({ reader, versions }: Told, to: number): Promise<string[]> {
  const params = { versionId: versions[to - 1]!.id }
  return linesOf(await reader.call('compareVersions', { params, query: { from: versions[to - 2]!.id } }))
}

/** Every word that can be read in a plan, with whose and when. */
function readable(plan: Plan): string {
  const items = KINDS.flatMap((kind) => (plan[kind] as PlanItem[]).filter(({ removed }) => !removed))
  const lines = items.map((item) => {
    const more = item as { who?: string; day?: string | null; due?: string | null; where?: string; closedOn?: string }
    return [more.who, item.words, hoursOf(item), more.where, more.day, more.due, more.closedOn]
      .filter(Boolean)
      .join(' · ')
  })
  return [...SAID_ROOTS.map((root) => plan[root]), ...lines].join('\n')
}

/** Facts of the story, each with the words in which a version says it. */
function expectFacts(plan: Plan, facts: Record<string, string>): void {
  const text = readable(plan)
  for (const [fact, words] of Object.entries(facts)) expect(text, fact).toContain(words)
}

const peopleOf = ({ people }: Version) =>
  people.map(({ name, role, agency }) => `${name}, ${role}${agency ? ` ${agency}` : ''}`)

beforeAll(async () => {
  app = await startTestApp()
  await seedDemoIn(app)
  // A busy machine tells the whole demo slowly.
}, 180_000)
afterAll(() => app.close())

describe('the Alder family', () => {
  let alder: Told
  beforeAll(async () => {
    alder = await read('wren@demo.ourplan')
  })

  it('[ME43] met twice and sealed what it said, at the hours of the story, with the people of the story', () => {
    expect(alder.versions.map(({ madeAt, label }) => `${madeAt} ${label}`)).toEqual([
      '2027-03-02T19:40:00.000Z Miles stays at home',
      '2027-04-13T21:10:00.000Z Never in two places at once',
    ])
    const people = [
      'Wren, facilitator',
      'Dana, family',
      'Rosa, family',
      'Quill, agency child-welfare',
      'Marsh, agency calworks',
      'Lund, agency school',
      'Ortiz, agency housing',
      'Chen, agency mental-health',
    ]
    for (const version of alder.versions) expect(peopleOf(version)).toEqual(people)
  })

  it('[ME44] says everything that is told of 2 March in version 1', () => {
    expectFacts(alder.versions[0]!.plan, {
      'removal question': 'Can Miles stay at home with Dana and be safe there?',
      'Dana is his mother': 'Dana, his mother',
      'Miles is 4': 'Miles, who is four',
      'aunt Rosa': 'His aunt Rosa',
      'strength: kept bedtime during outage': 'Dana · Dana kept Miles’s bedtime when the power was out. · 2027-03-02',
      'worry: unlit flat': 'Our flat has no light.',
      'worry: untreated depression': 'I feel very low, and nobody has helped me with it yet.',
      'worry: less money, in Dana’s words': 'The money does not last to the end of the month.',
      'Miles stays, aunt sleeps over': 'Miles stays at home',
      'scores 6/7/4': 'on 2 March we said 6, 7 and 4',
      'Quill dissents on length': 'Quill · I want Miles to stay, too. I cannot agree on how long',
      'parenting Tue 10:00–12:00': 'Quill · Parenting class. · tu 10:00–12:00',
      'job club Tue–Thu 9:00–11:30': 'Marsh · Job club. · tu we th 09:00–11:30',
      'viewing Wed 11:00–12:00': 'Ortiz · Viewing of a flat. · we 11:00–12:00',
      'therapy Thu 14:00–15:00 plus 45-minute bus': 'The bus to preschool takes 45 minutes. · th 14:00–15:00',
      '15:30 pickup': 'Dana · Pick Miles up. · tu we th 15:30 · Preschool',
      'load 11.5 hours': '11½ hours',
      '3 clashes': 'three times I would have to be in two places at once',
      'goal: safe lit home': 'A safe home with lights that work',
      'Dana: utility plan 5 Mar': 'Dana · Call the power company and ask for the payment plan. · 2027-03-05',
      'Quill: aunt’s bed 3 Mar': 'Quill · Bring a bed for Rosa. · 2027-03-03',
      'Ortiz: voucher 12 Mar': 'Ortiz · Finish the voucher papers with Dana. · 2027-03-12',
      'Marsh: lift sanction 9 Mar': 'Marsh · See to it that Dana’s full aid is paid again. · 2027-03-09',
      'goal: steady mood': 'Steady mood',
      'Dana: therapy Thursdays': 'Dana · Go to therapy.',
      'Quill: bus passes 4 Mar': 'Quill · Bring bus passes. · 2027-03-04',
      'Chen: intake 11 Mar': 'Chen · Meet Dana for a first visit. · 2027-03-11',
      'Lund: speech check 8 Mar': 'Lund · Check Miles’s speech at preschool. · 2027-03-08',
    })
  })

  it('[ME42] changed three times on 13 April and nothing else that clashed, kept what was promised, and grew a strength', async () => {
    expect(await changes(alder, 2)).toEqual([
      'question: Can Miles stay at home with Dana and be safe there? → How can Dana do all of this without being in two places at once?',
      'purpose: To decide together whether Miles, who is four, can stay at home, and who does what for that. → To look at what we promised in March, and to change what does not fit together.',
      'added: Six weeks on time for every class.',
      'done: The money does not last to the end of the month. (2027-04-13)',
      'done: All of this takes 11½ hours of my week, and three times I would have to be in two places at once. (2027-04-13)',
      'done: Call the power company and ask for the payment plan. (2027-03-04)',
      'changed: Go to therapy. The bus to preschool takes 45 minutes. th 14:00–15:00 → Go to therapy. The bus to preschool takes 45 minutes. th 13:30–14:30',
      'done: Bring a bed for Rosa. (2027-03-03)',
      'changed: Parenting class. tu 10:00–12:00 → Parenting class. It counts as job club. tu 10:00–12:00',
      'done: Bring bus passes. (2027-03-04)',
      'done: See to it that Dana’s full aid is paid again. (2027-04-13)',
      'changed: Job club. tu we th 09:00–11:30 → Job club. On Tuesdays the class counts. we th 09:00–11:30',
      'done: Finish the voucher papers with Dana. (2027-03-12)',
      'changed: Viewing of a flat. we 11:00–12:00 → Viewing of a flat. we 13:00–14:00',
      'done: Meet Dana for a first visit. (2027-03-11)',
      'done: Check Miles’s speech at preschool. (2027-03-08)',
      'done: Find the last bill. (2027-03-03)',
      'done: Call with Rosa beside me. (2027-03-04)',
      'added: Nothing is at the same time any more. All of it takes 9 hours of Dana’s week.',
    ])
    expectFacts(alder.versions[1]!.plan, {
      'six weeks punctual': 'Dana · Six weeks on time for every class. · 2027-04-13',
    })
  })

  it('[DE41] decided on 2 March without Quill’s agreement, which stays in Quill’s own words, and everybody said yes to what they promised', () => {
    const [march, april] = alder.versions
    const { decision, promises } = march!.commitments
    const cannot = decision!.positions.filter(({ stance }) => stance === 'cannot')
    expect(cannot.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'Quill: I want Miles to stay, too. I cannot agree on how long Rosa sleeps over: until we meet again is too short for me.',
    ])
    expect(decision!.settled).toMatchObject({ by: 'Quill', agency: 'child-welfare' })
    expect(
      promises
        .filter(({ answer }) => answer === 'yes')
        .map(({ actionId }) => actionId)
        .sort(),
    ).toEqual(march!.plan.actions.map(({ id }) => id).sort())
    // Who has an account, or is of the family, is known again in April.
    const again = april!.commitments.promises.map(({ name, actionId }) => `${name} ${actionId}`)
    expect(again.sort()).toEqual([
      'Dana aldermood0000001',
      'Dana alderpickup00000',
      'Marsh alderjobclub0000',
      'Quill alderparentclass',
      'Rosa alderhome0000002',
    ])
    expect(march!.commitments.confidence.map(({ name }) => name)).toEqual([
      ...['Wren', 'Quill', 'Marsh', 'Lund', 'Ortiz', 'Chen'],
    ])
  })

  it('[ME42] has a meeting that is open now: the keys are there, and it feels safer', async () => {
    const { plan, versions } = await readOpenMeeting(alder)
    expectFacts(plan, {
      'negotiated lease': 'Dana · Dana negotiated the lease herself. · 2027-06-10',
      'keys received': 'Ortiz · Hand Dana the keys. · 2027-06-10',
      'scores 8/8/7': 'On 10 June we said 8, 8 and 7.',
    })
    const copy = versions.find(({ label }) => label === 'Before the meeting')!
    const params = { versionId: copy.id }
    const query = { from: alder.versions[1]!.id }
    expect(linesOf(await alder.reader.call('compareVersions', { params, query }))).toEqual([
      'question: How can Dana do all of this without being in two places at once? → What do Dana and Miles need to feel at home?',
      'purpose: To look at what we promised in March, and to change what does not fit together. → Dana has the keys. We look at what helps now, and at what is still open.',
      'added: Dana negotiated the lease herself.',
      'done: Our flat has no light. (2027-06-10)',
      'done: Viewing of a flat.',
      'added, done: Hand Dana the keys. (2027-06-10)',
      'changed: How safe it feels, from 0 to 10: on 2 March we said 6, 7 and 4. → How safe it feels, from 0 to 10: on 2 March we said 6, 7 and 4. On 10 June we said 8, 8 and 7.',
    ])
  })
})

const isInBoth = ({ words, other, language }: Pick<PlanItem, 'words' | 'other' | 'language'>) =>
  Boolean(words && other && language)

describe('the Alder family’s strengths', () => {
  it('[LG16] of March, April and June stand in Dana’s résumé, the newest last', async () => {
    const { reader, versions } = await read('wren@demo.ourplan')
    const params = { meetingId: versions[0]!.meetingId }
    const entries = (await reader.call('readResume', { params })).entries.filter(({ who }) => who === 'Dana')
    const days = entries.map(({ day, meeting }) => [day, meeting.day])
    for (const day of ['2027-03-02', '2027-04-13', '2027-06-10']) expect(days).toContainEqual([day, day])
    expect(entries.map(({ day }) => day)).toEqual(entries.map(({ day }) => day).sort())
  })
})

describe('the Luna-Morales family', () => {
  let luna: Told
  beforeAll(async () => {
    luna = await read('ames@demo.ourplan')
  })

  it('[ME43] met three times and sealed what it said, with its interpreter, mostly in Spanish', () => {
    expect(luna.versions.map(({ madeAt }) => madeAt)).toEqual([
      '2027-03-05T01:30:00.000Z',
      '2027-04-02T00:10:00.000Z',
      '2027-05-14T00:00:00.000Z',
    ])
    const people = [
      'Ames, facilitator',
      'Elena, family',
      'Tomás, family',
      'Mateo, youth',
      'Sofía, youth',
      'Pilar, family',
      'Vega, interpreter',
      'Birch, agency child-welfare',
      'Adeyemi, agency school',
      'Park, agency mental-health',
      'Stone, agency probation',
      'Reyes, agency calworks',
    ]
    for (const version of luna.versions) expect(peopleOf(version)).toEqual(people)
  })

  it('[LG6] has every line that all may read in both languages, each marked with the one it was said in', () => {
    for (const { plan } of luna.versions) {
      const lines: PlanItem[] = KINDS.flatMap((kind) => plan[kind] as PlanItem[])
      for (const { words, other, language } of lines) expect({ words, other, language }).toSatisfy(isInBoth)
      expect(plan.actions.find(({ id }) => id === 'lunabreakfast000')).toMatchObject({
        language: 'es',
        words: 'Desayuno a las 7:15.',
        other: 'Breakfast at 7:15.',
      })
    }
  })

  it('[DE41] decided on 4 March without Tomás, who says so in his own words', () => {
    const { decision, relative } = luna.versions[0]!.commitments
    const cannot = decision!.positions.filter(({ stance }) => stance === 'cannot')
    expect(cannot.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'Tomás: No estoy de acuerdo. Quiero que Mateo viva con nosotros.',
    ])
    expect(decision!.settled).toMatchObject({ by: 'Birch', agency: 'child-welfare' })
    expect(relative).toBe('Pilar')
  })

  it('[ME44] says everything that is told of 4 March in version 1', () => {
    expectFacts(luna.versions[0]!.plan, {
      'Mateo is 15': 'Mateo, who is 15',
      'grandmother Pilar, not group care': 'with his grandmother Pilar, or in group care',
      'Sofía is 12 and cannot interpret': 'Sofía is 12 and never has to.',
      'interpreter Vega (Mexican Spanish)': 'Vega interprets, in Mexican Spanish.',
      'strength: Mateo fixes bicycles': 'Mateo · Mateo arregla bicicletas. · 2027-03-04',
      'strength: Pilar’s meals': 'Pilar · Las comidas de Pilar nos juntan a todos. · 2027-03-04',
      'worry: truancy, attendance 62 %': 'Mateo misses many days of school. He was there on 62 of 100 days.',
      'worry: fights': 'Nos preocupan los pleitos.',
      'Mateo lives with Pilar': 'Mateo lives with Pilar and not in group care.',
      'Tomás dissents': 'Tomás · No estoy de acuerdo.',
      'consent: therapist to school, attendance only':
        'the therapist may tell the school about attendance, nothing else',
      'probation refused': 'Elena says no to this: the therapist tells probation nothing.',
      'goal: Mateo at school': 'Mateo is at school every day',
      'Pilar: desayuno a las 7:15': 'Pilar · Desayuno a las 7:15.',
      'Birch: kin aid form 8 Mar': 'Birch · Hand in the form for kin aid. · 2027-03-08',
      'Adeyemi: schedule 10 Mar': 'Adeyemi · Make a new schedule with Mateo. · Lincoln High, room 12 · 2027-03-10',
      'Stone: Friday texts': 'Stone · Text Mateo on Fridays',
      'Reyes: relative aid 12 Mar': 'Reyes · Start relative aid for Pilar. · 2027-03-12',
      'goal: calmer talk': 'Talks at home stay calm',
      'Tomás: walk before answering': 'Tomás · Salgo a caminar antes de contestar.',
      'Birch: visits Sundays': 'Birch · Visits on Sundays.',
    })
  })

  it('[ME42] saw Mateo at school more often on 1 April, with a bus card the same day', async () => {
    expect(await changes(luna, 2)).toEqual([
      'question: Where can Mateo live, be safe and go to school? → What helped Mateo to get to school, and what is missing?',
      'purpose: To decide together where Mateo, who is 15, lives: with his grandmother Pilar, or in group care. → To look at what we promised in March.',
      'questionOther: ¿Dónde puede vivir Mateo, estar a salvo e ir a la escuela? → ¿Qué ayudó a Mateo a llegar a la escuela, y qué falta?',
      'purposeOther: Para decidir juntos dónde vive Mateo, que tiene 15 años: con su abuela Pilar, o en un hogar grupal. → Para ver lo que prometimos en marzo.',
      'added: Mateo was at school on 81 of 100 days. In March it was 62.',
      'done: Hand in the form for kin aid. (2027-03-08)',
      'done: Make a new schedule with Mateo. (2027-03-10)',
      'done: Start relative aid for Pilar. (2027-03-12)',
      'added, done: Give Mateo a bus card today. (2027-04-01)',
    ])
  })

  it('[ME42] has Mateo home on weekends from 13 May, and shows no longer what Elena took back', async () => {
    expect(await changes(luna, 3)).toEqual([
      'question: What helped Mateo to get to school, and what is missing? → Can Mateo be at home on weekends?',
      'purpose: To look at what we promised in March. → To decide together about the weekends.',
      'questionOther: ¿Qué ayudó a Mateo a llegar a la escuela, y qué falta? → ¿Puede Mateo estar en casa los fines de semana?',
      'purposeOther: Para ver lo que prometimos en marzo. → Para decidir juntos sobre los fines de semana.',
      'changed: Mateo lives with Pilar and not in group care. → Mateo lives with Pilar and not in group care. He is home on weekends.',
      'withdrawn: Elena says: the therapist may tell the school about attendance, nothing else.',
      'added: Elena took that permission back: the therapist tells the school nothing any more.',
    ])
    expect(readable(luna.versions[2]!.plan)).not.toContain('may tell the school')
  })

  it('[RE28] has Elena’s signature of 4 March: the school, attendance only, probation nothing; she ended it on 13 May', async () => {
    const { participants, releases, sealing } = app.app.parts
    const [{ meetingId, id }] = luna.versions as [Version, ...Version[]]
    const { familyId } = (await luna.reader.call('readMeeting', { params: { meetingId } })).meeting
    const elena = (await participants.list(meetingId)).admitted.find(({ name }) => name === 'Elena')!
    const { memberId, language } = elena
    const signed = await releases.list({
      ...{ standing: 'family', meetingId, familyId, phase: 'ended', participantId: elena.id, memberId, language },
      ...{ staffId: null, agency: null, sessionId: '', openings: [], name: 'Elena' },
    })
    expect(signed).toMatchObject([
      { section: 'health', about: 'Mateo', signedBy: 'Elena', discloser: 'mental-health', recipients: ['school'] },
      { section: 'health', about: 'Elena', signedBy: 'Elena', recipients: ['mental-health'], endedAt: null },
    ])
    const { told, signedAt, endedAt, copy, subject } = signed[0]!
    expect(told).toBe('Solo si Mateo vino a sus citas. Nada más.')
    expect(signedAt).toMatch(/^2027-03-05T0[01]:/)
    expect(endedAt).toMatch(/^2027-05-13T23:/)
    expect(copy!.lines.join(' ')).toContain('Yo, Elena, firmo como madre o padre de Mateo.')
    expect(copy!.lines.join(' ')).not.toMatch(/libertad condicional/)
    const came = (await sealing.readSealed(id)).find((part) => part.subject === subject)
    expect(came!.plan.strengths.map(({ words }) => words)).toEqual(['Mateo came to two of three visits.'])
    // It is over: nobody with an account reads it any more, in no version.
    for (const name of ['ames', 'adeyemi', 'park', 'stone']) {
      const someone = new Someone(app, name)
      await someone.call('signIn', { body: { email: `${name}@demo.ourplan`, password: DEMO_PASSWORD } })
      for (const { id: versionId } of luna.versions) {
        const version = await someone.call('readVersion', { params: { versionId } })
        expect(JSON.stringify(version), name).not.toContain('Mateo came')
      }
    }
  })

  it('[RE91] has the family’s session of 18 March in a part that Elena and Park read; Stone reads nothing of it', async () => {
    const readBy = async (name: string) => {
      const someone = new Someone(app, name)
      await someone.call('signIn', { body: { email: `${name}@demo.ourplan`, password: DEMO_PASSWORD } })
      return Promise.all(
        luna.versions.map(({ id: versionId }) => someone.call('readVersion', { params: { versionId } })),
      )
    }
    const promises = (await readBy('park')).map(({ parts }) =>
      parts
        .filter(({ section }) => section === 'health')
        .flatMap(({ name, plan }) => [
          name,
          ...plan.actions.map(({ who, words, where, due, state }) => [who, words, where, due, state].join(' · ')),
        ]),
    )
    const promise = 'Park · Sit down with the whole family for a session. · Elm Street Clinic · 2027-03-18'
    expect(promises).toEqual([
      ['Elena', `${promise} · open`],
      ['Elena', `${promise} · done`],
      ['Elena', `${promise} · done`],
    ])
    for (const name of ['ames', 'adeyemi', 'stone']) {
      expect(JSON.stringify(await readBy(name)), name).not.toMatch(/"section":"health"|Elm Street|for a session/)
    }
  })

  it('[RC92] tells Mateo’s family in its record that Elena and Pilar signed, that Elena ended hers, and when', async () => {
    const { record, db } = app.app.parts
    await record.settled()
    const { meetingId } = luna.versions[0]!
    const { familyId } = (await luna.reader.call('readMeeting', { params: { meetingId } })).meeting
    const rows = await recordModel(db).find({ chain: familyId }).sort({ seq: 1 }).lean()
    const told = rows.map(({ entry }) => JSON.parse(entry) as RecordEntry).filter(({ what }) => /^release/.test(what))
    expect(told.map(({ what, at, actor }) => [what, at.slice(0, 10), actor.standing])).toEqual([
      ...Array<unknown>(3).fill(['release-signed', '2027-03-05', 'family']),
      ['release-revoked', '2027-05-13', 'family'],
    ])
  })
})

describe('the Okafor-Harper family', () => {
  let okafor: Told
  beforeAll(async () => {
    okafor = await read('sol@demo.ourplan')
  })

  it('[ME43] met five times, once with another facilitator, and sealed what it said', () => {
    expect(okafor.versions.map(({ madeAt, madeBy }) => `${madeAt} ${madeBy}`)).toEqual([
      '2027-01-13T00:40:00.000Z Sol',
      '2027-02-03T01:00:00.000Z Nye',
      '2027-02-10T01:00:00.000Z Sol',
      '2027-05-04T23:45:00.000Z Sol',
      '2027-09-14T23:45:00.000Z Sol',
    ])
    const own = ['Jules, youth', 'Ada, family', 'Ben, family', 'Dee, support', 'Mo, support', 'Ruth, support']
    const agencies = [
      'Vance, agency child-welfare',
      'Iyer, agency school',
      'Holt, agency mental-health',
      'Cole, agency probation',
      'Bly, agency housing',
      'Kim, agency calworks',
    ]
    const [engagement, decision, ...later] = okafor.versions
    expect(peopleOf(engagement!)).toEqual(['Sol, facilitator', ...own])
    expect(peopleOf(decision!)).toEqual(['Nye, facilitator', ...own, 'Sol, agency other', ...agencies])
    for (const version of later) expect(peopleOf(version)).toEqual(['Sol, facilitator', ...own, ...agencies])
  })

  it('[BE8] looks at its plan 24 days late in May, and says so to everybody; the meetings before were in time', async () => {
    const { meetings } = await okafor.reader.call('listMeetings')
    const told = await Promise.all(
      meetings.map(async ({ id, startsAt, timeZone, title }) => {
        const { holdBy } = await okafor.reader.call('readClock', { params: { meetingId: id } })
        return [title, holdBy && [holdBy.day, holdBy.rule, daysLate(holdBy, startsAt, timeZone)]]
      }),
    )
    expect(Object.fromEntries(told)).toEqual({
      'Getting to know each other': null,
      'Where will Jules live?': ['2027-02-04', 'before', null],
      'Our first plan': ['2027-02-11', 'days', null],
      'How is the plan going?': ['2027-04-10', 'renewal', 24],
      'What comes next?': ['2027-07-03', 'renewal', 73],
    })
  })

  it('[ME44] says everything that is told of the first weeks in versions 1 to 3', () => {
    expectFacts(okafor.versions[0]!.plan, {
      'Jules is 14, Ben is the stepfather': 'Jules, who is 14, Ada and Jules’s stepfather Ben',
      'Sol coordinates, Ruth is family partner': 'Sol coordinates, and Ruth is our family partner.',
      'vision: quiet Sundays, art school': 'Quiet Sundays, and art school.',
      'strength: draws daily': 'Jules · I draw every day. · 2027-01-12',
      'strength: trusts Mo': 'Jules · I trust Mo. · 2027-01-12',
      'worry: two hospital stays': 'Jules had to stay in the hospital two times.',
      'worry: suspensions': 'School has suspended Jules more than once.',
      'worry: lease ending': 'Our lease is ending.',
    })
    expectFacts(okafor.versions[1]!.plan, {
      'placement preserved': 'Jules stays at home with Ada and Ben.',
      'scores 5/6/3': 'on 2 February we said 5, 6 and 3',
    })
    expectFacts(okafor.versions[2]!.plan, {
      mission: 'home through summer, without police',
      need: 'Jules needs to know one bad day won’t cost home.',
      'need met: 2': '2 on 9 February',
      'day 28': 'day 28',
      'renewal due 10 Apr': 'again by 10 April',
      'crisis: headphones': 'Put my headphones on.',
      'crisis: walk with Mo': 'Go for a walk with Mo.',
      'crisis: call Holt': 'Call Holt.',
      'crisis: 988': '988',
      'coach Dee, neighbor Mo, natural supports 2/10':
        'Of the 10 people who help us, 2 are our own: our coach Dee and our neighbor Mo.',
      'goal: home through summer': 'Home through summer',
      'Ada/Ben: respite first Saturdays': 'Ada and Ben · Respite on first Saturdays.',
      'Vance: respite pay 1 Mar': 'Vance · Pay for the respite. · 2027-03-01',
      'Cole: curfew change 16 Feb': 'Cole · Change the curfew. · 2027-02-16',
      'Bly: lease 26 Feb': 'Bly · Settle the lease with Ada and Ben. · 2027-02-26',
      'goal: art school': 'Art school',
      'Jules: portfolio 30 Apr': 'Jules · Finish my portfolio. · 2027-04-30',
      'Vance: fee waiver 3 May': 'Vance · Get the fee for art school waived. · 2027-05-03',
      'Iyer: IEP 20 Apr': 'Iyer · Write the school plan (IEP) with Jules. · 2027-04-20',
      'Holt: coping plan 23 Feb': 'Holt · Write a coping plan with Jules. · 2027-02-23',
      'Kim: Ada’s hours 1 Apr': 'Kim · Settle Ada’s hours with her. · 2027-04-01',
    })
  })

  it('[ME42] kept Jules at home on 2 February', async () => {
    expect(await changes(okafor, 2)).toEqual([
      'question: What do we want life to be like? → Can Jules stay at home?',
      'purpose: To get to know each other, and to hear what Jules, who is 14, Ada and Jules’s stepfather Ben want. → To decide together whether Jules stays at home.',
      'added: Jules stays at home with Ada and Ben.',
      'added: How safe it feels, from 0 to 10: on 2 February we said 5, 6 and 3.',
    ])
  })

  it('[ME42] had its first plan on 9 February: a need, two goals, nine promises, four lines for when it gets hard', async () => {
    const [question, purpose, ...items] = await changes(okafor, 3)
    expect([question, purpose]).toEqual([
      'question: Can Jules stay at home? → What will we do so that Jules is home through summer?',
      'purpose: To decide together whether Jules stays at home. → Our mission: home through summer, without police.',
    ])
    expect(items.every((line) => line.startsWith('added: '))).toBe(true)
    expect(items.map((line) => line.slice('added: '.length))).toEqual([
      'Jules needs to know one bad day won’t cost home.',
      'Home through summer',
      'Art school',
      'Finish my portfolio.',
      'Respite on first Saturdays.',
      'Pay for the respite.',
      'Get the fee for art school waived.',
      'Change the curfew.',
      'Settle the lease with Ada and Ben.',
      'Write the school plan (IEP) with Jules.',
      'Write a coping plan with Jules.',
      'Settle Ada’s hours with her.',
      'We write this plan on day 28 after we first met, and look at it again by 10 April.',
      'How far Jules can count on home, from 0 to 10: 2 on 9 February.',
      'Of the 10 people who help us, 2 are our own: our coach Dee and our neighbor Mo.',
      'Put my headphones on.',
      'Go for a walk with Mo.',
      'Call Holt.',
      'Call or text 988, any hour.',
    ])
  })

  it('[ME42] kept its promises by 4 May, and said that it was 24 days late', async () => {
    expect(await changes(okafor, 4)).toEqual([
      'question: What will we do so that Jules is home through summer? → What works, and what do we do next?',
      'done: Our lease is ending. (2027-02-26)',
      'added, done: We wanted to look at this plan again by 10 April. We are 24 days late. (2027-05-04)',
      'done: Finish my portfolio. (2027-04-30)',
      'done: Pay for the respite. (2027-03-01)',
      'done: Get the fee for art school waived. (2027-05-03)',
      'done: Change the curfew. (2027-02-16)',
      'done: Settle the lease with Ada and Ben. (2027-02-26)',
      'done: Write the school plan (IEP) with Jules. (2027-04-20)',
      'done: Write a coping plan with Jules. (2027-02-23)',
      'done: Settle Ada’s hours with her. (2027-04-01)',
      'changed: How far Jules can count on home, from 0 to 10: 2 on 9 February. → How far Jules can count on home, from 0 to 10: 2 on 9 February, 5 on 4 May.',
      'changed: Of the 10 people who help us, 2 are our own: our coach Dee and our neighbor Mo. → Of the 10 people who help us, 4 are our own: friends and neighbors.',
    ])
  })

  it('[ME42] saw probation end on 14 September, and CalWORKs go on', async () => {
    expect(await changes(okafor, 5)).toEqual([
      'question: What works, and what do we do next? → Who goes on helping, and who is done?',
      'changed: How far Jules can count on home, from 0 to 10: 2 on 9 February, 5 on 4 May. → How far Jules can count on home, from 0 to 10: 2 on 9 February, 5 on 4 May, 8 on 14 September.',
      'changed: Of the 10 people who help us, 4 are our own: friends and neighbors. → Of the 9 people who help us, 5 are our own: friends and neighbors.',
      'added: Probation ends today.',
      'added: CalWORKs goes on.',
    ])
  })
})

describe('the programs of the demo families', () => {
  const programsOf = ({ parts }: Version) =>
    parts
      .filter(({ section }) => section === 'benefits')
      .flatMap(({ name, plan }) => plan.programs.map(({ program, status, hours }) => [name, program, status, hours]))

  it('[PG15] are Dana’s aid, cut in March and paid in April, and Ada’s, read by whom they allow it', async () => {
    const cut = ['Dana', 'cash-aid', 'sanctioned 2027-02-01', 20]
    const paid = ['Dana', 'cash-aid', 'active 2027-04-13', 20]
    for (const name of ['wren', 'marsh', 'quill']) {
      const { versions } = await read(`${name}@demo.ourplan`).catch(() => ({ versions: [] }))
      if (versions.length) expect(versions.map(programsOf), name).toEqual([[cut], [paid]])
    }
    // Whoever asks for what they allowed gets an answer: it is of the shape that travels.
    for (const { sitting } of await releaseModel(app.app.parts.db).find().lean())
      expect(sitting).toMatch(/^[0-9a-f]{24}$/)
    const { versions } = await read('sol@demo.ourplan')
    expect(versions.flatMap(programsOf).at(-1)).toEqual(['Ada', 'cash-aid', 'active', 20])
    const luna = await read('ames@demo.ourplan')
    expect(luna.versions.flatMap(programsOf)).toEqual([])
    expect(findRelativeAid(luna.versions[0]!.plan)?.id).toBe('lunakinaid000000')
  })
})

describe('who wrote what in the story', () => {
  /** Who did what last at one place of a meeting's plan, and when. */
  async function didAt({ reader, versions }: Told, chain: number, place: string, index: number): Promise<string> {
    const params = { meetingId: versions[chain - 1]!.meetingId }
    const { items } = await reader.call('readHistory', { params })
    const { who, did, fields, at } = items[place]!.at(index)!
    return [who, did, ...fields, at.slice(0, 10)].join(' ')
  }
  const firstAt = (told: Told, chain: number, place: string) => didAt(told, chain, place, 0)
  const lastAt = (told: Told, chain: number, place: string) => didAt(told, chain, place, -1)

  it('[ME45] is who says it there, on the day of the meeting', async () => {
    const [alder, luna, okafor] = await Promise.all(['wren', 'ames', 'sol'].map((name) => read(`${name}@demo.ourplan`)))
    expect(await lastAt(alder!, 1, 'actions/alderhome0000001')).toBe('Dana added 2027-03-02')
    expect(await lastAt(alder!, 1, 'disagreements/alderlength00000')).toBe('Quill added 2027-03-02')
    expect(await lastAt(alder!, 2, 'actions/alderjobclub0000')).toBe('Marsh changed days words 2027-04-13')
    expect(await lastAt(alder!, 2, 'actions/alderviewing0000')).toBe('Ortiz changed starts ends 2027-04-13')
    expect(await firstAt(luna!, 1, 'strengths/lunabicycles0000')).toBe('Sofía added 2027-03-05')
    expect(await lastAt(luna!, 1, 'strengths/lunabicycles0000')).toBe('Vega changed other 2027-03-05')
    expect(await firstAt(luna!, 1, 'disagreements/lunatomas0000000')).toBe('Tomás added 2027-03-05')
    expect(await lastAt(okafor!, 3, 'safety/okaforheadphones')).toBe('Jules added 2027-02-10')
    expect(await lastAt(okafor!, 5, 'agreements/okaforprobation0')).toBe('Cole added 2027-09-14')
  })

  it('[ME45] stays named in what is promised: who is in the meeting is meant by their promises', async () => {
    const { versions } = await read('wren@demo.ourplan')
    const { plan, people } = versions[0]!
    for (const { who, whoId, words } of plan.actions)
      expect(people.find(({ id }) => id === whoId)?.name, words).toBe(who)
  })
})

describe('who comes, and what they need for it', () => {
  /** What who leads a meeting of the demo reads of it. */
  async function seatsOf(email: string, startsAt: string) {
    const lead = new Someone(app, email)
    await lead.call('signIn', { body: { email, password: DEMO_PASSWORD } })
    const { meetings } = await lead.call('listMeetings')
    const params = { meetingId: meetings.find((one) => one.startsAt.startsWith(startsAt))!.id }
    const { needs } = await lead.call('listNeeds', { params })
    const { supporters } = await lead.call('listSupporters', { params })
    return {
      needs: needs.map(({ name, kind, words, owner, state, typedBy }) => [
        name,
        kind,
        words,
        owner?.name,
        state,
        typedBy,
      ]),
      supporters: supporters.map(({ by, name, asked }) => [by, name, asked?.by]),
    }
  }

  it('[BE52] Vega interprets Elena’s Spanish of Mexico, Pilar had a ride, Jules wanted Dee and Mo there, and Miles is looked after', async () => {
    expect((await seatsOf('ames@demo.ourplan', '2027-03-05')).needs).toEqual([
      ['Elena', 'interpreter', 'Español (México)', 'Vega', 'seen-to', null],
      ['Pilar', 'ride', 'Desde mi casa, a las 15:30', 'Birch', 'seen-to', null],
    ])
    expect((await seatsOf('sol@demo.ourplan', '2027-01-12')).supporters).toEqual([
      ['Jules', 'Dee', 'Sol'],
      ['Jules', 'Mo', 'Sol'],
    ])
    expect((await seatsOf('wren@demo.ourplan', '2027-03-02')).needs).toEqual([
      ['Dana', 'child-care', 'Miles, who is 4', 'Lund', 'seen-to', null],
    ])
    expect((await seatsOf('wren@demo.ourplan', '2027-06-10')).needs).toEqual([
      ['Dana', 'child-care', 'Miles, who is 4, from 15:30 on', undefined, 'open', 'Wren'],
      ['Rosa', 'ride', 'From her work', 'Quill', 'open', 'Wren'],
    ])
    const wren = new Someone(app, 'wren@demo.ourplan')
    await wren.call('signIn', { body: { email: 'wren@demo.ourplan', password: DEMO_PASSWORD } })
    const { onCall } = await wren.call('listOnCall')
    expect(onCall.filter(({ agency }) => agency === 'calworks').map(({ name }) => name)).toContain('Marsh')
  })

  it('[WW12] Quill and Marsh say how the family can reach them, Wren leads, and what is promised stands with who promised it', async () => {
    const wren = new Someone(app, 'wren@demo.ourplan')
    await wren.call('signIn', { body: { email: 'wren@demo.ourplan', password: DEMO_PASSWORD } })
    const { meetings } = await wren.call('listMeetings')
    const whoIsWho = (startsAt: string) => {
      const params = { meetingId: meetings.find((one) => one.startsAt.startsWith(startsAt))!.id }
      return wren.call('readWhoIsWho', { params })
    }
    const { people, leads } = await whoIsWho('2027-06-10')
    expect(people.map(({ name, leads, contact }) => [name, leads, contact?.phone])).toEqual([
      ['Wren', true, undefined],
      ['Quill', false, '555-0146'],
      ['Marsh', false, '555-0147'],
    ])
    expect(leads.map(({ name }) => name)).toEqual(['Wren'])
    expect(people.find(({ name }) => name === 'Marsh')!.promises).not.toEqual([])
    // Dana shows hers to the family alone.
    const march = await whoIsWho('2027-03-02')
    expect(march.people.filter(({ contact }) => contact).map(({ name }) => name)).toEqual(['Ortiz'])
  })
})
