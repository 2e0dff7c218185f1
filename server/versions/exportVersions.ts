import canonicalize from 'canonicalize'
import { createHash } from 'node:crypto'
import type { Connection } from 'mongoose'
import {
  SEALED_SECTIONS,
  type ExportedPart,
  type ExportedSection,
  type SealedHeader,
  type SealedSection,
  type SealedSignature,
  type VersionExport,
} from '../../shared/versionExport'
import type { Part } from '../../shared/part'
import { noticeOf, NOTICES, REDISCLOSURE } from '../../shared/redisclosure'
import type { Visitor } from '../access/Access'
import { may } from '../access/authorize'
import type { FamilyKeys } from '../access/familyKeys'
import type { SigningKey } from '../access/signingKey'
import type { Clock } from '../Clock'
import { mayReadIn } from './mayReadIn'
import { createSeenSignatures, type Readers } from './seenSignatures'
import { partContent, sectionsOf } from './sealedHeader'
import { type StoredVersion, type VersionContent, type VersionPartWords, versionModel } from './versionModel'
import { versionSeals } from './versionSeals'

interface Needs {
  db: Connection
  familyKeys: FamilyKeys
  signingKey(): Promise<SigningKey>
  clock: Clock
  nameOf(familyId: string): Promise<string>
  /** Of whom the reader may not know that they were there. */
  hiddenFrom(reader: Visitor, meetingIds: readonly string[]): Promise<Set<string>>
  /** When everything of the family was removed; null while it is there. */
  removedAt(familyId: string): Promise<Date | null>
  /** What was signed in a family after a number. */
  signaturesSince(familyId: string, seq: number): Promise<{ signatures: SealedSignature[] }>
}

type Sealed = StoredVersion & Required<Pick<StoredVersion, 'seal'>>
type Exported = Pick<VersionExport['versions'][number], 'sections' | 'others'>

/** The sections that a header names: those from before there were signatures have none. */
const sectionsIn = (header: SealedHeader) => SEALED_SECTIONS.filter((section) => header.sections[section])

/** None of the words of a header's sections. */
const without = (header: SealedHeader, why: ExportedSection) =>
  Object.fromEntries(sectionsIn(header).map((section) => [section, why])) as Exported['sections']

function showSections(header: SealedHeader, content: VersionContent): Exported['sections'] {
  const words = sectionsOf(content)
  const show = (section: SealedSection): [SealedSection, ExportedSection] => {
    const salt = content.salts?.[section]
    if (salt) return [section, { salt, content: words[section] }]
    return [section, content.removed ? { removed: content.removed } : { withheld: true }]
  }
  return Object.fromEntries(sectionsIn(header).map(show)) as Exported['sections']
}

function showPart({ slot, salt, removed, ...part }: VersionPartWords): ExportedPart[] {
  if (slot === undefined) return []
  if (removed) return [{ slot, removed }]
  return salt ? [{ slot, salt, content: partContent(part) }] : []
}

/** The sentences that must go with the gated parts among these. */
function noticesFor(shown: readonly Part[]): VersionExport['notices'] {
  const keys = NOTICES.filter((notice) => shown.some(({ section }) => noticeOf(section) === notice))
  return keys.length > 0 ? Object.fromEntries(keys.map((key) => [key, REDISCLOSURE[key].en])) : undefined
}

const removed = (at: Date): ExportedSection => ({ removed: { at: at.toISOString(), reason: 'family removed' } })

/** The sealed versions of a family as a file that anybody can check without this server. */
export function createExportVersions(needs: Needs) {
  const { db, familyKeys, clock } = needs
  const model = versionModel(db)
  const seals = versionSeals(familyKeys)
  const seen = createSeenSignatures(needs)

  /** What a reader may have of a version; what is held back leaves its hash alone. */
  async function openFor(readers: Readers, row: Sealed, removedAt: Date | null): Promise<Exported & { parts: Part[] }> {
    const header = JSON.parse(row.seal.header) as SealedHeader
    const hasOthers = 'others' in header
    const reader = readers.get(row.meetingId)
    if (!reader || !may(reader, 'version:read')) {
      const sections = without(header, removedAt ? removed(removedAt) : { withheld: true })
      return { sections, ...(hasOthers && { others: [] }), parts: [] }
    }
    const content = await seals.open<VersionContent>(row, 'content', row.content)
    const parts = (content.parts ?? []).filter((part) => mayReadIn(reader, row.madeAt, part))
    const sections = showSections(header, content)
    // These lists are hashed whole: who may not know of somebody in them gets their hashes alone.
    const isHidden = (await needs.hiddenFrom(reader, [row.meetingId])).size > 0
    const lists = without(header, { withheld: true })
    const shown = isHidden ? { ...lists, plan: sections.plan } : sections
    const signed = content.signatures ?? []
    const known = (await seen(readers, signed)).length === signed.length
    if (shown.signatures && !known) shown.signatures = { withheld: true }
    return { sections: shown, ...(hasOthers && { others: parts.flatMap(showPart) }), parts }
  }

  async function signedEnd(
    claimed: Pick<VersionExport, 'family' | 'exportedAt' | 'notices' | 'signatures'>,
    rows: Sealed[],
  ) {
    const { sign, view } = await needs.signingKey()
    const reached = { count: rows.length, headerHash: rows.at(-1)?.seal.headerHash ?? null }
    const hash = createHash('sha256')
      .update(canonicalize({ ...claimed, ...reached })!)
      .digest('hex')
    const end = { ...reached, key: view.fingerprint, signature: sign(`ourplan-export-1:${hash}`) }
    return { end, keys: { [view.fingerprint]: view.publicKey } }
  }

  /**
   * Who is in none of the meetings reads no words, and not what the family is called.
   *
   * @returns the file, and whose words of gated parts are in it, by the meetings of their versions
   */
  return async function exportVersions(
    familyId: string,
    readers: Readers,
  ): Promise<{ file: VersionExport; shown: { meetingId: string; part: Part }[] }> {
    const rows = await model
      .find({ familyId, 'seal.chain': { $exists: true } })
      .sort({ 'seal.chain': 1 })
      .lean<Sealed[]>()
    const removedAt = await needs.removedAt(familyId)
    const opened = await Promise.all(rows.map((row) => openFor(readers, row, removedAt)))
    const shown = rows.flatMap(({ meetingId }, index) => opened[index]!.parts.map((part) => ({ meetingId, part })))
    const versions = rows.map(({ seal }, index) => {
      const { parts: _parts, ...words } = opened[index]!
      return { header: JSON.parse(seal.header) as SealedHeader, signature: seal.signature, key: seal.key, ...words }
    })
    const family = { id: familyId, name: readers.size > 0 ? await needs.nameOf(familyId) : '' }
    const notices = noticesFor(shown.map(({ part }) => part))
    const { signatures: later } = await needs.signaturesSince(familyId, rows.at(-1)?.seal.signedUpTo ?? 0)
    const signatures = await seen(readers, later)
    const claimed = {
      family,
      exportedAt: clock().toISOString(),
      ...(notices && { notices }),
      ...(signatures.length > 0 && { signatures }),
    }
    const { end, keys } = await signedEnd(claimed, rows)
    return { file: { format: 'ourplan-export-1', ...claimed, keys, versions, end }, shown }
  }
}
