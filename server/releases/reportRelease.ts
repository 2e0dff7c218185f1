import type { Visitor } from '../access/Access'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { StoredRelease } from './releaseModel'

/** For the record: somebody signed a release, or ended it. */
export function reportRelease(
  record: RecordKeeper,
  what: 'release-signed' | 'release-revoked',
  visitor: Visitor,
  { _id, section, subject }: StoredRelease,
): void {
  record.report({ what, ...by(visitor), about: { releaseId: _id.toHexString(), section, subject } })
}
