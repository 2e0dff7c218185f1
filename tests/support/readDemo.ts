import { DEMO_PASSWORD } from '../../server/demo/demoPeople'
import { Someone } from './people'
import type { TestApp } from './startTestApp'

/** Somebody of the demo, signed in. */
export async function signInDemo(app: TestApp, email: string): Promise<Someone> {
  const someone = new Someone(app, email)
  await someone.call('signIn', { body: { email, password: DEMO_PASSWORD } })
  return someone
}

/** Ids, and the codes of seals, which are salted, are others each time. */
const withoutIds = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, one: unknown) =>
      /^(id|meetingId|familyId|versionId|whoId|memberId|participantId|check)$/.test(key) ? !!one : one,
    ),
  )

/** Who is asked to come; what they read has a code in it that is another one in every demo. */
const invitesOf = async (someone: Someone, meetingId: string) =>
  (await someone.call('listInvites', { params: { meetingId } })).invites.map(({ letter, ...invite }) => ({
    ...invite,
    ready: letter !== null,
  }))

/** What facilitators can read of the demo, meeting by meeting. */
export async function readDemo(app: TestApp): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {}
  for (const email of ['wren@demo.ourplan', 'ames@demo.ourplan', 'sol@demo.ourplan', 'nye@demo.ourplan']) {
    const someone = await signInDemo(app, email)
    seen[email] = withoutIds((await someone.call('listFamilies')).families)
    const { meetings } = await someone.call('listMeetings')
    for (const { id: meetingId, role, ...meeting } of meetings) {
      const params = { meetingId }
      const { versions } = await someone.call('listVersions', { params })
      seen[`${email} ${meeting.title}`] = withoutIds({
        meeting,
        role,
        plan: await someone.call('readPlan', { params }),
        people: (await someone.call('listPeople', { params })).people,
        versions: versions.map(({ seal, ...version }) => ({ ...version, chain: seal?.chain })),
        needs: (await someone.call('listNeeds', { params })).needs,
        supporters: role === 'facilitator' ? (await someone.call('listSupporters', { params })).supporters : [],
        invites: role === 'facilitator' && meeting.phase !== 'ended' ? await invitesOf(someone, meetingId) : [],
        history: (await someone.call('readHistory', { params })).items,
      })
    }
  }
  const wren = await signInDemo(app, 'wren@demo.ourplan')
  seen['on call'] = withoutIds((await wren.call('listOnCall')).onCall)
  return seen
}
