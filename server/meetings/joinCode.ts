import { randomInt } from 'node:crypto'

/** No 0/O, no 1/I/L: codes are read aloud and typed from a wall. 31^8 of them. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const LENGTH = 8

export function makeJoinCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/** A code as it is shown: `ABCD-EFGH`. */
export function showJoinCode(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`
}

/** A code as people type it, in the form it is stored in; null when it cannot be one. */
export function readJoinCode(typed: string): string | null {
  const code = typed.replace(/[\s\p{Dash}]/gu, '').toUpperCase()
  return code.length === LENGTH && [...code].every((letter) => ALPHABET.includes(letter)) ? code : null
}
