import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
} from 'node:crypto'
import { type Connection, Schema } from 'mongoose'
import type { SigningKeyView } from '../../shared/versionExport'
import { bytesOf, DURABLE } from '../durable'
import { decrypt, encrypt } from './encryption'

interface SigningKeyRow {
  _id: 'sealing'
  /** PKCS #8, DER, encrypted with the root key. */
  wrapped: Buffer
}

export interface SigningKey {
  /** An Ed25519 signature, base64. */
  sign(text: string): string
  view: SigningKeyView
}

/** The first 128 bits of the SHA-256 of the public key, as people compare them: `7F3A-91C2-…`, eight groups. */
function fingerprintOf(publicKey: Buffer): string {
  const hash = createHash('sha256').update(publicKey).digest('hex').toUpperCase()
  return hash.slice(0, 32).match(/.{4}/g)!.join('-')
}

function toSigningKey(privateKey: KeyObject): SigningKey {
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  return {
    sign: (text) => signBytes(null, Buffer.from(text), privateKey).toString('base64'),
    view: { algorithm: 'Ed25519', publicKey: der.toString('base64'), fingerprint: fingerprintOf(der) },
  }
}

/**
 * The key that sealed versions are signed with: made at first use, kept in the database, readable only with the
 * root key.
 *
 * @param rootKey 32 bytes
 * @returns asks for the key; the same one every time
 */
export function createSigningKey(db: Connection, rootKey: Buffer): () => Promise<SigningKey> {
  const rows = db.model<SigningKeyRow>(
    'SigningKey',
    new Schema<SigningKeyRow>(
      { _id: { type: String, required: true }, wrapped: { type: Buffer, required: true } },
      { strict: 'throw', collection: 'signingKeys', versionKey: false },
    ),
  )
  const context = 'signing-key sealing'
  let known: Promise<SigningKey> | undefined

  async function fetchKey(): Promise<SigningKey> {
    const fresh = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' })
    // Two first uses at once: the upsert lets exactly one key win, and both read that one.
    const row = await rows
      .findOneAndUpdate(
        { _id: 'sealing' },
        { $setOnInsert: { wrapped: encrypt(rootKey, fresh, context) } },
        { upsert: true, returnDocument: 'after', writeConcern: DURABLE },
      )
      .lean()
    const der = decrypt(rootKey, bytesOf(row.wrapped), context)
    return toSigningKey(createPrivateKey({ key: der, type: 'pkcs8', format: 'der' }))
  }

  return () => {
    known ??= fetchKey().catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }
}
