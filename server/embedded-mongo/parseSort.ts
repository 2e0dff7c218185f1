import { type KeyPattern } from './indexKeys'
import { StoreError } from './StoreError'
import { asDoc, isNumber } from './values'

/** A sort, or the key of an index: paths with 1 or -1. */
export function parseSort(value: unknown, name: string): KeyPattern {
  return Object.entries(asDoc(value ?? {}, name)).map(([path, direction]) => {
    const number = isNumber(direction) ? Number(direction) : 0
    if (number !== 1 && number !== -1) throw new StoreError('BadValue', `'${name}' takes 1 and -1 only; see '${path}'`)
    if (path.split('.').some((step) => step === '' || step.startsWith('$'))) {
      throw new StoreError('BadValue', `'${name}' has a path that is not known here: '${path}'`)
    }
    return [path, number]
  })
}
