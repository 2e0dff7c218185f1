import * as z from 'zod/mini'
import { dayNumber, dayOf } from './days'
import { isWorkday } from './holidays'
import { localMinute } from './localMinute'

/** Why a meeting is held, as far as a rule says by when. */
export const WHYS = ['removal', 'emergency', 'placement-change', 'reunification', 'team', 'first-plan'] as const
export type Why = (typeof WHYS)[number]

const isDay = (day: string) => /^\d{4}-\d\d-\d\d$/.test(day) && dayNumber(day) !== null
const isHour = (hour: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(hour)

/** A day on the meeting's calendar, with its hour where that is known: `2027-03-05`, `2027-03-05T14:00`. */
const LocalTime = z.string().check(
  z.refine((text) => {
    const [day, hour] = text.split('T')
    return isDay(day!) && (hour === undefined ? !text.includes('T') : isHour(hour))
  }),
)

/** What is known of why a meeting is held; from it follows by when. */
export const RuleFacts = z.object({
  /** Null where no such rule is meant: then only the renewal of the plan counts. */
  why: z.nullable(z.enum(WHYS)),
  /** What the time is counted to or from: the move, the day the child had to leave, the referral, the beginning. */
  event: z.nullable(LocalTime),
  /** The first hearing in court, or for a team the one that decides about the plan for the child. */
  hearing: z.nullable(LocalTime),
  /** The Indian Child Welfare Act holds for the child. */
  icwa: z.boolean(),
})
export type RuleFacts = z.infer<typeof RuleFacts>

export const NO_FACTS: RuleFacts = { why: null, event: null, hearing: null, icwa: false }

const DAYS = 'must be a whole number of days from 0 to 400'
const days = z.int(DAYS).check(z.gte(0, DAYS), z.lte(400, DAYS))
const ONE_OF = 'must say one of before, days or workingDays'

/** By when one rule wants a meeting: before something happens, or so many days after it. */
export const Limit = z
  .strictObject({
    from: z.enum(['event', 'hearing']),
    before: z.optional(z.literal(true, 'can only be true')),
    days: z.optional(days),
    workingDays: z.optional(days),
    /** Days instead of those, where the Indian Child Welfare Act holds. */
    icwaDays: z.optional(days),
  })
  .check(
    z.refine(
      ({ before, days, workingDays }) => [before, days, workingDays].filter((one) => one !== undefined).length === 1,
      ONE_OF,
    ),
  )
export type Limit = z.infer<typeof Limit>

const HOLIDAY = 'must be a day such as 2027-03-31, or 03-31 for every year'
const Holiday = z.string().check(z.refine((day) => isDay(/^\d\d-\d\d$/.test(day) ? `2024-${day}` : day), HOLIDAY))

/** The county's rules, as its file may say them; what it leaves out stays as OurPlan brings it. */
export const RuleClocksFile = z.strictObject({
  /** The earliest limit of a reason counts. */
  clocks: z.optional(z.partialRecord(z.enum(WHYS), z.array(Limit).check(z.minLength(1, 'has no limit')))),
  /** Days after which a sealed plan is looked at again, by kind of meeting; null for never. */
  renewals: z.optional(z.record(z.string(), z.nullable(days))),
  holidays: z.optional(
    z.strictObject({
      federal: z.optional(z.boolean()),
      days: z.optional(z.array(Holiday)),
      worked: z.optional(z.array(Holiday)),
    }),
  ),
  /** What becomes of a last day that is no working day: it stands, or it is the working day before or after. */
  weekend: z.optional(z.enum(['stands', 'earlier', 'later'])),
})
export type RuleClocksFile = z.infer<typeof RuleClocksFile>

/** All rules there are here. */
export const RuleClocks = z.object({
  clocks: z.record(z.enum(WHYS), z.array(Limit)),
  renewals: z.record(z.string(), z.nullable(z.number())),
  holidays: z.object({ federal: z.boolean(), days: z.array(z.string()), worked: z.array(z.string()) }),
  weekend: z.enum(['stands', 'earlier', 'later']),
})
export type RuleClocks = z.infer<typeof RuleClocks>

const BEFORE_IT: Limit = { from: 'event', before: true }
const BEFORE_COURT: Limit = { from: 'hearing', before: true }

/** Usual rules of team decision meetings and child and family teams; each county checks them against its own. */
export const RULE_CLOCKS: RuleClocks = {
  clocks: {
    removal: [BEFORE_IT, BEFORE_COURT],
    emergency: [{ from: 'event', workingDays: 1 }, BEFORE_COURT],
    'placement-change': [BEFORE_IT],
    reunification: [BEFORE_IT],
    team: [{ from: 'event', days: 60, icwaDays: 30 }, BEFORE_COURT],
    'first-plan': [{ from: 'event', days: 30 }],
  },
  renewals: { wraparound: 60, cft: 60 },
  holidays: { federal: true, days: [], worked: [] },
  weekend: 'stands',
}

/** The rules with what the county says itself. */
export function withCounty({ clocks, renewals, holidays, weekend }: RuleClocksFile): RuleClocks {
  return {
    clocks: { ...RULE_CLOCKS.clocks, ...clocks },
    renewals: { ...RULE_CLOCKS.renewals, ...renewals },
    holidays: { ...RULE_CLOCKS.holidays, ...holidays },
    weekend: weekend ?? RULE_CLOCKS.weekend,
  }
}

/** By when a meeting has to be held, and what says so. */
export const HoldBy = z.object({
  /** Null for the renewal of a plan. */
  why: z.nullable(z.enum(WHYS)),
  /** The last day on which it may be. */
  day: z.string(),
  /** On that day it has to begin before this hour, where one is known. */
  hour: z.nullable(z.string()),
  rule: z.enum(['before', 'days', 'working-days', 'renewal']),
  /** How many days; 0 for `before`. */
  count: z.number(),
  /** What it is counted to or from: `plan` is the family's last sealed plan of this kind. */
  from: z.enum(['event', 'hearing', 'plan']),
  /** That time, as it was said. */
  at: z.string(),
})
export type HoldBy = z.infer<typeof HoldBy>

const plus = (day: string, count: number) => dayOf(dayNumber(day)! + count)

function nextWorkday(day: string, step: 1 | -1, { holidays }: RuleClocks): string {
  let next = plus(day, step)
  while (!isWorkday(next, holidays)) next = plus(next, step)
  return next
}

/** The last day, moved where the county wants no last day on a day off. */
function offWeekend(day: string, rules: RuleClocks, step: 1 | -1): string {
  return isWorkday(day, rules.holidays) ? day : nextWorkday(day, step, rules)
}

function workdaysAfter(day: string, count: number, rules: RuleClocks): string {
  let last = day
  for (let left = count; left > 0; left -= 1) last = nextWorkday(last, 1, rules)
  return last
}

/** @returns null where what the limit is counted from is not known */
function reckon(limit: Limit, facts: RuleFacts, rules: RuleClocks): HoldBy | null {
  const at = facts[limit.from]
  if (at === null) return null
  const [day, hour] = at.split('T') as [string, string?]
  const { weekend } = rules
  const counted = { why: facts.why, from: limit.from, at, hour: null }
  if (limit.before) {
    const about = { ...counted, rule: 'before', count: 0 } as const
    if (hour) return { ...about, day, hour }
    // Nobody knows the hour: on the day itself it may be too late.
    const last = plus(day, -1)
    return { ...about, day: weekend === 'earlier' ? offWeekend(last, rules, -1) : last }
  }
  if (limit.workingDays !== undefined) {
    const count = limit.workingDays
    return { ...counted, rule: 'working-days', count, day: workdaysAfter(day, count, rules) }
  }
  const count = facts.icwa && limit.icwaDays !== undefined ? limit.icwaDays : limit.days!
  return { ...counted, rule: 'days', count, day: settled(plus(day, count), rules) }
}

function settled(day: string, rules: RuleClocks): string {
  return rules.weekend === 'stands' ? day : offWeekend(day, rules, rules.weekend === 'later' ? 1 : -1)
}

/**
 * The day by which a plan is to be looked at again; null where its kind of meeting has no such rule.
 *
 * @param sealedOn the day on which the last plan of this kind was sealed
 */
export function renewalOf(kind: string, sealedOn: string, rules: RuleClocks = RULE_CLOCKS): HoldBy | null {
  const count = rules.renewals[kind] ?? null
  if (count === null || !isDay(sealedOn)) return null
  const day = settled(plus(sealedOn, count), rules)
  return { why: null, day, hour: null, rule: 'renewal', count, from: 'plan', at: sealedOn }
}

const endOf = ({ day, hour }: HoldBy) => `${day}T${hour ?? '24:00'}`

/**
 * By when a meeting has to be held: the earliest of all that is known.
 *
 * @param renewal by when the family's plan is looked at again
 */
export function holdBy(facts: RuleFacts, rules: RuleClocks, renewal: HoldBy | null = null): HoldBy | null {
  const limits = facts.why === null ? [] : rules.clocks[facts.why]
  const all = [...limits.map((limit) => reckon(limit, facts, rules)), renewal].filter((one) => one !== null)
  return all.sort((a, b) => (endOf(a) < endOf(b) ? -1 : endOf(a) > endOf(b) ? 1 : 0))[0] ?? null
}

/**
 * How many days after the last one a meeting begins, on its own calendar: 0 for the same day, too late in it; null where
 * it is in time.
 */
export function daysLate(by: HoldBy, startsAt: string | Date, timeZone: string): number | null {
  const local = localMinute(new Date(startsAt), timeZone)
  return local < endOf(by) ? null : dayNumber(local.slice(0, 10))! - dayNumber(by.day)!
}
