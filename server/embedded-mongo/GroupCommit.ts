import { StoreError } from './StoreError'
import { type Store } from './Command'

type Waiting<T> = { work: () => T; resolve: (value: T) => void; reject: (error: unknown) => void }
type Outcome = { settle: () => void }

/**
 * Writes that arrive while a commit is on its way wait for it and then share the next one, so one sync of the disk
 * serves them all. Nobody is answered before the sync; what reads meanwhile sees only what is synced.
 */
export class GroupCommit {
  readonly #store: Store
  #waiting: Waiting<unknown>[] = []

  constructor(store: Store) {
    this.#store = store
  }

  run<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // After this turn of the event loop, which has read whatever lies ready on all the sockets.
      if (this.#waiting.length === 0) setImmediate(() => this.#commitWaiting())
      this.#waiting.push({ work, resolve, reject } as Waiting<unknown>)
    })
  }

  #commitWaiting(): void {
    const group = this.#waiting
    this.#waiting = []
    if (this.#tryCommit(group) || group.length === 1) return
    for (const each of group) this.#tryCommit([each]) // the one that breaks must not take its neighbours along
  }

  #tryCommit(group: Waiting<unknown>[]): boolean {
    try {
      const outcomes = this.#store.keyspace.commit(() => group.map(run))
      for (const { settle } of outcomes) settle()
      return true
    } catch (error) {
      this.#store.catalog.reload()
      if (group.length === 1) group[0]!.reject(error)
      return false
    }
  }
}

/** A refusal is an answer like any other; anything else that is thrown undoes the whole commit. */
function run({ work, resolve, reject }: Waiting<unknown>): Outcome {
  try {
    const value = work()
    return { settle: () => resolve(value) }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return { settle: () => reject(error) }
  }
}
