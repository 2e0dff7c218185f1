import { PLAN_PART, type Part } from '../../shared/part'
import { type Release, WORDS_VERSION } from '../../shared/release'
import type { Visitor } from '../access/Access'
import type { App } from '../app'
import { reportRelease } from '../releases/reportRelease'
import type { DemoPermission, DemoWords } from './DemoFamily'
import { createVisitorIn } from './visitorIn'

/** Lets people of a demo family sign and end what they allow, as themselves; once more changes nothing. */
export function tellPermissions(parts: App['parts'], familyId: string) {
  const { meetings, sign, releases, record } = parts
  const visitorIn = createVisitorIn(parts, familyId)

  async function signIn(meetingId: string, { by, form, signature, sitting }: DemoPermission): Promise<void> {
    const signer = await visitorIn(meetingId, by)
    const { language } = signer
    const signed = await sign(signer, { ...form, signature, sitting, language, words: WORDS_VERSION, agree: true })
    if (signed.isNew) signed.releases.forEach((one) => reportRelease(record, 'release-signed', signer, one))
  }

  /** What was signed, in whichever meeting of the family, and by whom: nobody of them has an account. */
  async function find({ by, sitting }: DemoPermission): Promise<{ signer: Visitor; release: Release }> {
    for (const { _id } of await meetings.list({ familyId })) {
      const signer = await visitorIn(_id.toHexString(), by)
      const release = (await releases.list(signer)).find((one) => one.sitting === sitting)
      if (release) return { signer, release }
    }
    throw new Error(`The demo has nobody sign ${sitting} before it is used`)
  }

  /** @returns the part in which these words stand */
  return async function allow(meetingId: string, { signs, ends, under }: DemoWords): Promise<Part> {
    if (signs) await signIn(meetingId, signs)
    if (ends) {
      const { signer, release } = await find(ends)
      const revoked = await releases.revoke(signer, release.id)
      if (revoked.isNew) reportRelease(record, 'release-revoked', signer, revoked.release)
    }
    if (!under) return PLAN_PART
    const { section, subject } = (await find(under)).release
    return { section, subject }
  }
}
