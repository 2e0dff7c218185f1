import type { WebSocket } from 'ws'
import { ERRORS, type ErrorCode } from '../../shared/errors'
import { encodeRefused, encodeSaved } from '../../shared/planFrames'
import type { Visitor } from '../access/Access'

/** Bytes waiting in a socket from which on its reader counts as slow. */
const SLOW_BYTES = 1_000_000

/** One open page on one live document. */
export class PlanConnection {
  /** Frames with words of this connection that are durable. */
  #framesSaved = 0
  /** Yjs client ids this connection is present with. */
  readonly present = new Set<number>()
  /** Has received sync step 2 and now follows the broadcasts. */
  following = false
  /** Has answered the server's step 1: from now on a gap is a refusal. */
  answered = false
  #suspended = false
  /** Frames that wait for the answer. */
  #withheld: Uint8Array[] = []
  /** Its rights ended: what it sent and is not stored yet is not applied any more. */
  revoked = false
  /** State vector of what it was sent before it became too slow to read. */
  behindSince: Uint8Array | undefined

  /**
   * @param canEdit fixed for the life of the connection: a change of rights closes it, and it comes back
   * @param clientIds minted for this writer here
   * @param isOpenTo asked before anything of others is told: has the minute come at which a release ends?
   */
  constructor(
    private readonly socket: WebSocket,
    readonly visitor: Visitor,
    readonly canEdit: boolean,
    private readonly clientIds: ReadonlySet<number>,
    private readonly isOpenTo: () => boolean = () => true,
  ) {}

  owns(clientId: number): boolean {
    return this.clientIds.has(clientId)
  }

  get open(): boolean {
    return this.socket.readyState === this.socket.OPEN
  }

  get slow(): boolean {
    return this.socket.bufferedAmount > SLOW_BYTES
  }

  /** Its rights are being asked again; what it sent waits, and so does what it would be told. */
  get suspended(): boolean {
    return this.#suspended
  }

  suspend(): void {
    this.#suspended = true
  }

  /** Tells what was withheld; who was closed meanwhile hears nothing of it. */
  resume(): void {
    this.#suspended = false
    for (const frame of this.#withheld.splice(0)) this.#tell(frame)
  }

  /** What others wrote, or are doing; withheld while it is not known whether this page may still have it. */
  send(frame: Uint8Array): void {
    if (this.#suspended) this.#withheld.push(frame)
    else if (this.isOpenTo()) this.#tell(frame)
  }

  /** What concerns this page alone. */
  #tell(frame: Uint8Array): void {
    if (this.open) this.socket.send(frame)
  }

  /** Calls back when everything sent so far has left this process, a sign of life behind it. */
  whenDrained(then: () => void): void {
    this.socket.send(encodeSaved(this.#framesSaved), () => then())
  }

  /** Counts frames as durable and tells so; with 0 it is a sign of life. */
  saved(frames: number): void {
    this.#framesSaved += frames
    this.#tell(encodeSaved(this.#framesSaved))
  }

  refuse(code: ErrorCode): void {
    this.revoked = true
    this.#tell(encodeRefused(code))
    this.close(code)
  }

  close(code: ErrorCode): void {
    const entry = ERRORS[code]
    this.socket.close('close' in entry ? entry.close : ERRORS['server/trouble'].close, code)
  }
}
