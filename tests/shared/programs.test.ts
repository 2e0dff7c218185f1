import { describe, expect, it } from 'vitest'
import { findDuplicates } from '../../shared/duplicates'
import { countsWithoutHours, hoursThatCount } from '../../shared/hoursThatCount'
import { emptyPlan, type ActionItem, type Plan, type Program } from '../../shared/plan'
import { programDates } from '../../shared/programDates'
import { findRelativeAid } from '../../shared/relativeAid'
import { demoPlans } from '../support/demoPlans'
import { ACTION, GOAL, PROGRAM, WORRY } from '../support/unsaid'

const SPAN = { timeZone: 'America/Los_Angeles', from: '2027-04-15' }
const CASH = { program: 'cash-aid', who: 'Dana' } as const
const goal = { ...GOAL, id: 'goal', words: 'A safe home', order: 'a0', removed: false }
let made = 0
const action = (said: Partial<ActionItem>): ActionItem => ({
  ...{ ...ACTION, id: `action${made++}`, words: 'Be there', order: 'a0', removed: false },
  ...{ goal: goal.id, column: 'family', who: 'Dana' },
  ...said,
})
const planOf = (...actions: ActionItem[]): Plan => ({ ...emptyPlan(), goals: [goal], actions })
const program = (said: Partial<Program>): Program => ({ ...PROGRAM, id: 'p', order: 'a0', removed: false, ...said })

const weekly = { repeats: 'weekly', starts: '09:00', ends: '11:30', days: 'tu we th' } as const
const club = action({ column: 'calworks', who: 'Marsh', attends: 'Dana', words: 'Job club', ...weekly })
const parenting = action({
  column: 'child-welfare',
  who: 'Quill',
  attends: 'Dana',
  counts: 'calworks',
  ...{ ...weekly, days: 'tu', starts: '10:00', ends: '12:00' },
})
const therapy = action({ counts: 'calworks', ...weekly, days: 'th', starts: '13:30', ends: '14:30', travel: 45 })
const helping = action({ counts: 'calworks school', ...weekly, days: 'fr', starts: '08:00', ends: '12:00' })
const minutesOf = (plan: Plan, whose: Parameters<typeof hoursThatCount>[1] = CASH, span = SPAN) =>
  hoursThatCount(plan, whose, span).map(({ minutes }) => minutes)

describe('hours that count', () => {
  it('[PG10] are what the office asks for itself and what is tagged so: a class, therapy, helping at school; the way there is none', () => {
    const [week] = hoursThatCount(planOf(club, therapy, helping), CASH, SPAN)
    expect(week).toMatchObject({ week: '2027-04-12', minutes: (7.5 + 1 + 4) * 60 })
    expect(week!.parts.map((part) => [part.action.id, part.minutes])).toEqual([
      [club.id, 450],
      [therapy.id, 60],
      [helping.id, 240],
    ])
    // The week is a whole one, also when it has begun; what is asked by others or tagged for others does not count.
    const others = [action({ column: 'school', ...weekly }), action({ counts: 'school', ...weekly })]
    expect(minutesOf(planOf(...others))).toEqual(Array(8).fill(0))
  })

  it('[PG10] of two things at once count once', () => {
    const [week] = hoursThatCount(planOf(club, parenting), CASH, SPAN)
    expect(week!.minutes).toBe((7.5 + 0.5) * 60)
    expect(week!.parts.map(({ minutes }) => minutes)).toEqual([450, 30])
  })

  it('[PG10] follow what repeats by weeks, fortnights and months, to its last day, over changes of the clock', () => {
    const fortnightly = action({ ...helping, repeats: 'fortnightly', on: '2027-04-16', days: '' })
    const monthly = action({ ...helping, repeats: 'monthly', on: '2027-04-02' })
    const once = action({ ...helping, repeats: 'once', on: '2027-04-20' })
    const until = action({ ...helping, until: '2027-04-24' })
    expect(minutesOf(planOf(fortnightly))).toEqual([240, 0, 240, 0, 240, 0, 240, 0])
    expect(minutesOf(planOf(monthly))).toEqual([0, 0, 0, 240, 0, 0, 0, 240])
    expect(minutesOf(planOf(once))).toEqual([0, 240, 0, 0, 0, 0, 0, 0])
    expect(minutesOf(planOf(until))).toEqual([240, 240, 0, 0, 0, 0, 0, 0])
    const march = { ...SPAN, from: '2027-03-10' }
    expect(minutesOf(planOf(helping), CASH, march)).toEqual(Array(8).fill(240))
  })

  it('[PG10] are those of the person whose program it is, and of nothing that is over', () => {
    const rosas = action({ ...helping, who: 'Rosa' })
    const over = [action({ ...helping, state: 'done' }), action({ ...helping, removed: true })]
    expect(minutesOf(planOf(rosas, ...over))).toEqual(Array(8).fill(0))
    expect(minutesOf(planOf(rosas), { ...CASH, who: ' ROSA ' })[0]).toBe(240)
    expect(minutesOf(planOf(rosas), { ...CASH, who: '' })[0]).toBe(240)
    expect(minutesOf({ ...planOf(helping), goals: [{ ...goal, removed: true }] })).toEqual(Array(8).fill(0))
  })

  it('[PG10] are unknown where the plan names no hours, and that is said', () => {
    const someday = action({ counts: 'calworks', words: 'English class' })
    const open = action({ counts: 'calworks', starts: '09:00', repeats: 'weekly', days: 'mo' })
    expect(countsWithoutHours(planOf(helping, someday, open), CASH)).toEqual([someday, open])
    expect(minutesOf(planOf(someday, open))).toEqual(Array(8).fill(0))
  })

  it('[PG10] in the demo the class counts as job club in April, and did not in March', () => {
    const alder = demoPlans().filter(({ family }) => family.name === 'Miles’s family')
    const [march, april] = alder.map(({ plan }) => plan) as [Plan, Plan]
    const from = (day: string) => ({ ...SPAN, from: day })
    expect(minutesOf(march, CASH, from('2027-03-02'))[0]).toBe(7.5 * 60)
    const [week] = hoursThatCount(april, CASH, from('2027-04-13'))
    expect(week!.minutes).toBe(7 * 60)
    expect(week!.parts.map(({ action }) => action.id)).toEqual(['alderparentclass', 'alderjobclub0000'])
  })
})

describe('what comes next in a program', () => {
  it('[PG11] stands on the strip with the colour of its office; what should be handed in is late, what took place is over', () => {
    const report = program({ id: 'a', next: 'report 2027-04-10' })
    const renewal = program({ id: 'b', program: 'housing-aid', next: 'renewal 2027-06-01' })
    const missed = program({ id: 'c', next: 'appointment 2027-04-10' })
    const gone = program({ id: 'd', next: 'report 2027-04-10', removed: true })
    const never = program({ id: 'e', next: 'report 2027-02-31' })
    const dates = programDates([report, renewal, missed, gone, never, program({})], '2027-04-15')
    expect(dates).toEqual([
      { day: '2027-04-10', what: 'report', column: 'calworks', action: null, program: report, late: 5 },
      { day: '2027-06-01', what: 'renewal', column: 'housing', action: null, program: renewal, late: 0 },
    ])
  })
})

describe('aid for relatives', () => {
  it('[PG22] is found in the plan in either language, also where only the wording beside it says so', () => {
    const said = [
      'Start relative aid for Pilar.',
      'Hand in the form for kin aid.',
      'Ask for aid for relatives who raise a child: Pilar.',
      'Kinship care payments for Rosa',
      'Pedir la ayuda para familiares que crían a un niño: Pilar.',
      'Empezar la ayuda para Pilar como familiar.',
      'Solicitar el apoyo económico para los parientes',
    ]
    for (const words of said) {
      expect(findRelativeAid(planOf(action({ words })))?.words, words).toBe(words)
      expect(findRelativeAid(planOf(action({ words: 'x', other: words })))?.other, words).toBe(words)
    }
    const others = [
      ...['Call the relatives.', 'Visits with relatives on Sundays.', 'First aid class', 'Help from relatives'],
      ...['Ayuda con la tarea', 'Contar con el apoyo de familiares', 'Ayuda para la familia'],
    ]
    for (const words of others) expect(findRelativeAid(planOf(action({ words }))), words).toBeNull()
    const letGo = action({ words: said[0]!, state: 'withdrawn' })
    expect(findRelativeAid(planOf(letGo))).toBeNull()
    expect(findRelativeAid(planOf({ ...letGo, state: 'done' }))).not.toBeNull()
  })
})

describe('what gets in the way of two programs', () => {
  it('[PG30] is told once for both, and nothing is asked twice by that', () => {
    const worry = { ...WORRY, id: 'w', words: 'No child care', order: 'a0', removed: false }
    const both = { ...planOf(), worries: [{ ...worry, concerns: 'child-welfare calworks' }] }
    expect(findDuplicates(both)).toEqual([])
  })
})
