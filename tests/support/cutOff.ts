import type { App } from '../../server/app'

type Parts = App['parts']
type Deed = (...given: unknown[]) => unknown

/** What is done to the database while the demo is told. */
const DEEDS: readonly [keyof Parts, ...string[]][] = [
  ['people', 'add'],
  ['families', 'create'],
  ['admission', 'admit'],
  ['livePlans', 'edit'],
  ['versions', 'make'],
  ['sealing', 'seal'],
  ['meetings', 'setPhase'],
  ['openMeeting'],
  ['askToComeIn'],
  ['sign'],
  ['releases', 'revoke'],
]

/** What everything fails with after the cut. */
export const CUT_OFF = new Error('cut off')

/** A start that is cut off, again and again: each gets a little further than the one before. */
export class CutOff {
  /** Everything that was ever done. */
  readonly #done = new Set<string>()

  get steps(): number {
    return this.#done.size
  }

  /** Parts with which `more` new things can be done; then everything fails, as if the process were gone. */
  limit(parts: Parts, more: number): Parts {
    const times = new Map<string, number>()
    const allow = (name: string, given: unknown[]) => {
      const deed = `${name} ${JSON.stringify(given.slice(0, 2), (key, value) => (key === 'session' ? null : value))}`
      times.set(deed, (times.get(deed) ?? 0) + 1)
      const step = `${deed} ${times.get(deed)}`
      if (this.#done.has(step)) return
      if (more === 0) throw CUT_OFF
      more -= 1
      this.#done.add(step)
    }
    const limited: Record<string, unknown> = { ...parts }
    for (const [part, name] of DEEDS) {
      const whole = limited[part] as Deed | Record<string, Deed>
      const wrap =
        (deed: Deed, of: unknown) =>
        (...given: unknown[]) => {
          allow(`${part} ${name ?? ''}`, given)
          return deed.apply(of, given)
        }
      limited[part] =
        typeof whole === 'function'
          ? wrap(whole, undefined)
          : new Proxy(whole, {
              get: (target, asked) => {
                const value: unknown = Reflect.get(target, asked)
                if (typeof value !== 'function') return value
                return asked === name ? wrap(value as Deed, target) : (value as Deed).bind(target)
              },
            })
    }
    return limited as Parts
  }
}
