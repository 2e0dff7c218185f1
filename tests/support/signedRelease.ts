import { randomBytes } from 'node:crypto'
import type { Recipient } from '../../shared/release'
import { emptyPlan } from '../../shared/plan'
import type { Gated } from '../../shared/roles'
import { releaseModel } from '../../server/releases/releaseModel'
import type { Someone } from './people'

interface Signed {
  section: Gated
  recipients?: Recipient[]
  /** Members of the family who may see it too, by their id. */
  members?: string[]
  at?: Date
}

const YEAR_MS = 365 * 24 * 3_600_000

/** Who somebody of the family is in all of its meetings. */
export async function memberIdOf(someone: Someone): Promise<string> {
  const { me } = await someone.call('readMeeting', { params: { meetingId: someone.meetingId } })
  return me.memberId!
}

/** A release that somebody of the family signed about themself in their meeting, and the part it opens. */
export async function signedRelease(someone: Someone, { section, recipients = [], members = [], at }: Signed) {
  const { db, livePlans, access } = someone.app.app.parts
  const signedAt = at ?? new Date()
  const [subject, { meeting }] = await Promise.all([memberIdOf(someone), someone.read()])
  const { id: meetingId, familyId } = meeting
  const part = { section, subject }
  const release = await releaseModel(db).create({
    ...part,
    familyId,
    meetingId,
    sitting: randomBytes(12).toString('hex'),
    signer: subject,
    discloser: null,
    recipients,
    members,
    signedAt,
    expiresAt: new Date(signedAt.getTime() + YEAR_MS),
    words: Buffer.from('{}'),
  })
  await livePlans.birth({ ...part, meetingId, familyId, plan: emptyPlan() })
  access.changes.emit('changed', { familyId })
  return {
    part,
    async revoke() {
      await releaseModel(db).updateOne({ _id: release._id }, { $set: { revokedAt: new Date() } })
      access.changes.emit('changed', { familyId })
    },
  }
}
