import { type Connection, Types } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Participant } from '../../shared/meeting'
import type { Part } from '../../shared/part'
import { LONGEST_YEARS, type SignedForm } from '../../shared/release'
import { missingElements } from '../../shared/releaseElements'
import { momentOf } from '../../shared/localMinute'
import { type SignedLine, tellRelease, tellSignature } from '../../shared/releaseWords'
import type { Visitor } from '../access/Access'
import type { FamilyKeys } from '../access/familyKeys'
import type { Clock } from '../Clock'
import { isDuplicateKey } from '../durable'
import { inTurn } from '../inTurn'
import { releaseModel, type ReleaseWords, type StoredRelease } from './releaseModel'
import { sealWords } from './sealWords'

interface Needs {
  db: Connection
  familyKeys: FamilyKeys
  clock: Clock
  /** The people admitted to a meeting now. */
  peopleOf(meetingId: string): Promise<Participant[]>
  timeZoneOf(meetingId: string): Promise<string>
  /** Makes the live document of a part in a meeting; does nothing where it is. */
  birthPart(where: Part & { meetingId: string; familyId: string }): Promise<void>
}

/** Somebody of the family. */
type Signer = Visitor & { memberId: string }

/** What the signed form comes to at this moment in this meeting. */
interface Act {
  signer: Signer
  form: SignedForm
  at: Date
  expiresAt: Date
  members: string[]
  lines: SignedLine[]
}

function latestEnd(at: Date): Date {
  const end = new Date(at)
  end.setUTCFullYear(end.getUTCFullYear() + LONGEST_YEARS)
  return end
}

/** @throws request/invalid for what is not whole, ends at once or too late, or is not theirs to sign */
function check(form: SignedForm, standing: Visitor['standing'], at: Date, timeZone: string): Date {
  const expiresAt = form.until && momentOf(form.until, timeZone)
  const isTheirs = form.about === null || standing === 'family'
  const isInTime = expiresAt && expiresAt > at && expiresAt <= latestEnd(at)
  if (missingElements(form).length > 0 || !isTheirs || !isInTime) throw new PlanError('request/invalid')
  return expiresAt
}

/** @throws request/invalid */
async function readForm({ clock, peopleOf, timeZoneOf }: Needs, signer: Signer, form: SignedForm): Promise<Act> {
  const timeZone = await timeZoneOf(signer.meetingId)
  const at = clock()
  const expiresAt = check(form, signer.standing, at, timeZone)
  const people = await peopleOf(signer.meetingId)
  const named = form.members.map((id) => people.find(({ memberId }) => memberId === id && id !== signer.memberId))
  const members = named.flatMap((person) => person?.name ?? [])
  if (members.length < named.length) throw new PlanError('request/invalid')
  const { language, signature } = form
  const said = tellRelease(form, { language, timeZone, signer: signer.name, members, expiresAt })
  const lines = [...said, ...tellSignature({ signature, at }, { language, timeZone })]
  return { signer, form, at, expiresAt, members, lines }
}

/** One signature for several sections: it yields a release for each, which all hold the whole of what was signed. */
export function createSigning(needs: Needs) {
  const { db, familyKeys, birthPart } = needs
  const model = releaseModel(db)
  const words = sealWords<ReleaseWords>(familyKeys, 'release')
  /** Two sittings about one child must find the same part. */
  const turns = inTurn()

  /** Of whom the part is: the signer's own, or the one they have for this child, also from an earlier meeting. */
  async function subjectOf({ signer, form: { about } }: Act): Promise<string> {
    if (!about) return signer.memberId
    const theirs = await model
      .find({ familyId: signer.familyId, signer: signer.memberId, subject: { $ne: signer.memberId } })
      .lean<StoredRelease[]>()
    for (const release of theirs) {
      const { about: name } = await words.open(release)
      if (name.toLowerCase() === about.name.toLowerCase()) return release.subject
    }
    return new Types.ObjectId().toHexString()
  }

  async function write(act: Act, subject: string, one: SignedForm['sections'][number]): Promise<void> {
    const { signer, form, at, expiresAt, members, lines } = act
    const { meetingId, familyId, memberId } = signer
    const { purpose, ownPurpose, language, signature, about } = form
    const _id = new Types.ObjectId()
    const said = { purpose, ownPurpose, language, signature, members, lines, version: form.words, told: one.told }
    const who = { about: about?.name ?? signer.name, signedBy: signer.name, as: about?.as ?? null }
    await birthPart({ meetingId, familyId, section: one.section, subject })
    await model.create({
      _id,
      familyId,
      meetingId,
      sitting: form.sitting,
      section: one.section,
      subject,
      signer: memberId,
      discloser: one.discloser ?? null,
      recipients: form.recipients,
      members: form.members,
      signedAt: at,
      expiresAt,
      words: await words.seal(familyId, _id, { ...said, ...who }),
    })
  }

  /**
   * Signs. A sitting that was signed already stays as it is, so a page that got no answer may send it again.
   *
   * @throws request/invalid
   */
  return async function sign(
    visitor: Visitor,
    form: SignedForm,
  ): Promise<{ releases: StoredRelease[]; isNew: boolean }> {
    const { memberId } = visitor
    if (!memberId) throw new PlanError('request/invalid')
    const act = await readForm(needs, { ...visitor, memberId }, form)
    const sitting = { sitting: form.sitting, familyId: visitor.familyId, signer: memberId }
    return turns(visitor.familyId, async () => {
      const known = await model.findOne(sitting).lean<StoredRelease>()
      const subject = known?.subject ?? (await subjectOf(act))
      for (const one of form.sections) {
        await write(act, subject, one).catch((error: unknown) => {
          if (!isDuplicateKey(error)) throw error
        })
      }
      const signed = await model.find(sitting).lean<StoredRelease[]>()
      // Somebody else's sitting has this id.
      if (signed.length === 0) throw new PlanError('request/invalid')
      return { releases: signed, isNew: !known }
    })
  }
}
