import type { SealedSignature } from '../../shared/versionExport'
import type { Visitor } from '../access/Access'
import { may } from '../access/authorize'

/** Whoever takes a file, as they stand in each meeting of the family that they are in. */
export type Readers = ReadonlyMap<string, Visitor>

interface Needs {
  /** Of whom the reader may not know that they were there. */
  hiddenFrom(reader: Visitor, meetingIds: readonly string[]): Promise<Set<string>>
}

/** Of signatures those that were given where somebody may read, by people of whom they may know. */
export function createSeenSignatures({ hiddenFrom }: Needs) {
  return async function seen(readers: Readers, signatures: readonly SealedSignature[]): Promise<SealedSignature[]> {
    const hidden = new Set<string>()
    const open = new Set<string>()
    for (const meetingId of new Set(signatures.map((one) => one.meetingId))) {
      const reader = readers.get(meetingId)
      if (!reader || !may(reader, 'version:read')) continue
      open.add(meetingId)
      for (const id of await hiddenFrom(reader, [meetingId])) hidden.add(id)
    }
    return signatures.filter((one) => open.has(one.meetingId) && !hidden.has(one.participantId))
  }
}
