import { Email } from '../../shared/account'
import type { InviteWords } from '../../shared/invite'

const EMAIL = /[^\s<>,;:"()]+@[^\s<>,;:"()]+/
/** Seven digits or more, as people write them. */
const PHONE = /\+?\d(?:[ ().-]{0,2}\d){6,14}/

/** How somebody is asked to come, from what the family wrote of how they can be reached; on paper where it names no way. */
export function readReach(reach: string): Pick<InviteWords, 'channel' | 'address'> {
  const email = EMAIL.exec(reach)?.[0].replace(/\.+$/, '')
  if (email && Email.safeParse(email).success) return { channel: 'email', address: email }
  const phone = PHONE.exec(reach)?.[0]
  return phone ? { channel: 'text', address: phone } : { channel: 'paper', address: '' }
}
