import type { Occurrence } from './occurrences'
import { nameKey, whoComes } from './whoComes'

/** Who has to be where, person by person, the earliest first. */
export function byPerson(occurrences: readonly Occurrence[]): Map<string, { name: string; times: Occurrence[] }> {
  const people = new Map<string, { name: string; times: Occurrence[] }>()
  const known = new Map<object, [string, string][]>()
  for (const occurrence of occurrences) {
    const { action } = occurrence
    const names = known.get(action) ?? whoComes(action).map((name): [string, string] => [nameKey(name), name])
    known.set(action, names)
    for (const [key, name] of names) {
      const person = people.get(key) ?? { name, times: [] }
      person.times.push(occurrence)
      people.set(key, person)
    }
  }
  return people
}
