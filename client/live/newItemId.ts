const SIGNS = '0123456789abcdefghijklmnopqrstuvwxyz'
/** The largest multiple of 36 in a byte: above it a remainder would favour some signs. */
const FAIR = 252

/** A fresh id for an item of the plan: 16 random signs (`crypto.randomUUID` does not exist on plain http). */
export function newItemId(): string {
  let id = ''
  while (id.length < 16) {
    for (const byte of crypto.getRandomValues(new Uint8Array(16 - id.length))) if (byte < FAIR) id += SIGNS[byte % 36]
  }
  return id
}
