import type { Connection } from 'mongoose'
import { type Part, partKey } from '../../shared/part'
import type { Clock } from '../Clock'
import { releaseModel } from './releaseModel'

/** Which gated parts of a family's plans releases hold open now, to whomever. */
export function createActiveParts({ db, clock }: { db: Connection; clock: Clock }) {
  const model = releaseModel(db)

  return async function activeParts(familyId: string): Promise<Part[]> {
    const holding = { familyId, revokedAt: null, expiresAt: { $gt: clock() } }
    const releases = await model.find(holding, { section: 1, subject: 1 }).sort({ signedAt: 1 }).lean()
    const parts = new Map<string, Part>()
    for (const { section, subject } of releases) parts.set(partKey({ section, subject }), { section, subject })
    return [...parts.values()]
  }
}
