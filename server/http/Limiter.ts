import { type IRateLimiterOptions, RateLimiterMemory } from 'rate-limiter-flexible'

/** Keys that are counted at once: far more than people who mistype, and some megabytes at most. */
const KEYS_MAX = 20_000

/**
 * Counts by key, in memory that a flood of ever new keys cannot fill: whoever was counted longest ago is let go of.
 * To be let go of early, somebody needs as many other addresses or accounts as there are keys.
 */
export class Limiter extends RateLimiterMemory {
  readonly #keysMax: number
  /** The one counted last stands last. */
  readonly #keys = new Set<string | number>()

  constructor({ keysMax = KEYS_MAX, ...options }: IRateLimiterOptions & { keysMax?: number }) {
    super(options)
    this.#keysMax = keysMax
  }

  override consume(...asked: Parameters<RateLimiterMemory['consume']>) {
    this.#keep(asked[0])
    return super.consume(...asked)
  }

  override penalty(...asked: Parameters<RateLimiterMemory['penalty']>) {
    this.#keep(asked[0])
    return super.penalty(...asked)
  }

  override reward(...asked: Parameters<RateLimiterMemory['reward']>) {
    this.#keep(asked[0])
    return super.reward(...asked)
  }

  override set(...asked: Parameters<RateLimiterMemory['set']>) {
    this.#keep(asked[0])
    return super.set(...asked)
  }

  #keep(key: string | number): void {
    this.#keys.delete(key)
    this.#keys.add(key)
    if (this.#keys.size <= this.#keysMax) return
    const [oldest] = this.#keys
    this.#keys.delete(oldest!)
    void this.delete(oldest!)
  }
}
