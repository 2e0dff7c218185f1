import { isGated, type Part } from '../../shared/part'
import type { About } from '../../shared/record'
import type { Visitor } from '../access/Access'
import { by } from './actors'
import type { RecordKeeper } from './record'

/**
 * Writes down, durably, that somebody reads gated parts, and by which release. Parts that no release opens need no note
 * of their own.
 *
 * @throws record/unavailable; then they must not be shown
 */
export function createNoteParts(record: RecordKeeper) {
  return async function noteParts(
    visitor: Visitor,
    parts: readonly Part[],
    via: About<'part-opened'>['via'],
  ): Promise<void> {
    for (const { section, subject } of parts) {
      if (!isGated(section)) continue
      const opening = visitor.openings.find((one) => one.section === section && one.subject === subject)
      const about = { section, subject, openedBy: opening?.releaseId ?? null, via }
      await record.note({ what: 'part-opened', ...by(visitor), about })
    }
  }
}

export type NoteParts = ReturnType<typeof createNoteParts>
