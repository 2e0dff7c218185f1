import type { Connection } from 'mongoose'
import { NO_COMMITMENTS } from '../../shared/commitments'
import { PlanError } from '../../shared/errors'
import { type Part, partKey } from '../../shared/part'
import { emptyPlan } from '../../shared/plan'
import type { Removal } from '../../shared/version'
import type { FamilyKeys } from '../access/familyKeys'
import type { Clock } from '../Clock'
import { inTurn } from '../inTurn'
import { type StoredVersion, type VersionContent, versionModel } from './versionModel'
import { versionSeals } from './versionSeals'

interface Needs {
  db: Connection
  familyKeys: FamilyKeys
  clock: Clock
}

export type RemoveWords = ReturnType<typeof createRemoveWords>

/** The content without the words of a part and without its salt, so that no guess at them can be checked either. */
function without(content: VersionContent, part: Part, removed: Removal): VersionContent {
  if (part.section === 'plan') {
    // What people answered to the plan's sentences says them again.
    const { plan: _salt, commitments: _answers, ...salts } = content.salts ?? {}
    const left = { plan: emptyPlan(), commitments: NO_COMMITMENTS }
    return { ...content, ...left, salts, removed: content.removed ?? removed }
  }
  const parts = content.parts ?? []
  const gone = parts.find((one) => partKey(one) === partKey(part))
  if (!gone) throw new PlanError('plan/part-not-found')
  const { salt: _salt, ...place } = gone
  const left = { ...place, plan: emptyPlan(), removed: gone.removed ?? removed }
  return { ...content, parts: parts.map((one) => (one === gone ? left : one)) }
}

/**
 * Destroys what one part says in a version, where a court orders it or it must not be kept. This alone ever changes a
 * version: its header, which holds hashes only, stays, and with it the chain; a note says when and why.
 */
export function createRemoveWords({ db, familyKeys, clock }: Needs) {
  const model = versionModel(db)
  const seals = versionSeals(familyKeys)
  const turns = inTurn()

  async function remove(versionId: string, part: Part, reason: string): Promise<void> {
    const row = await model.findById(versionId).lean<StoredVersion>()
    if (!row) throw new PlanError('version/not-found')
    const content = await seals.open<VersionContent>(row, 'content', row.content)
    const left = without(content, part, { at: clock().toISOString(), reason })
    const sealed = await seals.seal(row.familyId, row._id, 'content', left)
    await model.updateOne({ _id: row._id }, { $set: { content: sealed } })
  }

  /** @throws version/not-found; plan/part-not-found when the version does not have the part */
  return (versionId: string, part: Part, reason: string): Promise<void> =>
    turns(versionId, () => remove(versionId, part, reason))
}
