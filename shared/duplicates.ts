import { askedActions } from './askedActions'
import type { ActionItem, Column, Plan } from './plan'
import { plainWords, serviceOf } from './services'
import { nameKey } from './whoComes'

/** The same thing is asked by two agencies. */
export interface Duplicate {
  first: string
  second: string
  /** Both agencies; the time of the first could count towards the second. */
  columns: [Column, Column]
}

/** From which share of common words on two promises that name no known service are taken for the same. */
const ALIKE = 0.7
const LITTLE = new Set(
  'a an the and or of to for with in on at by from up her his their your our my is are be will it this that el la los las un una y o de del al con en por para su sus se que lo le mi es every each week weekly day cada semana dia'.split(
    ' ',
  ),
)

interface Asked {
  action: ActionItem
  service: string | null
  words: Set<string>
  /** Whom of the family it is for, as far as somebody said. */
  whom: Set<string>
}

const stem = (word: string) => (word.length > 4 ? word.replace(/(es|s)$/, '') : word)

/** @param members how each is written in plain words, and what the name is compared by */
function readAction(action: ActionItem, members: readonly [string, string][]): Asked {
  const plain = plainWords(action.words)
  const said = plain.split(' ')
  const named = members.filter(([name]) => said.includes(name)).map(([, key]) => key)
  const attends = action.attends.split('\n').filter((name) => name.trim())
  return {
    action,
    service: serviceOf(plain),
    words: new Set(said.filter((word) => word && !LITTLE.has(word)).map(stem)),
    whom: new Set([...named, ...attends.map(nameKey)]),
  }
}

/** The share of words that two have in common; 0 where it is a single one. */
function share(a: Set<string>, b: Set<string>): number {
  let common = 0
  for (const word of a) if (b.has(word)) common += 1
  return common < 2 ? 0 : common / (a.size + b.size - common)
}

/** Both known, and nobody among them who is meant by both. */
const isForOthers = (a: Set<string>, b: Set<string>) => a.size > 0 && b.size > 0 && ![...a].some((name) => b.has(name))

/** Does the time of one count towards the other's hours already? Then it is asked once. */
const counts = (a: ActionItem, b: ActionItem) => a.counts.split(' ').includes(b.column)

/** Two that name the same service, or none that is known. */
function isSame(a: Asked, b: Asked): boolean {
  if (a.action.column === b.action.column || counts(a.action, b.action) || counts(b.action, a.action)) return false
  return !isForOthers(a.whom, b.whom) && (a.service !== null || share(a.words, b.words) >= ALIKE)
}

/**
 * What two agencies both ask for, in whichever words of the two languages; the family's own promises and what is over are
 * nobody's double.
 *
 * @param members those of the family, by name: what is for Mateo is not for Sofía
 */
export function findDuplicates(plan: Plan, members: readonly string[] = []): Duplicate[] {
  const asked = askedActions(plan).filter(({ column, words }) => column !== 'family' && words.trim())
  const named = members.map((name): [string, string] => [plainWords(name), nameKey(name)])
  const byService = new Map<string | null, Asked[]>()
  const found: Duplicate[] = []
  for (const b of asked.map((action) => readAction(action, named))) {
    const like = byService.get(b.service) ?? []
    for (const { action } of like.filter((a) => isSame(a, b))) {
      found.push({ first: action.id, second: b.action.id, columns: [action.column, b.action.column] })
    }
    byService.set(b.service, [...like, b])
  }
  return found
}
