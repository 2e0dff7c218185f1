import { PlanError } from '../../shared/errors'
import { addressGroup } from '../http/addressGroup'
import { Limiter } from '../http/Limiter'

const MINUTE_S = 60
const HOUR_S = 60 * MINUTE_S
/** Wrong passwords one address may send in a quarter of an hour, for whatever accounts. */
const ADDRESS_MAX = 60
/** The password was right: what is missing is counted elsewhere. */
const RIGHT_SO_FAR: readonly unknown[] = ['session/code-needed', 'session/wrong-code']

export type SignInLimits = ReturnType<typeof createSignInLimits>

/**
 * How many wrong passwords are heard: few for one account from one address, more for the account from everywhere
 * (so that a stranger cannot lock a facilitator out), and some for an address whatever the account. Tries are counted
 * before they are looked at, so a burst is held back too; a right password gives its try back.
 */
export function createSignInLimits() {
  const fromHere = new Limiter({ points: 10, duration: 15 * MINUTE_S })
  const anywhere = new Limiter({ points: 100, duration: HOUR_S })
  const address = new Limiter({ points: ADDRESS_MAX, duration: 15 * MINUTE_S })

  async function count(email: string, ip: string): Promise<void> {
    // An address that is over is not heard about ever more accounts.
    const before = await address.get(ip)
    if ((before?.consumedPoints ?? 0) >= ADDRESS_MAX) throw new PlanError('request/too-many')
    try {
      await fromHere.consume(`${email} ${ip}`)
      await Promise.all([anywhere.consume(email), address.consume(ip)])
    } catch (error) {
      if (error instanceof Error) throw error
      throw new PlanError('request/too-many')
    }
  }

  async function forgive(email: string, ip: string): Promise<void> {
    await fromHere.delete(`${email} ${ip}`)
    await Promise.all([anywhere.reward(email), address.reward(ip)])
  }

  return {
    /**
     * Looks at a password.
     *
     * @param from as Express tells it (`request.ip`), so that a forged header changes nothing
     * @throws request/too-many, and what `look` throws
     */
    async attempt<T>(email: string, from: string | undefined, look: () => Promise<T>): Promise<T> {
      const ip = addressGroup(from)
      await count(email, ip)
      try {
        const found = await look()
        await forgive(email, ip)
        return found
      } catch (error) {
        if (error instanceof PlanError && RIGHT_SO_FAR.includes(error.code)) await forgive(email, ip)
        throw error
      }
    },
  }
}
