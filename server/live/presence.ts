import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as z from 'zod/mini'
import { FRAME, OwnPresence, type Presence } from '../../shared/planFrames'
import type { Visitor } from '../access/Access'
import { maySee } from '../access/maySee'
import type { PlanConnection } from './PlanConnection'

const ENTRIES_MAX = 200
/**
 * Clocks count a page's changes of presence. lib0 reads overlong numbers as infinite or as none at all, and writing such
 * a number would never end.
 */
const CLOCK_MAX = 2 ** 31
/** Changes of this long are told in one frame, ms. */
const GATHER_MS = 40

interface Said {
  clock: number
  /** Stamped JSON, or `null` in text when the writer left. */
  state: string
  /** Whose it is. */
  by: Visitor
}

/**
 * Who is writing where. A phone says only where; the server stamps who, so a name or a role cannot be borrowed.
 * Speaks the awareness frames of y-protocols. What a phone repeats of others (the stock provider does) is ignored.
 */
export class PresenceBoard {
  readonly #said = new Map<number, Said>()
  readonly #news = new Set<number>()
  #telling: NodeJS.Timeout | undefined

  constructor(private readonly connections: ReadonlySet<PlanConnection>) {}

  /** @throws when the bytes are no awareness update */
  hear(connection: PlanConnection, update: Uint8Array): void {
    const decoder = decoding.createDecoder(update)
    const count = decoding.readVarUint(decoder)
    if (!(count <= ENTRIES_MAX)) throw new Error('too many presence states')
    for (let entry = 0; entry < count; entry++) {
      const clientId = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      const state = decoding.readVarString(decoder)
      if (!(clock < CLOCK_MAX)) throw new Error('a clock that no page has')
      if (connection.owns(clientId)) this.#note(connection, clientId, clock, state)
    }
  }

  #note(connection: PlanConnection, clientId: number, clock: number, state: string): void {
    if (clock <= (this.#said.get(clientId)?.clock ?? -1)) return
    connection.present.add(clientId)
    this.#said.set(clientId, { clock, state: stamp(connection, state), by: connection.visitor })
    this.#spread(clientId)
  }

  leave(connection: PlanConnection): void {
    for (const clientId of connection.present) {
      const said = this.#said.get(clientId)
      if (!said) continue
      this.#said.set(clientId, { ...said, clock: said.clock + 1, state: 'null' })
      this.#spread(clientId)
    }
    connection.present.clear()
  }

  /** Everybody's presence, for somebody who just came. */
  tellAll(connection: PlanConnection): void {
    const ids = [...this.#said.keys()].filter((id) => this.#said.get(id)?.state !== 'null')
    this.#tell(connection, ids)
  }

  stop(): void {
    clearTimeout(this.#telling)
  }

  #spread(clientId: number): void {
    this.#news.add(clientId)
    this.#telling ??= setTimeout(() => this.#tellNews(), GATHER_MS)
  }

  #tellNews(): void {
    this.#telling = undefined
    const news = [...this.#news]
    // One frame for all where nobody is hidden, as nearly always.
    const anyHidden = news.some((id) => this.#said.get(id)?.by.hidden)
    const frame = this.#frame(news)
    for (const connection of this.connections) {
      if (anyHidden) this.#tell(connection, news)
      else connection.send(frame)
    }
    for (const clientId of this.#news) if (this.#said.get(clientId)?.state === 'null') this.#said.delete(clientId)
    this.#news.clear()
  }

  /** Of somebody hidden others are told nothing, not even that they came or went. */
  #tell(connection: PlanConnection, clientIds: number[]): void {
    const seen = clientIds.filter((id) => {
      const { by } = this.#said.get(id)!
      return maySee(connection.visitor, { id: by.participantId ?? '', memberId: by.memberId, hidden: by.hidden })
    })
    if (seen.length > 0) connection.send(this.#frame(seen))
  }

  #frame(clientIds: number[]): Uint8Array {
    const update = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, clientIds.length)
      for (const clientId of clientIds) {
        const said = this.#said.get(clientId)!
        encoding.writeVarUint(encoder, clientId)
        encoding.writeVarUint(encoder, said.clock)
        encoding.writeVarString(encoder, said.state)
      }
    })
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, FRAME.awareness)
      encoding.writeVarUint8Array(encoder, update)
    })
  }
}

/** @throws when what the phone says of itself is not JSON */
function stamp(connection: PlanConnection, state: string): string {
  const own: unknown = JSON.parse(state)
  if (own === null) return 'null'
  const { participantId, name, standing, agency } = connection.visitor
  const where = z.safeParse(OwnPresence, own)
  const presence: Presence = {
    participantId: participantId ?? '',
    name,
    standing,
    agency,
    at: where.success ? where.data.at : null,
  }
  return JSON.stringify(presence)
}
