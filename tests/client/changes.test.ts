// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createI18n } from 'petite-vue-i18n'
import { promiseChanges } from '../../client/components/deciding/promiseChanges'
import { byMeeting } from '../../client/components/versions/byMeeting'
import { changeChapters } from '../../client/components/versions/changeChapters'
import { countChanges } from '../../client/components/versions/countChanges'
import { lastTime } from '../../client/components/versions/lastTime'
import { wordChanges } from '../../client/components/versions/wordChanges'
import { useChangeFacts } from '../../client/composables/useChangeFacts'
import { useChangeSentence } from '../../client/composables/useChangeSentence'
import { useVersionWords } from '../../client/composables/useVersionWords'
import { findWords } from '../../client/findWords'
import en from '../../client/locales/en.json'
import es from '../../client/locales/es.json'
import { NO_COMMITMENTS } from '../../shared/commitments'
import { diffPlans, headingsOf } from '../../shared/diffPlans'
import { type ActionItem, emptyPlan, type Goal, type Idea, type Plan } from '../../shared/plan'
import { type Promised, promiseText } from '../../shared/promise'
import type { FamilyVersion } from '../../shared/version'
import { arbitraryPlan, idOf } from '../support/arbitraryPlan'
import { ACTION, GOAL, IDEA, LINE, WORRY } from '../support/unsaid'

const placed = (n: number, words: string) => ({ ...LINE, id: idOf(n), words, order: `a${n}`, removed: false })
const goal = (n: number, words: string, more: Partial<Goal> = {}): Goal => ({ ...placed(n, words), ...GOAL, ...more })
const promise = (n: number, words: string, more: Partial<ActionItem> = {}): ActionItem => ({
  ...placed(n, words),
  ...ACTION,
  goal: idOf(1),
  column: 'family',
  ...more,
})
const year = new Date().getFullYear()

const before: Plan = {
  ...emptyPlan(),
  worries: [{ ...placed(1, 'The flat is dark.'), ...WORRY }],
  goals: [goal(1, 'A lit home'), goal(2, 'Class on time')],
  actions: [
    promise(1, 'Call the power company', { who: 'Dana' }),
    promise(2, 'Viewing, Wednesday 11:00', {
      who: 'Ortiz',
      column: 'housing',
      due: `${year}-04-14`,
      where: 'Elm Street',
    }),
    promise(3, 'Job club', { goal: idOf(2), column: 'calworks' }),
    promise(4, 'Ride to school', { goal: idOf(2) }),
  ],
  agreements: [placed(1, 'Miles stays.')],
  safety: [{ ...placed(1, 'Dr. Chen'), part: 'calls' }],
}
const after: Plan = {
  ...before,
  strengths: [{ ...placed(1, 'Six weeks on time'), who: 'Dana', day: null }],
  worries: [{ ...before.worries[0]!, state: 'done', closedOn: `${year}-03-09` }],
  actions: [
    { ...before.actions[0]!, state: 'done', closedOn: `${year}-03-04` },
    { ...before.actions[1]!, words: 'Viewing, Wednesday 13:00, Ortiz drives', due: `${year}-04-21`, where: '' },
    { ...before.actions[2]!, state: 'withdrawn', closedOn: null },
    { ...before.actions[3]!, goal: idOf(1) },
    promise(5, 'Sleep over on Tuesdays', { who: 'Rosa' }),
  ],
  disagreements: [{ ...placed(1, 'Too short.'), agreement: idOf(1), who: 'Quill', whoId: null }],
  safety: [],
}
const diff = diffPlans(before, after)
const headings = headingsOf(diff, before, after)

/** What the composables say in a language. */
function speak<T>(language: 'en' | 'es', use: () => T): T {
  let said: T
  const i18n = createI18n({ legacy: false, locale: language, messageResolver: findWords, messages: { en, es } })
  const speaker = { render: () => null, setup: () => void (said = use()) }
  mount(speaker, { global: { plugins: [i18n] } }).unmount()
  return said!
}

const tell = (language: 'en' | 'es') =>
  changeChapters(diff, headings).map(({ kind, groups }) => [
    kind,
    groups.map((group) => group.changes.map((change) => speak(language, useChangeSentence)(change))),
  ])

describe('what changed, told to a parent', () => {
  it('[VE28] is whole sentences, chapter by chapter, the good news of each first', () => {
    expect(tell('en')).toEqual([
      ['strengths', [['A new strength of Dana.']]],
      ['worries', [[expect.stringMatching(/^This is no longer a worry\. That was on \w+ 9 Mar\.$/)]]],
      [
        'actions',
        [
          [
            expect.stringMatching(/^Dana promised this, and it is done\. That was on \w+ 4 Mar\.$/),
            'A new promise from Rosa.',
            'This changed.',
            'This was moved.',
          ],
          ['We let go of this.'],
        ],
      ],
      ['disagreements', [['Quill could not agree.']]],
      ['safety', [['This is not in the plan any more.']]],
    ])
  })

  it('[VE28] is the same in Spanish', () => {
    expect(tell('es').flat(3)).toEqual([
      'strengths',
      'Una fortaleza nueva de Dana.',
      'worries',
      expect.stringMatching(/^Esto ya no nos preocupa\. Eso fue el \p{L}+ 9 de marzo\.$/u),
      'actions',
      expect.stringMatching(/^Dana lo prometió, y está hecho\. Eso fue el \p{L}+ 4 de marzo\.$/u),
      'Una promesa nueva de Rosa.',
      'Esto cambió.',
      'Esto cambió de lugar.',
      'Esto lo dejamos.',
      'disagreements',
      'Quill no pudo estar de acuerdo.',
      'safety',
      'Esto ya no está en el plan.',
    ])
  })

  it('[MT43] says that something was kept for later, parked or taken up again, and what goes together', () => {
    const idea = (said: Partial<Idea> = {}): Idea => ({ ...placed(1, 'A later bus'), ...IDEA, ...said })
    const told = (from: Partial<Plan>, to: Partial<Plan>) => {
      const [news] = diffPlans({ ...emptyPlan(), ...from }, { ...emptyPlan(), ...to }).items
      const facts = speak('en', () => useChangeFacts(() => []).factsOf)(news!)
      return [speak('en', useChangeSentence)(news!), ...facts.map(({ label, after }) => `${label}: ${after}`)]
    }
    const [now, parked] = [idea(), idea({ pile: 'parked' })]
    expect(told({ ideas: [now] }, { ideas: [parked] })).toEqual([
      'This is in the parking lot now.',
      'Now or later: parked',
    ])
    expect(told({ ideas: [parked] }, { ideas: [now] })[0]).toBe('This was taken up again.')
    expect(told({ ideas: [now] }, { ideas: [idea({ pile: 'later' })] })[0]).toBe('This is kept for later.')
    expect(told({ goals: [goal(1, 'Art')] }, { goals: [goal(1, 'Art', { later: true })] })).toEqual([
      'This is kept for later.',
      'For later: yes',
    ])
    expect(told({ ideas: [now] }, { ideas: [idea({ group: 'School' })] })).toEqual([
      'This changed.',
      'Belongs with: School',
    ])
  })

  it('[VE28] says what was chosen before and what is chosen now', () => {
    const { factsOf, printOf } = speak('en', () => useChangeFacts(() => headings))
    const change = (n: number) => diff.items.find(({ kind, id }) => kind === 'actions' && id === idOf(n))!
    const facts = (n: number) => factsOf(change(n)).map(({ label, before, after }) => [label, before, after])
    expect(facts(2)).toEqual([
      ['By when', expect.stringMatching(/14 Apr$/), expect.stringMatching(/21 Apr$/)],
      ['Where', 'Elm Street', ''],
    ])
    expect(facts(4)).toEqual([['For which hope', 'Class on time', 'A lit home']])
    expect(facts(5)).toEqual([])
    expect(printOf(change(2).before)).toMatch(/^Ortiz · by \w+ 14 Apr · Elm Street$/)
  })

  it('[VE28] leaves out nothing that happened, in no plan, and tells nothing twice', () => {
    fc.assert(
      fc.property(arbitraryPlan(), arbitraryPlan(), (from, to) => {
        const diff = diffPlans(from, to)
        const chapters = changeChapters(diff, headingsOf(diff, from, to))
        const told = chapters.flatMap(({ groups }) => groups.flatMap(({ changes }) => changes))
        const happened = diff.items.filter(({ what }) => what.length > 0)
        expect(told).toHaveLength(happened.length)
        expect(new Set(told)).toEqual(new Set(happened))
      }),
      { numRuns: 300, seed: 28 },
    )
  })

  it('[VE30] is counted as the plan says it: promises done, new and let go of, new strengths', () => {
    expect(countChanges(diff)).toEqual({ done: 1, added: 1, strengths: 1, withdrawn: 1 })
    expect(countChanges(diffPlans(after, after))).toEqual({ done: 0, added: 0, strengths: 0, withdrawn: 0 })
  })
})

describe('a sentence that changed', () => {
  const marked = (before: string, after: string) =>
    wordChanges(before, after)
      ?.map((run) => ('same' in run ? run.same : `[${run.was}|${run.now}]`))
      .join('') ?? null

  it('[VE29] has the words marked that changed, and times and words stay in one piece', () => {
    expect(marked('Viewing, Wednesday 11:00', 'Viewing, Wednesday 13:00, Ortiz drives')).toBe(
      'Viewing, Wednesday [11:00|13:00, Ortiz drives]',
    )
    expect(marked('Clase de crianza, martes 10:00–12:00.', 'Clase de crianza, martes 9:00–11:30.')).toBe(
      'Clase de crianza, martes [10:00–12:00|9:00–11:30].',
    )
    expect(marked('¿Dónde duerme el niño?', '¿Dónde duerme la niña hoy?')).toBe('¿Dónde duerme [el niño|la niña hoy]?')
  })

  it('[VE29] shows no confetti: short words between two changes belong to the change', () => {
    expect(marked('Dana asks Rosa to bring a big warm bed', 'Dana asks Ortiz to find a big warm bed')).toBe(
      'Dana asks [Rosa to bring|Ortiz to find] a big warm bed',
    )
  })

  it('[VE29] stands whole, as it was and as it is, where little of it stayed', () => {
    expect(marked('The flat has no light and no heat.', 'The bedroom window does not close.')).toBeNull()
    expect(marked('', 'Something new')).toBeNull()
    expect(marked('Something old', '')).toBeNull()
    expect(marked('x'.repeat(2_000), 'y'.repeat(2_000))).toBeNull()
  })

  it('[VE29] can be read back from its marks, before and after', () => {
    const words = fc.array(fc.constantFrom('Dana', 'niño', 'to', '10:00', 'a', '¿', '?', ' ', '\n', '👩‍👧', '…'), {
      maxLength: 30,
    })
    const sentence = words.map((some) => some.join(' '))
    fc.assert(
      fc.property(sentence, sentence, (before, after) => {
        const runs = wordChanges(before, after)
        if (!runs) return
        expect(runs.map((run) => ('same' in run ? run.same : run.was)).join('')).toBe(before)
        expect(runs.map((run) => ('same' in run ? run.same : run.now)).join('')).toBe(after)
      }),
      { numRuns: 500, seed: 29 },
    )
  })

  it('[VE29] is compared in a moment, however long', () => {
    const long = (word: string) => Array.from({ length: 400 }, (_, n) => `${word}${n % 7}`).join(' ')
    const started = performance.now()
    for (let n = 0; n < 50; n++) wordChanges(long('a'), `${long('b')} ${n}`)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

describe('the versions of a family', () => {
  const meeting = {
    kind: 'tdm',
    kindName: { en: 'TDM', es: 'TDM' },
    title: 'First',
    startsAt: '2027-03-02T18:00:00Z',
    timeZone: 'UTC',
  } as const
  const seal = { chain: 2, headerHash: 'ab', check: '7F3A-91C2-0B6E', fingerprint: 'cd' }
  const version = (id: string, more: Partial<FamilyVersion> = {}): FamilyVersion => ({
    id,
    meetingId: 'one',
    number: 1,
    kind: 'checkpoint',
    reason: 'asked',
    label: '',
    generation: 1,
    madeBy: 'Wren',
    madeAt: '2027-03-02T20:00:00Z',
    seal: null,
    meeting,
    ...more,
  })
  const sealed = version('sealed', { kind: 'sealed', seal, label: 'What we agreed' })
  const brought = version('brought', { meetingId: 'two', reason: 'carried-over' })
  const copy = version('copy', { meetingId: 'two', label: 'After the ideas' })

  it('[VE31] “last time” is the last sealed version before, else the plan as it was brought from there', () => {
    expect(lastTime([copy, brought, sealed], null)).toBe(sealed)
    expect(lastTime([copy, brought], null)).toBe(brought)
    expect(lastTime([copy], null)).toBeNull()
    const second = version('second', { kind: 'sealed', seal, meetingId: 'two' })
    expect(lastTime([second, copy, brought, sealed], second)).toBe(sealed)
    expect(lastTime([copy, brought, sealed], sealed)).toBeNull()
  })

  it('[VE32] are called by their place in the chain, their name or their number, meeting by meeting', () => {
    const { nameOf, nameAndDay } = speak('en', useVersionWords)
    expect([sealed, copy, brought].map(nameOf)).toEqual(['Version 2', 'After the ideas', 'Copy 1'])
    expect(nameAndDay(sealed)).toMatch(/^Version 2 · Tue 2 Mar/)
    const groups = byMeeting([copy, brought, sealed])
    expect(groups.map(({ meetingId, versions }) => [meetingId, versions.length])).toEqual([
      ['two', 2],
      ['one', 1],
    ])
  })

  it('[DE39] what owners say to their promises is told where it differs: as it was, and as it is', () => {
    const said = (answer: Promised['answer'], more: Partial<Promised> = {}): Promised => ({
      actionId: idOf(1),
      participantId: null,
      name: 'Dana',
      answer,
      words: '',
      to: promiseText(before.actions[0]!),
      at: '2027-03-02T18:00:00.000Z',
      typedBy: null,
      ...more,
    })
    const kept = (...promises: Promised[]) => ({ ...NO_COMMITMENTS, promises })
    const [no, yes] = [said('change', { words: 'A day later' }), said('yes')]
    expect(promiseChanges(kept(no), kept(yes))).toEqual([{ promise: 'Call the power company', before: no, after: yes }])
    expect(promiseChanges(kept(), kept(yes))).toEqual([
      { promise: 'Call the power company', before: undefined, after: yes },
    ])
    expect(promiseChanges(kept(yes), kept(said('yes', { at: '2027-04-13T18:00:00.000Z' })))).toEqual([])
    // At the next meeting nobody was asked yet.
    expect(promiseChanges(kept(yes), kept())).toEqual([])
  })
})
