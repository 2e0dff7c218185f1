import { createHash, randomBytes } from 'node:crypto'

/** What of a token is stored: whoever reads the database cannot use it. No salt, it has 256 bits of its own. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** A secret nobody can guess (256 bits, 43 characters), and its stored form. */
export function secretToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url')
  return { token, tokenHash: hashToken(token) }
}
