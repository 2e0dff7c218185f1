import canonicalize from 'canonicalize'
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { SEALED_SECTIONS, type SealedHeader, type SealedSection } from '../../shared/versionExport'
import type { SigningKey } from '../access/signingKey'
import type { PartWords } from '../live/livePlans'
import type { StoredSeal, VersionContent, VersionPartWords } from './versionModel'

const SALT_BYTES = 32
const HASH_BYTES = 32

const sha256 = (...parts: (string | Buffer)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** RFC 8785: one text for one value, whoever writes it. */
function canonical(value: unknown): string {
  return canonicalize(value) ?? ''
}

/** What each section of a sealed version consists of. */
export const sectionsOf = (content: VersionContent): Record<SealedSection, unknown> => ({
  plan: content.plan,
  participants: content.people,
  commitments: content.commitments,
  signatures: content.signatures ?? [],
})

/**
 * Hashes the sections, each with a salt of its own: without it, the hash of a section that was destroyed would still
 * tell whether a guess at its words is right.
 *
 * @returns the hashes for the header, and the salts (base64) to be kept with the words
 */
export function hashSections(content: VersionContent): {
  hashes: SealedHeader['sections']
  salts: Record<SealedSection, string>
} {
  const sections = sectionsOf(content)
  const made = SEALED_SECTIONS.map((section) => {
    const salt = randomBytes(SALT_BYTES)
    return { section, salt: salt.toString('base64'), hash: sha256(salt, canonical(sections[section])) }
  })
  const pick = (part: 'salt' | 'hash') => Object.fromEntries(made.map((one) => [one.section, one[part]]))
  return { hashes: pick('hash') as SealedHeader['sections'], salts: pick('salt') as Record<SealedSection, string> }
}

/** Places for the other parts in a header. */
const SLOTS = 24

/** What one of the other parts consists of. */
export const partContent = ({ section, subject, plan }: PartWords) => ({ section, subject, plan })

/**
 * Hashes the other parts, each with a salt of its own, into places of chance among numbers of chance.
 *
 * @returns the list for the header, and the parts with what belongs to their hashes
 */
export function hashParts(parts: readonly PartWords[]): { others: string[]; sealed: VersionPartWords[] } {
  // A family so large that the places do not suffice gets as many again.
  const places = SLOTS * Math.max(1, Math.ceil(parts.length / SLOTS))
  const others = Array.from({ length: places }, () => randomBytes(HASH_BYTES).toString('hex'))
  const free = others.map((_, slot) => slot)
  const sealed = parts.map((part) => {
    const [slot] = free.splice(randomInt(free.length), 1)
    const salt = randomBytes(SALT_BYTES)
    others[slot!] = sha256(salt, canonical(partContent(part)))
    return { ...part, slot, salt: salt.toString('base64') }
  })
  return { others, sealed }
}

/** Hashes and signs a header. */
export function signHeader(header: SealedHeader, key: SigningKey): StoredSeal {
  const text = canonical(header)
  const headerHash = sha256(text)
  const signature = key.sign(`${header.format}:${headerHash}`)
  return { chain: header.chain, header: text, headerHash, signature, key: key.view.fingerprint }
}
