import type { Part } from '../../shared/part'
import type { Visitor } from './Access'

const EVER = new Date(0)

/** From when on somebody who may read a part may also know what happened in it: what is opened later keeps its past. */
export function seenSince({ openings }: Visitor, { section, subject }: Part): Date {
  return openings.find((opening) => opening.section === section && opening.subject === subject)?.since ?? EVER
}
