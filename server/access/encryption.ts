import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const FORMAT = 1
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * AES-256-GCM; layout: format, iv, tag, ciphertext.
 *
 * @param context what the bytes are and where they belong; opening with another context fails
 */
export function encrypt(key: Buffer, plain: Uint8Array, context: string): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.of(FORMAT), iv, cipher.getAuthTag(), body])
}

/** @throws when the context differs or a byte was changed */
export function decrypt(key: Buffer, sealed: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (bytes[0] !== FORMAT) throw new Error('unknown format of encrypted bytes')
  const body = 1 + IV_BYTES + TAG_BYTES
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + IV_BYTES))
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(1 + IV_BYTES, body))
  return Buffer.concat([decipher.update(bytes.subarray(body)), decipher.final()])
}
