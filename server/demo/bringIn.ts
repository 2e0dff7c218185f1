import type { Person } from '../../shared/api'
import type { Language, Participant } from '../../shared/meeting'
import type { Session } from '../access/sessions'
import type { App } from '../app'
import type { StoredMeeting } from '../meetings/meetingModel'
import { asStaff } from './asStaff'
import type { DemoRole } from './DemoFamily'

interface Comer extends DemoRole {
  name: string
  language: Language
  /** Theirs, or null for who comes with the code alone. */
  account: Person | null
  /** What they are in the meeting, if they asked already. */
  known: Participant | undefined
}

/**
 * Somebody asks to come in and is let in; whom an earlier meeting of the family knows is known again, as who leads would say.
 *
 * @returns the id they have in the meeting
 */
export async function bringIn(parts: App['parts'], meeting: StoredMeeting, comer: Comer): Promise<string> {
  const { account, known, ...words } = comer
  if (known?.state === 'admitted') return known.id
  const ask = async (session: Session | null) =>
    (await parts.askToComeIn({ ...words, code: meeting.joinCode, session })).door.participantId
  const participantId = known?.id ?? (await (account ? asStaff(parts, account, ask) : ask(null)))
  const meetingId = meeting._id.toHexString()
  const before = (await parts.members.list(meetingId)).find(({ name }) => name === comer.name)
  await parts.admission.admit(meetingId, participantId, { ...words, ...(before && { memberId: before.memberId }) })
  return participantId
}
