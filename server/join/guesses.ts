import { PlanError } from '../../shared/errors'
import { addressGroup } from '../http/addressGroup'
import { Limiter } from '../http/Limiter'

const MINUTES = 60
/** Wrong codes one address may type before it has to wait. */
const WRONG_MAX = 10
const WRONG_WINDOW = 10 * MINUTES
/** Wrong codes of everybody together that make a storm: from then on an address with one wrong code of its own waits. */
const STORM = 500
/** How long a code that was right at an address stays free there. */
const KNOWN_WINDOW = 12 * 60 * MINUTES

export interface Guesses {
  /**
   * Looks a code up for somebody, counting only the wrong ones.
   *
   * @param address as Express tells it (`request.ip`), so that a forged header changes nothing
   * @param code normalised
   * @param find tells what the code opens; null for a code that opens nothing now, for whatever reason
   * @throws join/unknown-code or join/locked
   */
  look<T>(address: string | undefined, code: string, find: () => Promise<T | null>): Promise<T>
}

/** Counts the guesses at each meeting, from wherever they come; null for a code that opens nothing any more. */
interface ByMeeting {
  look<T>(code: string, find: () => Promise<T | null>): Promise<T | null>
}

/**
 * Counts wrong codes by address and over all, in memory, on top of what is counted for each meeting.
 *
 * Right codes cost nothing, so twelve phones behind one address come in together. A code that was right once at an
 * address stays usable there while the address is locked: somebody who guesses in the waiting room does not shut the
 * family out, and learns nothing. In a storm from many addresses a phone that types its code right is still let through.
 */
export function createGuesses(byMeeting: ByMeeting): Guesses {
  const wrong = new Limiter({ points: WRONG_MAX, duration: WRONG_WINDOW })
  const everybody = new Limiter({ points: STORM, duration: WRONG_WINDOW })
  const known = new Limiter({ points: 1, duration: KNOWN_WINDOW })
  const lines = new Map<string, Promise<unknown>>()

  async function isLocked(address: string, code: string): Promise<boolean> {
    if (await known.get(`${address} ${code}`)) return false
    const count = (await wrong.get(address))?.consumedPoints ?? 0
    if (count >= WRONG_MAX) return true
    return count > 0 && ((await everybody.get('all'))?.consumedPoints ?? 0) >= STORM
  }

  async function lookNow<T>(address: string, code: string, find: () => Promise<T | null>): Promise<T> {
    if (await isLocked(address, code)) throw new PlanError('join/locked')
    const found = await byMeeting.look(code, find)
    if (found !== null) {
      await known.set(`${address} ${code}`, 1, KNOWN_WINDOW)
      return found
    }
    await Promise.all([wrong.penalty(address), everybody.penalty('all')])
    throw new PlanError('join/unknown-code')
  }

  return {
    look(ip, code, find) {
      const address = addressGroup(ip)
      // One at a time for each address: a hundred guesses sent at once are still counted one by one.
      const before = lines.get(address) ?? Promise.resolve()
      const answer = before.then(() => lookNow(address, code, find))
      const settled = answer.then(
        () => undefined,
        () => undefined,
      )
      lines.set(address, settled)
      void settled.then(() => lines.get(address) === settled && lines.delete(address))
      return answer
    },
  }
}
