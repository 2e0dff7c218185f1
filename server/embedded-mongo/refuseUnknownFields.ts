import { StoreError } from './StoreError'
import { type Doc } from './values'

/** Too lenient would be worse than too strict: what is not known is never quietly left out. */
export function refuseUnknownFields(where: string, doc: Doc, known: readonly string[]): void {
  const unknown = Object.keys(doc).find((field) => !known.includes(field))
  if (unknown) throw new StoreError('UnknownField', `BSON field '${where}.${unknown}' is an unknown field.`)
}
