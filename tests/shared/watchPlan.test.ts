import { describe, expect, it } from 'vitest'
import { strayOrders } from '../../shared/askedActions'
import { findClashes } from '../../shared/clashes'
import { countInstead } from '../../shared/countInstead'
import { dayNumber, dayOf } from '../../shared/days'
import { findDeadlines } from '../../shared/deadlines'
import { findDuplicates } from '../../shared/duplicates'
import { findGaps } from '../../shared/gaps'
import { weighLoad } from '../../shared/load'
import { localMinute } from '../../shared/localMinute'
import { occurrencesIn, occurrencesOf } from '../../shared/occurrences'
import { emptyPlan, type ActionItem, type Plan } from '../../shared/plan'
import { renewalOf } from '../../shared/ruleClocks'
import { membersOf } from '../../shared/watchPlan'
import { zoneClock } from '../../shared/zoneClock'
import { LABELLED_PAIRS } from '../bench/duplicatePairs'
import { compareClashes } from '../support/compareClashes'
import { demoPlans } from '../support/demoPlans'
import { judgeDuplicates } from '../support/judgeDuplicates'
import { ACTION, GOAL, LINE, WORRY } from '../support/unsaid'

const ZONE = 'America/Los_Angeles'
const goal = { ...LINE, ...GOAL, id: 'goal', words: 'A safe home', order: 'a0', removed: false }
let made = 0
const action = (said: Partial<ActionItem>): ActionItem => ({
  ...{ ...LINE, ...ACTION, id: `action${made++}`, words: 'Be there', order: 'a0', removed: false },
  ...{ goal: goal.id, column: 'calworks', who: 'Dana' },
  ...said,
})
const planOf = (...actions: ActionItem[]): Plan => ({ ...emptyPlan(), goals: [goal], actions })
const daysOf = (one: ActionItem, from: string) =>
  occurrencesOf(one, { timeZone: ZONE, from }).map(({ day }) => dayOf(day))
const hoursOf = (one: ActionItem, from: string) =>
  occurrencesOf(one, { timeZone: ZONE, from }).map(({ starts }) =>
    localMinute(new Date(starts * 60_000), ZONE).slice(11),
  )
const clashesIn = (...actions: ActionItem[]) =>
  findClashes(occurrencesIn(planOf(...actions), { timeZone: ZONE, from: '2027-03-01' }))

describe('when a promise takes place', () => {
  it('[WA1] is every week on the days it says, eight weeks ahead, from its first day to its last', () => {
    const club = action({ repeats: 'weekly', days: 'tu th', starts: '09:00', on: '2027-03-03', until: '2027-03-16' })
    expect(daysOf(club, '2027-03-01')).toEqual(['2027-03-04', '2027-03-09', '2027-03-11', '2027-03-16'])
    expect(daysOf(action({ ...club, on: null, until: null }), '2027-03-01')).toHaveLength(16)
    expect(daysOf(action({ repeats: 'weekly', starts: '09:00' }), '2027-03-01')).toEqual([])
  })

  it('[WA1] is every other week counted from its first day, or else from the week one looks from', () => {
    const visit = action({ repeats: 'fortnightly', starts: '09:00', on: '2027-02-24', until: '2027-04-01' })
    expect(daysOf(visit, '2027-03-01')).toEqual(['2027-03-10', '2027-03-24'])
    expect(daysOf(action({ ...visit, on: null, days: 'mo' }), '2027-03-03')).toEqual(['2027-03-15', '2027-03-29'])
  })

  it('[WA1] is the same weekday of each month, the fifth meaning the last', () => {
    const respite = action({ repeats: 'monthly', starts: '09:00', on: '2027-03-06' })
    expect(daysOf(respite, '2027-03-01')).toEqual(['2027-03-06', '2027-04-03'])
    expect(daysOf(action({ ...respite, on: '2027-03-31' }), '2027-03-01')).toEqual(['2027-03-31'])
    expect(daysOf(action({ ...respite, on: '2027-01-30' }), '2027-02-01')).toEqual(['2027-02-27', '2027-03-27'])
  })

  it('[WA1] stays at the same hour by the clock when clocks are changed', () => {
    const club = action({ repeats: 'weekly', days: 'tu', starts: '09:00', ends: '11:30' })
    expect(new Set(hoursOf(club, '2027-03-01'))).toEqual(new Set(['09:00']))
    // An hour that the clock leaves out comes after it was put forward; one that it shows twice is the first.
    expect(hoursOf(action({ on: '2027-03-14', starts: '02:30' }), '2027-03-01')).toEqual(['03:30'])
    const first = zoneClock(ZONE).at(dayNumber('2027-11-07')!, 90)
    expect(new Date(first * 60_000).toISOString()).toBe('2027-11-07T08:30:00.000Z')
  })

  it('[WA1] goes on into the next day where it ends earlier in the day than it starts', () => {
    const [night] = occurrencesOf(action({ on: '2027-03-02', starts: '20:00', ends: '07:00' }), {
      ...{ timeZone: ZONE, from: '2027-03-01' },
    })
    expect(night!.ends - night!.starts).toBe(11 * 60)
  })

  it('[WA2] is asked of nobody any more once it is done, let go of or removed, or its goal is', () => {
    const once = action({ on: '2027-03-02', starts: '09:00' })
    const asked = (plan: Plan) => occurrencesIn(plan, { timeZone: ZONE, from: '2027-03-01' }).length
    expect(asked(planOf(once))).toBe(1)
    for (const over of [{ state: 'done' }, { state: 'withdrawn' }, { removed: true }] as const) {
      expect(asked(planOf({ ...once, ...over }))).toBe(0)
    }
    expect(asked({ ...planOf(once), goals: [{ ...goal, removed: true }] })).toBe(0)
  })
})

describe('two places at once', () => {
  it('[WA3] are found as by counting minute by minute, on schedules of many zones', () => {
    const { clashes, different } = compareClashes(150, 90_001)
    expect(different).toEqual([])
    expect(clashes).toBeGreaterThan(50)
  })

  it('[WA4] are one person’s, however the name is written, and of those who have to be there only', () => {
    const club = action({ who: 'Marsh', attends: 'Dana\nRosa', on: '2027-03-02', starts: '09:00', ends: '11:30' })
    const other = { on: '2027-03-02', starts: '10:00', ends: '12:00', column: 'school' } as const
    expect(clashesIn(club, action({ ...other, attends: ' DA na' }))).toMatchObject([{ minutes: 90, times: 1 }])
    expect(clashesIn(club, action({ ...other, who: 'Marsh' }))).toEqual([])
    expect(clashesIn(club, action({ ...other, who: 'Dana', attends: 'Elena' }))).toEqual([])
  })

  it('[WA4] need the longer way between them, and none where both are in the same place', () => {
    const therapy = { on: '2027-03-04', starts: '14:00', ends: '15:00', travel: 45, where: 'Elm Street  40' }
    const pickUp = { on: '2027-03-04', starts: '15:30', where: 'elm street 40 ' }
    expect(clashesIn(action(therapy), action(pickUp))).toEqual([])
    expect(clashesIn(action(therapy), action({ ...pickUp, where: 'Preschool' }))).toMatchObject([{ minutes: 15 }])
    expect(clashesIn(action({ ...therapy, where: '' }), action({ ...pickUp, where: '' }))).toMatchObject([
      { minutes: 15 },
    ])
  })
})

describe('a way out of two places at once', () => {
  const wayOut = (...actions: ActionItem[]) => {
    const [clash] = clashesIn(...actions)
    const found = countInstead(planOf(...actions), clash!, ZONE)
    return found && [found.kept.words, found.counts, found.paused.words, found.days]
  }
  const weekly = { repeats: 'weekly', attends: 'Dana', ends: '12:00' } as const
  const club = action({ ...weekly, words: 'Job club', days: 'tu we', starts: '09:00' })
  const lesson = action({ ...weekly, words: 'Parenting class', days: 'tu', starts: '10:00', column: 'child-welfare' })

  it('[WA13] is a class that counts for the other agency, which pauses on that day', () => {
    expect(wayOut(club, { ...lesson, counts: 'school' })).toEqual([
      'Parenting class',
      'calworks school',
      'Job club',
      'we',
    ])
  })

  it('[WA13] is none where nothing would be left of the other, or it counts nowhere, or is asked by the same agency', () => {
    expect(wayOut({ ...club, days: 'tu' }, lesson)).toBeNull()
    expect(wayOut({ ...club, words: 'Talk' }, { ...lesson, words: 'Viewing of a flat' })).toBeNull()
    expect(wayOut(club, { ...lesson, column: 'calworks' })).toBeNull()
    expect(wayOut(club, { ...lesson, column: 'family' })).toBeNull()
  })
})

describe('the load of one of the family', () => {
  const weekly = { repeats: 'weekly', days: 'tu', starts: '09:00', ends: '10:00' } as const
  const loadsIn = (actions: ActionItem[], members = ['Dana']) =>
    weighLoad(occurrencesIn(planOf(...actions), { timeZone: ZONE, from: '2027-03-01' }), members)

  it('[WA5] is that of the fullest week, by agency, with trips and waiting', () => {
    const actions = [
      action({ ...weekly, where: 'Job center' }),
      action({ ...weekly, starts: '11:00', ends: '11:30', column: 'school', travel: 20 }),
      action({ ...weekly, starts: '16:00', ends: '16:30' }),
      action({ on: '2027-03-19', starts: '09:00', ends: '12:00', column: 'school' }),
    ]
    expect(loadsIn(actions)).toEqual([
      {
        ...{ person: 'Dana', week: '2027-03-15', minutes: 300, trips: 2, waiting: 40 },
        byColumn: [
          { column: 'school', minutes: 210 },
          { column: 'calworks', minutes: 90 },
        ],
      },
    ])
  })

  it('[WA5] is reckoned for nobody who sits there for work', () => {
    const actions = [action({ ...weekly, who: 'Marsh', attends: 'Dana' }), action({ ...weekly, who: 'Quill' })]
    const people = [{ name: 'Wren', role: 'facilitator' }]
    expect(membersOf(planOf(...actions, action({ column: 'family', who: 'Rosa' })), people)).toEqual(['Dana', 'Rosa'])
    expect(loadsIn(actions, ['Rosa'])).toEqual([])
  })
})

describe('the same thing asked twice', () => {
  it('[WA6] is found by its words in both languages and told from what only looks like it', () => {
    const { precision, recall } = judgeDuplicates(LABELLED_PAIRS)
    expect(precision).toBeGreaterThanOrEqual(0.9)
    expect(recall).toBeGreaterThanOrEqual(0.85)
  })

  it('[WA6] is nothing to say any more once it counts toward both', () => {
    const parenting = action({ words: 'Parenting class', column: 'child-welfare', attends: 'Dana' })
    const clases = action({ words: 'Clases para padres', column: 'calworks', attends: 'Dana' })
    expect(findDuplicates(planOf(parenting, clases))).toHaveLength(1)
    expect(findDuplicates(planOf({ ...parenting, counts: 'school calworks' }, clases))).toEqual([])
  })

  it('[WA6] is asked nowhere in the stories of the demo', () => {
    for (const { plan, family, title } of demoPlans()) {
      expect(findDuplicates(plan, Object.keys(family.people)), title).toEqual([])
    }
  })
})

describe('what is asked of people', () => {
  const span = { timeZone: ZONE, from: '2027-03-01' }
  const visit = action({ on: '2027-03-04', starts: '09:00', due: '2027-03-04' })
  const askedOf = (goals: Plan['goals'], order: ActionItem) => {
    const plan = { ...planOf(order), goals }
    return [occurrencesIn(plan, span).length, findDeadlines(plan, span.from).length, strayOrders(plan).length]
  }

  it('[WA2] is nothing of a hope that waits or was removed, but what a court ordered holds all the same', () => {
    const [removed, later] = [
      { ...goal, removed: true },
      { ...goal, later: true },
    ]
    const ordered = { ...visit, ordered: true }
    expect(askedOf([goal], visit)).toEqual([1, 1, 0])
    for (const idle of [removed, later]) expect(askedOf([idle], visit)).toEqual([0, 0, 0])
    expect(askedOf([later], ordered)).toEqual([1, 1, 0])
    expect(askedOf([removed], ordered)).toEqual([1, 1, 1])
    expect(askedOf([removed], { ...ordered, removed: true })).toEqual([0, 0, 0])
  })

  it('[WA30] is a clash where a child is to be picked up in the middle of a class: who comes when it is over comes late', () => {
    const school = action({ on: '2027-03-04', starts: '10:00', ends: '12:00', where: 'Elm Street' })
    const pickUp = { ...visit, id: 'pick-up', starts: '11:15', ends: null }
    expect(clashesIn(school, pickUp)).toMatchObject([{ minutes: 45, together: true, second: 'pick-up' }])
    expect(clashesIn(school, { ...pickUp, travel: 10 })).toMatchObject([{ minutes: 55 }])
    for (const fits of [{ starts: '10:00' }, { starts: '12:00' }, { where: 'elm street ' }, { who: 'Rosa' }]) {
      expect(clashesIn(school, { ...pickUp, ...fits }), JSON.stringify(fits)).toEqual([])
    }
    const counted = {
      ...school,
      words: 'Parenting class',
      column: 'child-welfare' as const,
      repeats: 'weekly' as const,
    }
    const [clash] = clashesIn(counted, pickUp)
    expect(countInstead(planOf(counted, pickUp), clash!, ZONE)).toBeNull()
  })
})

describe('what is still missing', () => {
  const whole = action({ due: '2027-03-05' })

  it('[WA7] is a step, an agency’s step, who, when and an answer', () => {
    expect(findGaps(planOf(whole))).toEqual([])
    expect(findGaps(planOf())).toEqual([{ what: 'goal-without-action', goal: 'goal' }])
    expect(findGaps(planOf({ ...whole, column: 'family' }))).toEqual([{ what: 'goal-without-agency', goal: 'goal' }])
    expect(findGaps(planOf({ ...whole, who: ' ', due: null }), { unanswered: [whole.id] })).toEqual([
      { what: 'action-without-owner', action: whole.id },
      { what: 'action-without-day', action: whole.id },
      { what: 'action-without-answer', action: whole.id },
    ])
    expect(findGaps(planOf({ ...whole, due: null, repeats: 'weekly', days: 'mo' }))).toEqual([])
    expect(findGaps({ ...planOf(), goals: [{ ...goal, later: true }] })).toEqual([])
  })

  it('[WA7] is a goal, only as long as there are worries and no goal at all', () => {
    const worry = { ...WORRY, id: 'worry', words: 'No light', order: 'a0', removed: false }
    expect(findGaps({ ...emptyPlan(), worries: [worry] })).toEqual([{ what: 'worries-without-goal', count: 1 }])
    expect(findGaps({ ...planOf(whole), worries: [worry] })).toEqual([])
  })

  it('[WA7] is a seat that is empty, for whom the plan names or who works with the family, and a signature', () => {
    const around = { seated: ['school'], agencies: ['school', 'housing'], unsigned: ['Dana', 'dana'] } as const
    expect(findGaps(planOf(whole), around)).toEqual([
      { what: 'seat', agency: 'calworks' },
      { what: 'seat', agency: 'housing' },
      { what: 'signature', name: 'dana' },
    ])
  })

  it('[BE51] is a need to which nobody has said yes, and a seat that the kind of meeting asks for', () => {
    const needs = [{ kind: 'ride', name: 'Pilar', words: '' }] as const
    expect(
      findGaps(emptyPlan(), { seated: ['child-welfare'], agencies: ['child-welfare', 'calworks'], needs }),
    ).toEqual([
      { what: 'seat', agency: 'calworks' },
      { what: 'need', kind: 'ride', name: 'Pilar', words: '' },
    ])
  })
})

describe('the strip of clocks', () => {
  it('[WA8] holds every dated thing once, the earliest first, with whose clock it is', () => {
    const actions = [
      action({ due: '2027-03-09' }),
      action({ due: '2027-03-05', state: 'done' }),
      action({ due: '2027-03-20', repeats: 'weekly', days: 'tu', until: '2027-03-30', column: 'school' }),
      action({ on: '2027-03-15', starts: '09:00', column: 'housing' }),
    ]
    expect(
      findDeadlines(planOf(...actions), '2027-03-12').map(({ day, what, column, late }) => [day, what, column, late]),
    ).toEqual([
      ['2027-03-09', 'due', 'calworks', 3],
      ['2027-03-15', 'on', 'housing', 0],
      ['2027-03-20', 'due', 'school', 0],
      ['2027-03-30', 'until', 'school', 0],
    ])
  })

  it('[WA8] says that Jules’s plan of 9 February was to be looked at by 10 April, and was 24 days late on 4 May', () => {
    const [first, review] = demoPlans().filter(({ title }) => /first plan|plan going/.test(title))
    const renewal = renewalOf('wraparound', first!.day)!.day
    expect(renewal).toBe('2027-04-10')
    expect(findDeadlines(review!.plan, review!.day, renewal)).toContainEqual({
      ...{ day: '2027-04-10', what: 'renewal', column: null, action: null, late: 24 },
    })
    expect(renewalOf('tdm', first!.day)).toBeNull()
  })
})

describe('the Alder family', () => {
  const alder = demoPlans().filter(({ family }) => family.name === 'Miles’s family')
  const watched = alder.map(({ plan, day, family }) => {
    const occurrences = occurrencesIn(plan, { timeZone: ZONE, from: day })
    const people = Object.entries(family.people).map(([name, { role }]) => ({ name, role }))
    return { plan, clashes: findClashes(occurrences), loads: weighLoad(occurrences, membersOf(plan, people)) }
  })

  it('[WA11] is asked for three clashes of 90, 30 and 15 minutes and 11½ hours on 2 March', () => {
    const [{ clashes, loads }] = watched as [(typeof watched)[0]]
    expect(clashes.map(({ person, minutes, times }) => [person, minutes, times])).toEqual([
      ['Dana', 90, 8],
      ['Dana', 30, 8],
      ['Dana', 15, 8],
    ])
    expect(loads.map(({ person, minutes, trips }) => [person, minutes, trips])).toEqual([['Dana', 11.5 * 60, 9]])
  })

  it('[WA11] is asked for no clash and 9 hours on 13 April, when the class counts toward CalWORKs', () => {
    const [, { plan, clashes, loads }] = watched as [unknown, (typeof watched)[0]]
    expect(clashes).toEqual([])
    expect(loads.map(({ person, minutes }) => [person, minutes])).toEqual([['Dana', 9 * 60]])
    expect(plan.actions.find(({ words }) => words.startsWith('Parenting class'))!.counts).toBe('calworks')
  })
})
