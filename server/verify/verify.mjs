#!/usr/bin/env node
// Checks a file of sealed versions, or of the record of who did what, without a server and without anything but Node: node verify.mjs FILE [--fingerprint F]
// It shares no code with the server on purpose: what one writes, the other must agree with. It can be copied and read alone.
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto'
import { readFileSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Something in the file is not as it was sealed. The message is a sentence for people. */
class Refused extends Error {}

/**
 * @typedef {Record<string, unknown>} Json
 * @typedef {{ section: string, state: 'shown' | 'withheld' | 'removed', words?: string }} SectionReport
 * @typedef {{ chain: number, sealedAt: string, check: string, sections: SectionReport[], others: SectionReport[] }} VersionReport
 * @typedef {{ family: string, exportedAt: string, fingerprints: string[], notices: string[], versions: VersionReport[], signedSince: number }} Report
 */

/** @param {...(string | Buffer)} parts */
function sha256(...parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/**
 * RFC 8785 for what an export holds: objects with sorted names, lists, strings, whole numbers, true, false, null.
 * @param {unknown} value
 * @returns {string}
 */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new Refused('A number in the file is not whole.')
  return JSON.stringify(value)
}

/**
 * An object with exactly these names: what is not checked must not be there.
 * @param {unknown} value
 * @param {string[]} names
 * @param {string} where
 * @returns {Json}
 */
function object(value, names, where) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refused(`${where} is missing.`)
  const found = Object.keys(value).sort().join()
  if (found !== [...names].sort().join()) throw new Refused(`${where} does not have exactly the parts it should have.`)
  return /** @type {Json} */ (value)
}

/**
 * @param {unknown} value
 * @param {string[]} names
 * @param {...string} optional names that may be there or not
 */
function withOptional(value, names, ...optional) {
  if (typeof value !== 'object' || value === null) return names
  return [...names, ...optional.filter((name) => name in value)]
}

/**
 * @param {unknown} value
 * @param {RegExp} pattern
 * @param {string} where
 * @returns {string}
 */
function text(value, pattern, where) {
  if (typeof value !== 'string' || !pattern.test(value)) throw new Refused(`${where} is not written as it should be.`)
  return value
}

/**
 * Base64 has several spellings of one value; only the one that was written counts.
 * @param {unknown} value
 * @param {string} where
 */
function base64(value, where) {
  const bytes = Buffer.from(text(value, /^[A-Za-z0-9+/]+={0,2}$/, where), 'base64')
  if (bytes.toString('base64') !== value) throw new Refused(`${where} is not written as it should be.`)
  return bytes
}

const HASH = /^[0-9a-f]{64}$/
const ID = /^[0-9a-f]{24}$/
const FINGERPRINT = /^[0-9A-F]{4}(-[0-9A-F]{4}){7}$/
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** @param {string} hex */
const groups = (hex) => (hex.toUpperCase().match(/.{4}/g) ?? []).join('-')

/**
 * The public keys by fingerprint, each true to its fingerprint.
 * @param {unknown} value
 * @returns {Map<string, import('node:crypto').KeyObject>}
 */
function readKeys(value) {
  if (typeof value !== 'object' || value === null) throw new Refused('The keys are missing.')
  return new Map(
    Object.entries(value).map(([fingerprint, key]) => {
      const der = base64(key, 'A key')
      if (groups(sha256(der).slice(0, 32)) !== fingerprint) throw new Refused('A key does not have its fingerprint.')
      const publicKey = createPublicKey({ key: der, type: 'spki', format: 'der' })
      if (publicKey.asymmetricKeyType !== 'ed25519') throw new Refused('A key is of another kind.')
      return [fingerprint, publicKey]
    }),
  )
}

/**
 * @param {ReturnType<typeof readKeys>} keys
 * @param {Set<string>} used
 * @param {{ key: unknown, signature: unknown, signed: string, where: string }} claim
 */
function checkSignature(keys, used, { key, signature, signed, where }) {
  const fingerprint = text(key, FINGERPRINT, `The key of ${where}`)
  const publicKey = keys.get(fingerprint)
  if (!publicKey) throw new Refused(`The key of ${where} is not in the file.`)
  const bytes = base64(signature, `The signature of ${where}`)
  if (!verifySignature(null, Buffer.from(signed), publicKey, bytes)) {
    throw new Refused(`The signature of ${where} does not fit: it was changed after it was sealed.`)
  }
  used.add(fingerprint)
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {string} hash
 * @param {string} where
 * @returns {SectionReport}
 */
function checkSection(name, value, hash, where) {
  if (typeof value !== 'object' || value === null) throw new Refused(`${name} of ${where} is missing.`)
  if ('withheld' in value) {
    if (object(value, ['withheld'], `${name} of ${where}`)['withheld'] !== true)
      throw new Refused(`${name} of ${where} is odd.`)
    return { section: name, state: 'withheld' }
  }
  if ('removed' in value) {
    const { removed } = object(value, ['removed'], `${name} of ${where}`)
    return { section: name, state: 'removed', words: readRemoval(removed, `The note on ${name} of ${where}`) }
  }
  const { salt, content } = object(value, ['salt', 'content'], `${name} of ${where}`)
  checkWords({ salt, content, hash }, name, where)
  return { section: name, state: 'shown' }
}

/**
 * @param {unknown} value
 * @param {string} where
 * @returns {string} when and why words were removed
 */
function readRemoval(value, where) {
  const removed = object(value, ['at', 'reason'], where)
  return `${text(removed['at'], /./, 'The day of a removal')}: ${text(removed['reason'], /./, 'The reason of a removal')}`
}

/**
 * @param {{ salt: unknown, content: unknown, hash: string }} words
 * @param {string} name
 * @param {string} where
 */
function checkWords({ salt, content, hash }, name, where) {
  const bytes = base64(salt, `The salt of ${name} of ${where}`)
  if (bytes.length !== 32) throw new Refused(`The salt of ${name} of ${where} is not whole.`)
  if (sha256(bytes, canonical(content)) !== hash) {
    throw new Refused(`The words of ${name} of ${where} are not those that were sealed.`)
  }
}

/**
 * The other parts that are in the file, each against the hash in its place. Those held back are not mentioned, so one that
 * was left out is not noticed; one that was changed is.
 * @param {unknown} value
 * @param {string[]} hashes
 * @param {string} where
 * @returns {SectionReport[]}
 */
function checkOthers(value, hashes, where) {
  if (!Array.isArray(value)) throw new Refused(`The other parts of ${where} are missing.`)
  const taken = new Set()
  return value.map((part) => {
    const isRemoved = typeof part === 'object' && part !== null && 'removed' in part
    const found = object(part, isRemoved ? ['slot', 'removed'] : ['slot', 'salt', 'content'], `A part of ${where}`)
    const { slot } = found
    const hash = typeof slot === 'number' ? hashes[slot] : undefined
    if (hash === undefined || taken.has(slot)) throw new Refused(`A part of ${where} is not in its place.`)
    taken.add(slot)
    if (isRemoved) {
      const words = readRemoval(found['removed'], `The note on a part of ${where}`)
      return { section: 'another part', state: 'removed', words }
    }
    const content = object(found['content'], ['section', 'subject', 'plan'], `A part of ${where}`)
    const section = text(content['section'], /^[a-z-]+$/, `The name of a part of ${where}`)
    checkWords({ salt: found['salt'], content, hash }, section, where)
    return { section, state: 'shown' }
  })
}

const HEADER = ['format', 'familyId', 'meetingId', 'number', 'generation', 'sealedAt', 'chain', 'previous', 'sections']

/** What every version is made of; `signatures`, which later ones have too, are those given since the version before. */
const SECTIONS = ['plan', 'participants']

/** Places for the other parts in a header, or a multiple. */
const SLOTS = 24

/**
 * @param {Json} header
 * @param {string} where
 * @returns {string[] | null} null for a header from before there were other parts
 */
function readOthers(header, where) {
  if (!('others' in header)) return null
  const { others } = header
  if (!Array.isArray(others) || others.length === 0 || others.length % SLOTS !== 0) {
    throw new Refused(`The list of other parts of ${where} is not whole.`)
  }
  return others.map((hash) => text(hash, HASH, `A hash of ${where}`))
}

/**
 * @param {unknown} value
 * @param {{ familyId: unknown, chain: number, previous: string | null }} expected
 * @param {string} where
 */
function checkHeader(value, expected, where) {
  const header = object(value, withOptional(value, HEADER, 'others'), `The header of ${where}`)
  if (header['format'] !== 'ourplan-version-1') throw new Refused(`${where} is of a format this program does not know.`)
  if (header['familyId'] !== expected.familyId) throw new Refused(`${where} is of another family.`)
  text(header['meetingId'], ID, `The meeting of ${where}`)
  text(header['sealedAt'], MOMENT, `The moment of ${where}`)
  for (const name of ['number', 'generation']) {
    if (!Number.isSafeInteger(header[name])) throw new Refused(`The ${name} of ${where} is not a number.`)
  }
  if (header['chain'] !== expected.chain)
    throw new Refused(`Version ${expected.chain} is missing, or not in its place.`)
  if (header['previous'] !== expected.previous) throw new Refused(`${where} does not follow on the version before it.`)
  const named = withOptional(header['sections'], SECTIONS, 'commitments', 'signatures')
  const sections = object(header['sections'], named, `The list of sections of ${where}`)
  for (const hash of Object.values(sections)) text(hash, HASH, `A hash of ${where}`)
  return {
    header,
    sections: /** @type {Record<string, string>} */ (sections),
    others: readOthers(header, where),
    hash: sha256(canonical(header)),
  }
}

const SIGNATURE = ['participantId', 'did', 'name', 'drawing', 'typedBy', 'at', 'meetingId', 'headerHash']

/**
 * Signatures, each under one of the headers before.
 * @param {unknown} value
 * @param {Set<string | null>} headers hashes of the headers that could be signed
 * @param {string} where
 * @returns {number} how many signed
 */
function checkSigned(value, headers, where) {
  if (!Array.isArray(value)) throw new Refused(`The signatures ${where} are missing.`)
  const signed = value.map((one) => object(one, SIGNATURE, `A signature ${where}`))
  for (const { headerHash } of signed) {
    if (!headers.has(text(headerHash, HASH, `A signature ${where}`)))
      throw new Refused(`A signature ${where} is under no version in this file.`)
  }
  return signed.filter(({ did }) => did === 'signed').length
}

const FILE = ['format', 'family', 'exportedAt', 'keys', 'versions', 'end']

/**
 * The sentences that go with words of gated parts; whether they are those that were given is for the signature to tell.
 * @param {Json} whole
 */
function readNotices({ notices = {} }) {
  if (typeof notices !== 'object' || notices === null) throw new Refused('The notices are not as they should be.')
  return Object.values(notices).map((notice) => text(notice, /./, 'A notice'))
}

/**
 * Checks a whole export.
 *
 * @param {string} file its text
 * @param {string | undefined} [trusted] the fingerprint that the keys must have
 * @returns {Report}
 * @throws {Refused} with a sentence that says what is not as it was sealed
 */
export function verifyExport(file, trusted) {
  const parsed = JSON.parse(file)
  const whole = object(parsed, withOptional(parsed, FILE, 'notices', 'signatures'), 'The file')
  if (whole['format'] !== 'ourplan-export-1') throw new Refused('The file is of a format this program does not know.')
  const family = object(whole['family'], ['id', 'name'], 'The family')
  const familyId = text(family['id'], ID, 'The family')
  const exportedAt = text(whole['exportedAt'], MOMENT, 'The moment of the export')
  const keys = readKeys(whole['keys'])
  /** @type {Set<string>} */
  const used = new Set()
  if (!Array.isArray(whole['versions'])) throw new Refused('The versions are missing.')

  /** @type {string | null} */
  let previous = null
  /** @type {Set<string | null>} */
  const before = new Set()
  const versions = whole['versions'].map((value, index) => {
    const where = `version ${index + 1}`
    const named = withOptional(value, ['header', 'signature', 'key', 'sections'], 'others')
    const version = object(value, named, where)
    const expected = { familyId, chain: index + 1, previous }
    const { header, sections, others, hash } = checkHeader(version['header'], expected, where)
    const { key, signature } = version
    checkSignature(keys, used, { key, signature, signed: `ourplan-version-1:${hash}`, where })
    const shown = object(version['sections'], Object.keys(sections), `The sections of ${where}`)
    const reports = Object.keys(sections).map((name) => checkSection(name, shown[name], sections[name] ?? '', where))
    if (!others && 'others' in version) throw new Refused(`${where} has parts that its header does not know.`)
    const otherReports = others ? checkOthers(version['others'], others, where) : []
    const given = /** @type {Json | undefined} */ (shown['signatures'])
    if (given && 'content' in given) checkSigned(given['content'], before, `of ${where}`)
    previous = hash
    before.add(hash)
    const check = groups(hash.slice(0, 12))
    return { chain: index + 1, sealedAt: String(header['sealedAt']), check, sections: reports, others: otherReports }
  })

  const end = object(whole['end'], ['count', 'headerHash', 'key', 'signature'], 'The end of the file')
  if (end['count'] !== versions.length || end['headerHash'] !== previous) {
    throw new Refused('Versions are missing at the end of the file.')
  }
  const notices = readNotices(whole)
  const said = {
    ...('notices' in whole && { notices: whole['notices'] }),
    ...('signatures' in whole && { signatures: whole['signatures'] }),
  }
  const signedSince = 'signatures' in whole ? checkSigned(whole['signatures'], before, 'since the last seal') : 0
  const claimed = { family, exportedAt, ...said, count: end['count'], headerHash: end['headerHash'] }
  const signed = `ourplan-export-1:${sha256(canonical(claimed))}`
  checkSignature(keys, used, { key: end['key'], signature: end['signature'], signed, where: 'the end of the file' })
  if (used.size !== keys.size) throw new Refused('The file brings a key that signed nothing in it.')
  requireTrusted(used, trusted)
  return { family: String(family['name']), exportedAt, fingerprints: [...used], notices, versions, signedSince }
}

/**
 * Tells an export of the record, which is lines of JSON, from one of sealed versions.
 *
 * @param {string} file
 */
export function isRecord(file) {
  return /^\{"format":"ourplan-record-export-1"[^\n]*\}\n/.test(file)
}

const ENTRY = ['format', 'chain', 'seq', 'at', 'previous', 'what', 'actor', 'meetingId', 'about']

/**
 * An entry of the record that follows on the one before it in its chain.
 * @param {unknown} value
 * @param {Map<string, { count: number, hash: string }>} chains how far each has come
 * @param {string} where
 */
function checkEntry(value, chains, where) {
  const { entry, hash } = object(value, ['entry', 'hash'], where)
  const said = object(entry, ENTRY, where)
  if (said['format'] !== 'ourplan-record-1') throw new Refused(`${where} is of a format this program does not know.`)
  const chain = text(said['chain'], /^(house|[0-9a-f]{24})$/, `The chain of ${where}`)
  const before = chains.get(chain)
  if (said['seq'] !== (before?.count ?? 0) + 1)
    throw new Refused(`Before ${where} an entry is missing, or out of place.`)
  if (said['previous'] !== (before?.hash ?? null)) throw new Refused(`${where} does not follow on the entry before it.`)
  if (sha256(canonical(said)) !== hash) throw new Refused(`${where} was changed after it was written.`)
  chains.set(chain, { count: Number(said['seq']), hash: String(hash) })
}

/**
 * Checks an export of the record: every entry as it was written, none left out.
 *
 * @param {string} file its text
 * @param {string | undefined} [trusted] the fingerprint that the key must have
 * @returns {{ exportedAt: string, fingerprints: string[], chains: { chain: string, count: number }[] }}
 * @throws {Refused} with a sentence that says what is not as it was written
 */
export function verifyRecord(file, trusted) {
  const lines = file.split('\n')
  if (lines.pop() !== '' || lines.length < 2) throw new Refused('The file was cut off.')
  const head = object(JSON.parse(lines.shift() ?? ''), ['format', 'exportedAt', 'keys'], 'The first line')
  const exportedAt = text(head['exportedAt'], MOMENT, 'The moment of the export')
  const keys = readKeys(head['keys'])
  const last = object(JSON.parse(lines.pop() ?? ''), ['end'], 'The last line')
  const end = object(last['end'], ['chains', 'key', 'signature'], 'The last line')
  /** @type {Map<string, { count: number, hash: string }>} */
  const chains = new Map()
  lines.forEach((line, index) => checkEntry(JSON.parse(line), chains, `line ${index + 2}`))
  const reached = [...chains].map(([chain, { count, hash }]) => ({ chain, count, hash }))
  if (canonical(reached) !== canonical(end['chains'])) throw new Refused('Entries are missing at the end of a chain.')
  const signed = `ourplan-record-export-1:${sha256(canonical({ exportedAt, chains: reached }))}`
  /** @type {Set<string>} */
  const used = new Set()
  checkSignature(keys, used, { key: end['key'], signature: end['signature'], signed, where: 'the last line' })
  if (used.size !== keys.size) throw new Refused('The file brings a key that signed nothing in it.')
  requireTrusted(used, trusted)
  return { exportedAt, fingerprints: [...used], chains: reached.map(({ chain, count }) => ({ chain, count })) }
}

/**
 * @param {Set<string>} used
 * @param {string | undefined} trusted
 */
function requireTrusted(used, trusted) {
  for (const fingerprint of used) {
    if (trusted !== undefined && fingerprint !== trusted)
      throw new Refused(`It was signed with another key: ${fingerprint}`)
  }
}

const STATES = {
  shown: 'its words are those that were sealed',
  withheld: 'not shown to who exported it',
  removed: 'removed',
}

/**
 * @param {Report} report
 * @param {boolean} trusted
 */
function describe({ family, exportedAt, fingerprints, notices, versions, signedSince }, trusted) {
  const lines = [`${family}, exported ${exportedAt}`, '']
  for (const { chain, sealedAt, check, sections, others } of versions) {
    lines.push(`Version ${chain}, sealed ${sealedAt}, check ${check}`)
    for (const { section, state, words } of [...sections, ...others])
      lines.push(`  ${section}: ${STATES[state]}${words ? `, ${words}` : ''}`)
  }
  if (signedSince > 0) lines.push(`Signed since: ${signedSince}. The next sealed version covers that too.`)
  lines.push(...notices)
  lines.push('', `Nothing was changed, left out or put in another order. ${versions.length} sealed versions.`)
  return print(lines, fingerprints, trusted)
}

/**
 * @param {ReturnType<typeof verifyRecord>} report
 * @param {boolean} trusted
 */
function describeRecord({ exportedAt, fingerprints, chains }, trusted) {
  const lines = [`The record of who did what, exported ${exportedAt}`, '']
  for (const { chain, count } of chains)
    lines.push(`${chain === 'house' ? chain : `family ${chain}`}: ${count} entries`)
  lines.push('', `Nothing was changed, left out or put in another order. ${chains.length} chains.`)
  return print(lines, fingerprints, trusted)
}

/**
 * @param {string[]} lines
 * @param {string[]} fingerprints
 * @param {boolean} trusted
 */
function print(lines, fingerprints, trusted) {
  for (const fingerprint of fingerprints) lines.push(`Key: ${fingerprint}`)
  lines.push(
    trusted
      ? 'That is the key you named.'
      : 'Anybody can make a key. Compare this fingerprint with the one on paper, or at /.well-known/ourplan-key of the server you trust; or name it: --fingerprint F',
  )
  // A forged file must not be able to write over lines of this report.
  return lines.map((line) => line.replace(/\p{Cc}/gu, '?')).join('\n')
}

/** @returns {number} exit code: 0 as sealed, 1 not, 2 wrongly called */
function main() {
  const [file, option, fingerprint] = process.argv.slice(2)
  if (!file || (option !== undefined && (option !== '--fingerprint' || !fingerprint))) {
    console.error('Usage: npm run verify -- FILE [--fingerprint F]')
    return 2
  }
  try {
    const trusted = fingerprint?.toUpperCase()
    const whole = readFileSync(file, 'utf8')
    const named = trusted !== undefined
    console.log(
      isRecord(whole)
        ? describeRecord(verifyRecord(whole, trusted), named)
        : describe(verifyExport(whole, trusted), named),
    )
    return 0
  } catch (error) {
    const known = error instanceof Refused
    const why = error instanceof Error ? error.message : String(error)
    console.error(known ? why : `The file cannot be read as an export: ${why}`)
    console.error('This file must not be trusted.')
    return 1
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) process.exitCode = main()
