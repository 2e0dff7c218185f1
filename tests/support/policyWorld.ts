import { randomBytes } from 'node:crypto'
import { localMinute } from '../../shared/localMinute'
import type { Agency } from '../../shared/meeting'
import { isGated, type Part } from '../../shared/part'
import { emptyPlan } from '../../shared/plan'
import { WORDS_VERSION } from '../../shared/release'
import { GATED, PHASES, ROLES, type Phase, type Role, type Section, type Standing } from '../../shared/roles'
import { guest, type Someone, staff } from './people'
import { startTestApp, type TestApp } from './startTestApp'

/** A meeting of a family in each phase, with somebody of every standing in it, and releases that open half of what is gated. */
export interface PolicyWorld {
  app: TestApp
  familyId: string
  /** Who leads all of it; not one of those who are tried. */
  wren: Someone
  meetings: Record<Phase, string>
  /** A version of each meeting, of all its parts. */
  versions: Record<Phase, string>
  /** Who asks, as what, in a meeting. */
  someone(standing: Standing, phase: Phase): Someone
  /** What they are there; empty for who is not one of its people. */
  participantId(standing: Standing, phase: Phase): string
  /** The part of a section that is meant: of a gated one, the person's who released it to all of them, or to none. */
  part(section: Section, released: boolean): Part
}

const AGENCY: Agency = 'school'
/** A letter of the alphabet each, so that nobody is taken for somebody else. */
const NAMES: Record<Role, string> = {
  facilitator: 'Fran',
  family: 'Greta',
  youth: 'Yuri',
  support: 'Sam',
  agency: 'Adeyemi',
  interpreter: 'Vega',
  observer: 'Otto',
}

/** Somebody without an account of their agency opens nothing; and who leads here has no such duty elsewhere. */
function withAccount(app: TestApp, role: Role): Promise<Someone> {
  return staff(app, NAMES[role], { duty: 'agency', agency: role === 'agency' ? AGENCY : null })
}

async function bringIn(wren: Someone, code: string, someone: Someone, role: Role): Promise<string> {
  // Nobody with such an account may ask to lead; the facilitator makes them lead.
  const asks = role === 'facilitator' ? 'observer' : role
  await someone.join(code, { role: asks, ...(role === 'agency' ? { agency: AGENCY } : {}) })
  const { memberId } = await wren.admit(someone, role, role === 'agency' ? AGENCY : undefined)
  return memberId ?? ''
}

async function pair(app: TestApp, wren: Someone): Promise<Someone> {
  const { url } = await wren.call('pairProjector', { params: { meetingId: wren.meetingId } })
  const screen = guest(app, 'The wall')
  await screen.call('startProjector', { body: { token: url.split('#')[1]! } })
  return screen
}

const MONTH_MS = 30 * 24 * 3_600_000
const ZONE = 'America/Los_Angeles'

/** Signs for all gated sections at once: for everybody who can be named, or for an agency that is not there. */
async function sign(someone: Someone, members: string[] | null): Promise<void> {
  await someone.call('signRelease', {
    params: { meetingId: someone.meetingId },
    body: {
      about: null,
      sections: GATED.map((section) => ({ section, told: 'All of it', discloser: null })),
      recipients: members ? [AGENCY, 'facilitator', 'interpreter'] : ['housing'],
      members: members ?? [],
      purpose: 'plan',
      ownPurpose: '',
      until: localMinute(new Date(Date.now() + MONTH_MS), ZONE),
      sitting: randomBytes(12).toString('hex'),
      language: 'en',
      words: WORDS_VERSION,
      agree: true,
      signature: `${someone.name} Alder`,
    },
  })
}

export async function openPolicyWorld(): Promise<PolicyWorld> {
  const app = await startTestApp()
  const wren = await staff(app, 'Wren')
  const familyId = (await wren.createFamily()).id
  const roles = new Map<Role, Someone>()
  for (const role of ROLES) {
    const account = role === 'facilitator' || role === 'agency'
    roles.set(role, account ? await withAccount(app, role) : guest(app, NAMES[role]))
  }
  const [dana, ben] = [guest(app, 'Dana'), guest(app, 'Ben')]
  const screens = {} as Record<Phase, Someone>
  const meetings = {} as Record<Phase, string>
  const versions = {} as Record<Phase, string>
  const members = new Set<string>()
  const participants = new Map<string, string>()
  let subjects: [string, string] = ['', '']
  for (const phase of PHASES) {
    const { id, joinCode } = await wren.createMeeting({ familyId, carryOver: false, timeZone: ZONE })
    meetings[phase] = id
    subjects = [await bringIn(wren, joinCode, dana, 'family'), await bringIn(wren, joinCode, ben, 'family')]
    for (const [role, someone] of roles) {
      members.add(await bringIn(wren, joinCode, someone, role))
      participants.set(`${role} ${phase}`, someone.participantId)
    }
    screens[phase] = await pair(app, wren)
    await guest(app, 'Walter, who waits').join(joinCode)
    if (phase === PHASES[0]) {
      await sign(dana, [...members].filter(Boolean))
      await sign(ben, null)
    }
    for (const section of GATED) {
      for (const subject of subjects) {
        await app.app.parts.livePlans.birth({ section, subject, meetingId: id, familyId, plan: emptyPlan() })
      }
    }
    versions[phase] = await bringTo(wren, phase)
  }
  const outside: Partial<Record<Standing, Someone>> = {
    'staff:facilitator': await staff(app, 'Ames'),
    'staff:agency': await staff(app, 'Birch', { duty: 'agency', agency: 'child-welfare' }),
    'staff:admin': await staff(app, 'Ada', { duty: 'admin' }),
  }
  for (const { person } of Object.values(outside)) {
    await wren.call('addToTeam', { params: { familyId }, body: { email: person!.email } })
  }
  return {
    app,
    familyId,
    wren,
    meetings,
    versions,
    someone: (standing, phase) =>
      standing === 'projector' ? screens[phase] : (outside[standing] ?? roles.get(standing as Role)!),
    participantId: (standing, phase) => participants.get(`${standing} ${phase}`) ?? '',
    part: (section, released) => ({ section, subject: isGated(section) ? subjects[released ? 0 : 1] : null }),
  }
}

/** @returns a version, made before the meeting came to its phase (or the one that sealed it) */
async function bringTo(wren: Someone, phase: Phase): Promise<string> {
  const params = { meetingId: wren.meetingId }
  const kind = phase === 'sealed' ? 'sealed' : 'checkpoint'
  const { id } = await wren.call('makeVersion', { params, body: { kind, label: 'A copy', basedOn: 0 } })
  if (phase === 'private' || phase === 'ended') await wren.setPhase(phase)
  return id
}

/** Brings a meeting back to its phase after somebody who may do so took it elsewhere. */
export async function restorePhase({ wren, meetings }: PolicyWorld, phase: Phase): Promise<void> {
  wren.meetingId = meetings[phase]
  if (phase !== 'ended') await wren.setPhase('open')
  if (phase === 'private' || phase === 'ended') await wren.setPhase(phase)
}
