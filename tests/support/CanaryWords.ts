import { randomBytes } from 'node:crypto'

/**
 * Random words that stand nowhere else. They begin alike, so that one look at many bytes tells whether any of them may be
 * there at all.
 */
export class CanaryWords {
  readonly stem = `c${randomBytes(5).toString('hex')}`
  readonly all: string[] = []

  next(): string {
    const word = this.stem + randomBytes(8).toString('hex')
    this.all.push(word)
    return word
  }
}

/** How a word may be packed where it is found. */
export type Packing = 'raw' | 'base64' | 'hex' | 'inflated' | 'yjs'
