import { SYNC } from '../../shared/planFrames'

/**
 * `refused`: some words were turned away, or the plan is closed to this page. `offline`: no line, and nothing unsaved.
 */
export type Badge = 'connecting' | 'saved' | 'saving' | 'not-saved' | 'offline' | 'refused'

/** Waiting longer than this for an acknowledgement is said plainly; in milliseconds. */
export const PATIENCE = 4_000

/** Keeps count of what was written and what the server said is durable, and never says "saved" too early. */
export class SavedLedger {
  #connected = false
  #synced = false
  #everSynced = false
  /** Frames with words sent on this connection, and how many of them are durable. */
  #sent = 0
  #acknowledged = 0
  /** Words that no frame of this connection carries yet: they go with the answer to the server's step 1. */
  #unsent = false
  /** A change made on an open line, in the moment before its frame is sent. */
  #unframed = false
  /** Words written here since everything was durable the last time. */
  #pending = false
  /** Words still in a field. */
  #held = false
  /** When the last sign of progress was, in milliseconds; meaningful while something is unsaved. */
  #waitingSince = 0

  opened(): void {
    this.#connected = true
    this.#synced = false
    this.#sent = this.#acknowledged = 0
  }

  closed(): void {
    this.#connected = this.#synced = this.#unframed = false
    this.#unsent = this.#pending
  }

  sync(synced: boolean): void {
    this.#synced = synced
    this.#everSynced ||= synced
  }

  /** Words changed here. */
  wrote(now: number): void {
    if (!this.unsaved) this.#waitingSince = now
    this.#pending = true
    if (this.#connected) this.#unframed = true
    else this.#unsent = true
  }

  hold(held: boolean, now: number): void {
    if (!this.unsaved) this.#waitingSince = now
    this.#held = held
  }

  sentFrame(frame: Uint8Array): void {
    this.#sent += 1
    this.#unframed = false
    if (frame[1] === SYNC.step2) this.#unsent = false
  }

  acknowledge(frames: number, now: number): void {
    if (frames > this.#acknowledged) this.#waitingSince = now
    this.#acknowledged = frames
  }

  /** Is everything written here durable? Settles the account when it is. */
  settle(): boolean {
    const sentAll = this.#connected && this.#synced && !this.#unsent && !this.#unframed
    const settled = sentAll && this.#acknowledged >= this.#sent
    if (settled) this.#pending = false
    return settled
  }

  get unsaved(): boolean {
    return this.#pending || this.#held
  }

  /** Milliseconds until patience is at its end; null when nothing waits. */
  patienceLeft(now: number): number | null {
    return this.unsaved ? Math.max(0, this.#waitingSince + PATIENCE - now) : null
  }

  badge(now: number): Badge {
    const settled = this.settle()
    if (this.unsaved) return this.#connected && this.patienceLeft(now) !== 0 ? 'saving' : 'not-saved'
    if (settled) return 'saved'
    return this.#everSynced && !this.#connected ? 'offline' : 'connecting'
  }
}
