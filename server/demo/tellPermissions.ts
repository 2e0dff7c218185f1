import { PLAN_PART, type Part } from '../../shared/part'
import { type Release, WORDS_VERSION } from '../../shared/release'
import type { Visitor } from '../access/Access'
import type { App } from '../app'
import { reportRelease } from '../releases/reportRelease'
import type { DemoPermission, DemoWords } from './DemoFamily'
import { createVisitorIn } from './visitorIn'

/** Lets people of a demo family sign, end and answer what is theirs, as themselves; once more changes nothing. */
export function tellPermissions(parts: App['parts'], familyId: string) {
  const { meetings, participants, sign, releases, record, decisions, screening } = parts
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
      const meetingId = _id.toHexString()
      const { admitted } = await participants.list(meetingId)
      if (!admitted.some(({ name }) => name === by)) continue
      const signer = await visitorIn(meetingId, by)
      const release = (await releases.list(signer)).find((one) => one.sitting === sitting)
      if (release) return { signer, release }
    }
    throw new Error(`The demo has nobody sign ${sitting} before it is used`)
  }

  async function answer(meetingId: string, { by, takesCare, answers = {} }: DemoWords): Promise<void> {
    if (!takesCare && !Object.keys(answers).length) return
    const visitor = await visitorIn(meetingId, by)
    const { relative } = await decisions.view(visitor, new Set())
    if (takesCare && relative !== takesCare) await decisions.setRelative(visitor, takesCare)
    const open = (await screening.view(visitor)).questions.filter((one) => one.open)
    for (const { id } of open) if (answers[id]) await screening.answer(visitor, id, answers[id])
  }

  /** @returns the part in which these words stand */
  return async function allow(meetingId: string, words: DemoWords): Promise<Part> {
    const { signs, ends, under } = words
    await answer(meetingId, words)
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
