import { randomInt } from 'node:crypto'

/** No 0/O, no 1/I/L: codes are read aloud and typed from a wall. 31^8 of them. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const LENGTH = 8

/**
 * The half of a code that names its meeting; the other half is the secret. A guess at the secret is a guess at this
 * meeting, so it can be counted there.
 */
export function meetingPart(code: string): string {
  return code.slice(0, LENGTH / 2)
}

export function makeJoinCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/** A code as it is shown: `ABCD-EFGH`. */
export function showJoinCode(code: string): string {
  return `${meetingPart(code)}-${code.slice(LENGTH / 2)}`
}

/** A code as people type it, in the form it is stored in; null when it cannot be one. */
export function readJoinCode(typed: string): string | null {
  const code = typed.replace(/[\s\p{Dash}]/gu, '').toUpperCase()
  return code.length === LENGTH && [...code].every((letter) => ALPHABET.includes(letter)) ? code : null
}
