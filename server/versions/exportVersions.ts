import canonicalize from 'canonicalize'
import { createHash } from 'node:crypto'
import type { Connection } from 'mongoose'
import {
  SEALED_SECTIONS,
  type ExportedSection,
  type SealedHeader,
  type SealedSection,
  type VersionExport,
} from '../../shared/versionExport'
import type { FamilyKeys } from '../access/familyKeys'
import type { SigningKey } from '../access/signingKey'
import type { Clock } from '../Clock'
import { sectionsOf } from './sealedHeader'
import { type StoredVersion, type VersionContent, versionModel } from './versionModel'
import { versionSeals } from './versionSeals'

interface Needs {
  db: Connection
  familyKeys: FamilyKeys
  signingKey(): Promise<SigningKey>
  clock: Clock
  nameOf(familyId: string): Promise<string>
}

type Sealed = StoredVersion & Required<Pick<StoredVersion, 'seal'>>
type Sections = VersionExport['versions'][number]['sections']

const withheld = Object.fromEntries(SEALED_SECTIONS.map((section) => [section, { withheld: true }])) as Sections

/** The sealed versions of a family as a file that anybody can check without this server. */
export function createExportVersions(needs: Needs) {
  const { db, familyKeys, clock } = needs
  const model = versionModel(db)
  const seals = versionSeals(familyKeys)

  async function openSections(row: Sealed): Promise<Sections> {
    const content = await seals.open<VersionContent>(row, 'content', row.content)
    const words = sectionsOf(content)
    const show = (section: SealedSection): [SealedSection, ExportedSection] => [
      section,
      { salt: content.salts![section], content: words[section] },
    ]
    return Object.fromEntries(SEALED_SECTIONS.map(show)) as Sections
  }

  /**
   * @param meetingIds the meetings whose words the reader may see; of the others they get the hashes, so that the chain
   *   can be checked all the same
   */
  return async function exportVersions(familyId: string, meetingIds: ReadonlySet<string>): Promise<VersionExport> {
    const rows = await model
      .find({ familyId, 'seal.chain': { $exists: true } })
      .sort({ 'seal.chain': 1 })
      .lean<Sealed[]>()
    const versions = await Promise.all(
      rows.map(async (row) => ({
        header: JSON.parse(row.seal.header) as SealedHeader,
        signature: row.seal.signature,
        key: row.seal.key,
        sections: meetingIds.has(row.meetingId) ? await openSections(row) : withheld,
      })),
    )
    const { sign, view } = await needs.signingKey()
    const claimed = {
      family: { id: familyId, name: await needs.nameOf(familyId) },
      exportedAt: clock().toISOString(),
      count: rows.length,
      headerHash: rows.at(-1)?.seal.headerHash ?? null,
    }
    const hash = createHash('sha256').update(canonicalize(claimed)!).digest('hex')
    const { family, exportedAt, count, headerHash } = claimed
    const end = { count, headerHash, key: view.fingerprint, signature: sign(`ourplan-export-1:${hash}`) }
    const keys = { [view.fingerprint]: view.publicKey }
    return { format: 'ourplan-export-1', family, exportedAt, keys, versions, end }
  }
}
