import { randomBytes } from 'node:crypto'
import { localMinute } from '../../shared/localMinute'
import type { Agency } from '../../shared/meeting'
import { type Part, partKey } from '../../shared/part'
import { type ReleaseForm, WORDS_VERSION } from '../../shared/release'
import { type Gated, GATED, type Role } from '../../shared/roles'
import { ALDER } from '../../server/demo/alder'
import { DEMO_PASSWORD, DEMO_PEOPLE } from '../../server/demo/demoPeople'
import { Audience } from './Audience'
import { Someone } from './people'
import { PlainPhone } from './plainPhone'
import { memberIdOf } from './signedRelease'
import { RunningServer } from './startServer'
import type { TestApp } from './startTestApp'
import { type TappedLine, tapLine } from './tapLine'

const MONTH_MS = 30 * 24 * 3_600_000
const ZONE = 'America/Los_Angeles'
const OPEN_MEETING = ALDER.meetings.at(-1)!.title

export const FAMILY: Part = { section: 'family', subject: null }
export const PREP: Part = { section: 'prep', subject: null }

/** Who is what in the meeting; the demo has let in those with `there` already. */
const PROFESSIONALS: Record<string, { agency: Agency; there?: true }> = {
  Quill: { agency: 'child-welfare', there: true },
  Marsh: { agency: 'calworks', there: true },
  Adeyemi: { agency: 'school' },
  Park: { agency: 'mental-health' },
  Stone: { agency: 'probation' },
}
const GUESTS: Record<string, Role> = { Theo: 'youth', Ruth: 'support', Ines: 'interpreter', Olga: 'observer' }

/**
 * The meeting of the demo that is open for trying things out, in the production build as a process of its own, with
 * everybody whom somebody might be: each on a line of their own, on which every byte is heard.
 */
export class DemoMeeting {
  readonly audience = new Audience()
  readonly #lines: TappedLine[] = []
  familyId = ''
  meetingId = ''
  /** Its code, as it stands in addresses. */
  code = ''

  private constructor(readonly server: RunningServer) {}

  static async start(): Promise<DemoMeeting> {
    // Each line is an address of its own, which pages take for the server's.
    return new DemoMeeting(await RunningServer.start({ env: { PUBLIC_URL: undefined } }))
  }

  get wren(): Someone {
    return this.audience.who('Wren')
  }

  /** From now on every byte that reaches this person is heard. */
  async meet<S extends Someone>(name: string, as: new (app: TestApp, name: string) => S): Promise<S> {
    const { audience } = this
    const line = await tapLine(this.server.url, () => audience.earsOf(name).tapLine())
    this.#lines.push(line)
    return audience.meet(new as({ url: line.url } as TestApp, name))
  }

  /** An agency person of the demo, signed in. */
  async #staff(name: string): Promise<Someone> {
    const someone = await this.meet(name, Someone)
    const { email } = DEMO_PEOPLE.find((one) => one.name === name)!
    await someone.call('signIn', { body: { email, password: DEMO_PASSWORD } })
    return someone
  }

  /** Everybody comes: through the lobby who belongs to the meeting, and around it who does not. */
  async gather(): Promise<void> {
    const wren = await this.#staff('Wren')
    const { meetings } = await wren.call('listMeetings')
    const open = meetings.find(({ title }) => title === OPEN_MEETING)!
    Object.assign(this, { meetingId: open.id, familyId: open.familyId })
    wren.meetingId = open.id
    const { me, joining } = await wren.read()
    wren.participantId = me.id
    this.code = joining!.code!.replace('-', '')
    for (const name of Object.keys(PROFESSIONALS)) await this.#comesForAgency(name)
    for (const name of ['Dana', 'Rosa']) await this.#comesThroughTheDoor(name)
    for (const [name, role] of Object.entries(GUESTS)) {
      await (await this.meet(name, Someone)).join(this.code, { role })
      await wren.admit(this.audience.who(name), role)
    }
    await this.#gatherAround()
  }

  async #comesForAgency(name: string): Promise<void> {
    const { agency, there } = PROFESSIONALS[name]!
    const someone = await this.#staff(name)
    someone.meetingId = this.meetingId
    if (there) return void (someone.participantId = (await someone.read()).me.id)
    await someone.join(this.code, { role: 'agency', agency })
    await this.wren.admit(someone, 'agency', agency)
  }

  /** A phone without scripts: the form of the door. Wren knows who it is. */
  async #comesThroughTheDoor(name: string): Promise<void> {
    const phone = await this.meet(name, PlainPhone)
    await phone.open(`/j/${this.code}`)
    await phone.send({ name, role: 'family' })
    const { meetingId } = this
    phone.meetingId = meetingId
    phone.participantId = (await this.wren.people()).find((one) => one.name === name && one.state === 'waiting')!.id
    const { members } = await this.wren.call('listMembers', { params: { meetingId } })
    const memberId = members.find((one) => one.name === name)!.memberId
    const params = { meetingId, participantId: phone.participantId }
    await this.wren.call('admit', { params, body: { role: 'family', memberId } })
    await phone.open(`/j/${this.code}/waiting?plain=1`)
  }

  /** Who waits, was removed, is a screen, works elsewhere, or is nobody. */
  async #gatherAround(): Promise<void> {
    await (await this.meet('Walt, who waits', Someone)).join(this.code)
    const mallory = await this.meet('Mallory, who was removed', Someone)
    await mallory.join(this.code, { role: 'support' })
    await this.wren.admit(mallory, 'support')
    await this.wren.remove(mallory)
    const wall = await this.meet('the wall', Someone)
    const { url } = await this.wren.call('pairProjector', { params: { meetingId: this.meetingId } })
    await wall.call('startProjector', { body: { token: url.split('#')[1]! } })
    for (const name of ['Ames', 'Admin']) await this.#staff(name)
    await this.meet('a stranger', Someone)
  }

  /** Signs with their own hand. @returns the releases' ids and the part each opens */
  async sign(name: string, sections: readonly Gated[], form: Partial<ReleaseForm>) {
    const someone = this.audience.who(name)
    const { releases } = await someone.call('signRelease', {
      params: { meetingId: someone.meetingId },
      body: {
        about: null,
        sections: sections.map((section) => ({ section, told: 'All of it', discloser: null })),
        recipients: [],
        members: [],
        purpose: 'plan',
        ownPurpose: '',
        until: localMinute(new Date(Date.now() + MONTH_MS), ZONE),
        sitting: randomBytes(12).toString('hex'),
        language: 'en',
        words: WORDS_VERSION,
        agree: true,
        signature: `${name} Alder`,
        ...form,
      },
    })
    return releases
  }

  async revoke(name: string, releaseId: string): Promise<void> {
    const someone = this.audience.who(name)
    await someone.call('revokeRelease', { params: { meetingId: someone.meetingId, releaseId } })
  }

  async makeVersion(kind: 'checkpoint' | 'sealed', label: string): Promise<void> {
    const params = { meetingId: this.wren.meetingId }
    const [latest] = (await this.wren.call('listVersions', { params })).versions
    await this.wren.call('makeVersion', { params, body: { kind, label, basedOn: latest?.number ?? 0 } })
  }

  /** All parts that anybody may have something in, of Dana, of Miles for whom she signs, and of Rosa. */
  async partKeys(milesId: string): Promise<string[]> {
    const [dana, rosa] = await Promise.all(['Dana', 'Rosa'].map((name) => memberIdOf(this.audience.who(name))))
    const own = GATED.map((section): Part => ({ section, subject: dana! }))
    const others: Part[] = [
      { section: 'education', subject: milesId },
      { section: 'health', subject: rosa! },
    ]
    return [...own, ...others, FAMILY, PREP].map(partKey)
  }

  async close(): Promise<void> {
    this.audience.close()
    await Promise.all(this.#lines.map((line) => line.close()))
    await this.server.close()
  }
}
