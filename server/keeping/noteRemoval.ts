import type { Person } from '../../shared/account'
import { byNobody, byStaff } from '../record/actors'
import type { RecordKeeper } from '../record/record'

interface Needs {
  record: RecordKeeper
  /** Null for an account that is off. */
  findStaff(staffId: string): Promise<Person | null>
}

/** Says in the record of a family that it was removed and by whom, once, however often it is asked to. */
export function createNoteRemoval({ record, findStaff }: Needs) {
  return async (familyId: string, by: string): Promise<void> => {
    if (await record.holds(familyId, 'family-expunged')) return
    const person = await findStaff(by)
    const who = person ? byStaff(person) : { actor: { ...byNobody.actor, staffId: by } }
    await record.note({ what: 'family-expunged', ...who, familyId, about: {} })
  }
}
