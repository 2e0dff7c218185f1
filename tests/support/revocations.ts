import { randomBytes } from 'node:crypto'
import { localMinute } from '../../shared/localMinute'
import type { Agency } from '../../shared/meeting'
import { type Part, PLAN_PART } from '../../shared/part'
import { WORDS_VERSION } from '../../shared/release'
import type { Role } from '../../shared/roles'
import { writeLongPlan } from './longPlan'
import { admitted, guest, Someone, staff } from './people'
import type { Revocation } from './revocationTrials'
import type { SeededRandom } from './seededRandom'
import { memberIdOf } from './signedRelease'
import { startTestApp, type TestApp } from './startTestApp'

const ZONE = 'America/Los_Angeles'
const MINUTE_MS = 60_000
const PREP: Part = { section: 'prep', subject: null }

/** Everything a right can end by. */
export const CAUSES = [
  'signed out',
  'account closed',
  'removed',
  'other role',
  'release ended',
  'release expired',
] as const
export type Cause = (typeof CAUSES)[number]

/** A meeting in which rights end again and again, each time somebody's who had just got it. */
export interface RevocationWorld {
  app: TestApp
  close(): Promise<void>
  /** Somebody with a right, about to lose it by `cause`. */
  begin(cause: Cause): Promise<Revocation>
}

/** The same browser once more: it keeps its cookie, whatever the page is told to do with it. */
function sameBrowser(someone: Someone): Someone {
  const again = new Someone(someone.app, someone.name, someone.person)
  for (const [name, value] of someone.cookies) again.cookies.set(name, value)
  again.meetingId = someone.meetingId
  again.participantId = someone.participantId
  return again
}

/** @param long with a sealed plan so long that an export of it is on its way for a while */
export async function openRevocationWorld(long?: SeededRandom): Promise<RevocationWorld> {
  /** The app's clock runs with ours, so many milliseconds ahead. */
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const app = await startTestApp({ clock: now })
  const admin = await staff(app, 'Ada', { duty: 'admin' })
  const wren = await staff(app, 'Wren')
  const adeyemi = await staff(app, 'Adeyemi', { duty: 'agency', agency: 'school' })
  const { familyId, id: meetingId } = await wren.createMeeting({ timeZone: ZONE })
  const dana = await admitted(wren, 'Dana')
  const subject = await memberIdOf(dana)
  await join(adeyemi, 'agency', 'school')
  if (long) await writeLongPlan(wren, long)
  await dana.call('signRelease', { params: { meetingId }, body: form(new Date(now().getTime() + 40 * MINUTE_MS)) })
  const params = { meetingId }
  for (let seals = 1; seals <= 2; seals++) {
    const { versions } = await wren.call('listVersions', { params })
    const body = { kind: 'sealed', label: `Seal ${seals}`, basedOn: versions[0]?.number ?? 0 } as const
    await wren.call('makeVersion', { params, body })
    await wren.call('amend', { params, body: { reason: 'We write on' } })
  }

  function form(until: Date) {
    return {
      about: null,
      sections: [{ section: 'health' as const, told: 'All of it', discloser: null }],
      recipients: ['school' as const],
      members: [],
      purpose: 'plan' as const,
      ownPurpose: '',
      until: localMinute(until, ZONE),
      sitting: randomBytes(12).toString('hex'),
      language: 'en' as const,
      words: WORDS_VERSION as typeof WORDS_VERSION,
      agree: true as const,
      signature: 'Dana Alder',
    }
  }

  async function join(someone: Someone, role: Role, agency?: Agency): Promise<Someone> {
    await someone.join((await wren.read()).joining!.code!, { role, ...(agency ? { agency } : {}) })
    await wren.admit(someone, role, agency)
    return someone
  }

  /** A release to the school that ends then; earlier ones are ended first, so that it is the only one. */
  async function released(until: Date) {
    for (const release of (await dana.call('listReleases', { params })).releases) {
      if (!release.endedAt) await revoke(release.id)
    }
    const { releases } = await dana.call('signRelease', { params, body: form(until) })
    return releases[0]!
  }
  const revoke = (releaseId: string) => dana.call('revokeRelease', { params: { meetingId, releaseId } })
  const health = { who: adeyemi, part: { section: 'health', subject } as Part }
  const inMinutes = (minutes: number) => new Date(now().getTime() + minutes * MINUTE_MS)

  const setClosed = (disabled: boolean) => {
    const { id, duty, agency } = adeyemi.person!
    return admin.call('changeAccount', { params: { staffId: id }, body: { duty, agency, disabled } })
  }
  /** Whatever became of the account. */
  async function comeBack(): Promise<void> {
    await setClosed(false)
    await adeyemi.signIn()
  }

  const BEGIN: Record<Cause, () => Promise<Pick<Revocation, 'who' | 'part' | 'revoke'>>> = {
    'signed out': async () => {
      await comeBack()
      return { who: sameBrowser(adeyemi), part: PLAN_PART, revoke: () => adeyemi.call('signOut') }
    },
    'account closed': async () => {
      await comeBack()
      return { who: sameBrowser(adeyemi), part: PLAN_PART, revoke: () => setClosed(true) }
    },
    removed: async () => {
      const rosa = await join(guest(app, 'Rosa'), 'support')
      return { who: rosa, part: PLAN_PART, revoke: () => wren.remove(rosa) }
    },
    'other role': async () => {
      const lund = await join(guest(app, 'Lund'), 'agency', 'school')
      return { who: lund, part: PREP, revoke: () => wren.admit(lund, 'observer') }
    },
    'release ended': async () => {
      await comeBack()
      const { id } = await released(inMinutes(20))
      return { ...health, revoke: () => revoke(id) }
    },
    'release expired': async () => {
      await comeBack()
      const { expiresAt } = await released(inMinutes(2))
      const expire = async () => {
        ahead += new Date(expiresAt).getTime() - now().getTime()
      }
      return { ...health, revoke: expire }
    },
  }

  return {
    app,
    close: () => app.close(),
    begin: async (cause) => ({ meetingId, familyId, ...(await BEGIN[cause]()) }),
  }
}
