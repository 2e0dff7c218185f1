import { isDoc } from './values'

/**
 * The values that a dotted path leads to. An array on the way is entered element by element (or at a position, where
 * the path has a number); an array at the end is one value. `undefined` stands for "not there".
 */
export function leavesAt(value: unknown, path: readonly string[]): unknown[] {
  if (path.length === 0) return [value]
  const [step, ...rest] = path as [string, ...string[]]
  if (isDoc(value)) return Object.hasOwn(value, step) ? leavesAt(value[step], rest) : [undefined]
  if (!Array.isArray(value)) return [undefined]
  const inside = value.filter(isDoc).flatMap((element) => leavesAt(element, path))
  return isPosition(step) && Number(step) < value.length ? [...inside, ...leavesAt(value[Number(step)], rest)] : inside
}

export function isPosition(step: string): boolean {
  return /^(0|[1-9]\d*)$/.test(step)
}
