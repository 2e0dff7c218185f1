import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as z from 'zod/mini'
import { isErrorCode, type ErrorCode } from './errors'
import { Section } from './meeting'
import { MemberId } from './part'
import { STANDINGS } from './roles'

/**
 * The live wire: the y-websocket protocol (first varint of a frame) plus three frames of our own, server to
 * client. The stock provider takes ours through `messageHandlers`.
 */
export const FRAME = { sync: 0, awareness: 1, queryAwareness: 3, hello: 100, saved: 101, refused: 102 } as const

/** First varint inside a sync frame. Steps 2 and updates carry words and are counted by `saved`. */
export const SYNC = { step1: 0, step2: 1, update: 2 } as const

/** Largest frame either side takes, in bytes. */
export const FRAME_MAX = 1_000_000

/** The server's first frame: who you are here and what you may do. */
export const Hello = z.object({
  participantId: z.nullable(z.string()),
  name: z.string(),
  standing: z.enum(STANDINGS),
  section: Section,
  subject: z.nullable(MemberId),
  generation: z.number(),
  canEdit: z.boolean(),
})
export type Hello = z.infer<typeof Hello>

/** Presence as the server stamps it: the phone says where, the server says who. */
export const Presence = z.object({
  participantId: z.string(),
  name: z.string(),
  standing: z.enum(STANDINGS),
  agency: z.nullable(z.string()),
  /** Address of the field being written in (`findText`), or null. */
  at: z.nullable(z.string()),
})
export type Presence = z.infer<typeof Presence>

/** What a phone may say of its own presence. */
export const OwnPresence = z.object({ at: z.nullable(z.string().check(z.maxLength(64))) })
export type OwnPresence = z.infer<typeof OwnPresence>

export function encodeHello(hello: Hello): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME.hello)
    encoding.writeVarString(encoder, JSON.stringify(hello))
  })
}

/** @throws when the frame is not a hello (after its type was read) */
export function readHello(decoder: decoding.Decoder): Hello {
  return Hello.parse(JSON.parse(decoding.readVarString(decoder)))
}

/** @param frames how many of this connection's word-carrying frames are durable */
export function encodeSaved(frames: number): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME.saved)
    encoding.writeVarUint(encoder, frames)
  })
}

export function readSaved(decoder: decoding.Decoder): number {
  return decoding.readVarUint(decoder)
}

/** Sent just before the closing of a connection whose words were refused. */
export function encodeRefused(code: ErrorCode): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME.refused)
    encoding.writeVarString(encoder, code)
  })
}

export function readRefused(decoder: decoding.Decoder): ErrorCode {
  const code = decoding.readVarString(decoder)
  return isErrorCode(code) ? code : 'server/trouble'
}

/** Does this frame of a client carry words (sync step 2 or update)? Both ends count with this one function. */
export function carriesWords(frame: Uint8Array): boolean {
  return frame.length > 1 && frame[0] === FRAME.sync && (frame[1] === SYNC.step2 || frame[1] === SYNC.update)
}
