// When clocks are put forward and back, written down by hand from the law of each place, and a calendar that counts on
// its fingers: nothing here asks the machine for a date, so that it can be held against what does.

export interface Date3 {
  year: number
  month: number
  date: number
}

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
export const monthLength = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

/** Days since 1 January 1970, counted year by year and month by month. */
const counted = new Map<number, number>()
export function serialOf({ year, month, date }: Date3): number {
  let days = counted.get(year)
  if (days === undefined) {
    days = 0
    for (let y = 1970; y < year; y += 1) days += isLeap(y) ? 366 : 365
    counted.set(year, days)
  }
  for (let m = 1; m < month; m += 1) days += monthLength(year, m)
  return days + date - 1
}

export function nextDay({ year, month, date }: Date3): Date3 {
  if (date < monthLength(year, month)) return { year, month, date: date + 1 }
  return month < 12 ? { year, month: month + 1, date: 1 } : { year: year + 1, month: 1, date: 1 }
}

/** 0 is Sunday; by Sakamoto's table. */
export function weekday({ year, month, date }: Date3): number {
  const y = month < 3 ? year - 1 : year
  const table = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
  return (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + table[month - 1]! + date) % 7
}

/** The first, second … or last Sunday of a month. */
function sunday(year: number, month: number, which: 1 | 2 | 'last'): Date3 {
  const all: Date3[] = []
  for (let date = 1; date <= monthLength(year, month); date += 1) {
    if (weekday({ year, month, date }) === 0) all.push({ year, month, date })
  }
  return which === 'last' ? all[all.length - 1]! : all[which - 1]!
}

interface Law {
  /** Minutes ahead of UTC outside summer time, and how far the clock is put forward in it. */
  standard: number
  forward: number
  /** UTC minutes at which summer time begins and ends in a year. */
  summer(year: number): [number, number]
  /** In the south the year begins in summer time. */
  south: boolean
}

const at = (day: Date3, minuteUtc: number) => serialOf(day) * 1440 + minuteUtc
const never: Pick<Law, 'forward' | 'summer' | 'south'> = { forward: 0, summer: () => [0, 0], south: false }
const american = (standard: number): Law => ({
  ...{ standard, forward: 60, south: false },
  summer: (year) => [
    at(sunday(year, 3, 2), 120 - standard),
    at(sunday(year, 11, 1), 60 - standard), // 2:00 by the clock that is put back
  ],
})
const european = (standard: number): Law => ({
  ...{ standard, forward: 60, south: false },
  summer: (year) => [at(sunday(year, 3, 'last'), 60), at(sunday(year, 10, 'last'), 60)],
})

export const LAWS: Readonly<Record<string, Law>> = {
  'America/Los_Angeles': american(-480),
  'America/Chicago': american(-360),
  'America/New_York': american(-300),
  'America/St_Johns': american(-210),
  'America/Phoenix': { standard: -420, ...never },
  'Asia/Kathmandu': { standard: 345, ...never },
  'Europe/London': european(0),
  'Europe/Madrid': european(60),
  'Australia/Sydney': {
    ...{ standard: 600, forward: 60, south: true },
    summer: (year) => [at(sunday(year, 10, 1), 120 - 600), at(sunday(year, 4, 1), 120 - 600)],
  },
  'Australia/Lord_Howe': {
    ...{ standard: 630, forward: 30, south: true },
    summer: (year) => [at(sunday(year, 10, 1), 120 - 630), at(sunday(year, 4, 1), 120 - 660)],
  },
  'Pacific/Auckland': {
    ...{ standard: 720, forward: 60, south: true },
    summer: (year) => [at(sunday(year, 9, 'last'), 120 - 720), at(sunday(year, 4, 1), 120 - 720)],
  },
}

const summers = new Map<string, [number, number]>()
function summerOf(zone: string, year: number): [number, number] {
  const known = summers.get(`${zone} ${year}`) ?? LAWS[zone]!.summer(year)
  summers.set(`${zone} ${year}`, known)
  return known
}

/** Minutes by which the clocks of a zone are ahead of UTC at a moment of a year. */
function ahead(zone: string, moment: number, year: number): number {
  const { standard, forward, south } = LAWS[zone]!
  const [begins, ends] = summerOf(zone, year)
  const isSummer = south ? moment < ends || moment >= begins : moment >= begins && moment < ends
  return isSummer ? standard + forward : standard
}

/**
 * The first moment at which the clocks of a zone show a minute of a day; a minute that they leave out is looked for with
 * the clock that was not put forward.
 */
export function momentAt(zone: string, day: Date3, minute: number): number {
  const { standard, forward } = LAWS[zone]!
  const shown = serialOf(day) * 1440 + minute
  const inSummer = shown - standard - forward
  const inWinter = shown - standard
  if (inSummer + ahead(zone, inSummer, day.year) === shown) return inSummer
  return inWinter
}
