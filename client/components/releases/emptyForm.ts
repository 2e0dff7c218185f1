import type { ReleaseForm } from '../../../shared/release'
import { localMinute } from '../../../shared/localMinute'

const DAY_MS = 24 * 60 * 60_000
/** Proposed, and shown to be changed: long enough for a few meetings. */
const PROPOSED_DAYS = 90

/** A form nobody filled in yet, but for its end. */
export function emptyForm(timeZone: string, now = new Date()): ReleaseForm {
  const day = localMinute(new Date(now.getTime() + PROPOSED_DAYS * DAY_MS), timeZone).slice(0, 10)
  return {
    about: null,
    sections: [],
    recipients: [],
    members: [],
    purpose: null,
    ownPurpose: '',
    until: `${day}T17:00`,
  }
}
