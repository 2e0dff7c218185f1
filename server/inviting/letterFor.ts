import type { Letter } from '../../shared/invite'
import type { StoredInvite } from './inviteModel'
import { createWriteLetter } from './writeLetter'

/** The meeting as somebody who is asked to come has to know it. */
export interface Door {
  startsAt: Date
  timeZone: string
  /** Null while it is shut. */
  url: string | null
  code: string | null
}

export type LetterFor = ReturnType<typeof createLetterFor>

/** Were they told another time? */
export const isOutdated = ({ told }: Pick<StoredInvite, 'told'>, { startsAt }: Door): boolean =>
  told !== null && told.getTime() !== startsAt.getTime()

/** What somebody who is asked to come is to read now; null while the door is shut. */
export function createLetterFor() {
  const writeLetter = createWriteLetter()

  return function letterFor(invite: StoredInvite, door: Door): Letter | null {
    const { url, code, ...time } = door
    if (!url || !code) return null
    return writeLetter({ ...time, url, code, language: invite.language, again: isOutdated(invite, door) })
  }
}
