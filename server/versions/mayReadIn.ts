import type { Part } from '../../shared/part'
import type { Visitor } from '../access/Access'
import { may } from '../access/authorize'
import { seenSince } from '../access/seenSince'

/** May they read this part in a version of that time? What was opened to them later keeps its past. */
export function mayReadIn(reader: Visitor, madeAt: Date, part: Part): boolean {
  return may(reader, 'version:read', part) && madeAt >= seenSince(reader, part)
}
