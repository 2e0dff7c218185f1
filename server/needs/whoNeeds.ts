import type { Participant } from '../../shared/meeting'
import { mayOwn } from '../../shared/needKinds'
import type { Caller } from '../access/Access'
import { maySee } from '../access/maySee'
import type { StoredNeed } from './needModel'

/** Those at the door and inside now. */
export type Present = readonly Participant[]

/** What a need is to whoever asks. */
export interface Stake {
  /** The person who needs it, where they are present. */
  person: Participant | undefined
  /** Who sees to it, as long as they are inside and may. */
  owner: Participant | undefined
  leads: boolean
  mine: boolean
  owns: boolean
  asksMe: boolean
  /** Others do not learn that its person is in the meeting. */
  hidden: boolean
  /** May the asker know of it at all? */
  knows: boolean
}

const isInside = ({ state }: Participant) => state === 'admitted'
const find = (present: Present, id: string | null) => (id ? present.find((one) => one.id === id) : undefined)

/** The same person on another screen is the same person. */
const isSame = (person: Participant | undefined, { participantId, memberId }: Caller): boolean =>
  person !== undefined && (person.id === participantId || (memberId !== null && person.memberId === memberId))

function personOf({ participantId, memberId }: StoredNeed, present: Present): Participant | undefined {
  return find(present, participantId) ?? (memberId ? present.find((one) => one.memberId === memberId) : undefined)
}

/** Did whoever needs it leave the meeting, or was taken out of it? Of whom only the name is known, nobody can tell. */
const isGone = ({ participantId }: StoredNeed, person: Participant | undefined) => !person && participantId !== null

/** Who was taken out sees to nothing any more; nor does who became a relative interpret, or anybody learn of who is hidden. */
function ownerOf(need: StoredNeed, present: Present, hiddenPerson: Participant | undefined): Participant | undefined {
  const owner = find(present, need.ownerId)
  if (!owner || !isInside(owner) || !mayOwn(need.kind, owner.role)) return undefined
  const isOwn = owner.id === hiddenPerson?.id || (owner.memberId && owner.memberId === hiddenPerson?.memberId)
  return !hiddenPerson || owner.role === 'facilitator' || isOwn ? owner : undefined
}

/** What a need is to somebody at the door or inside: theirs, one they see to or are asked to, or nothing they know of. */
export function whoNeeds(need: StoredNeed, caller: Caller, present: Present): Stake {
  const person = personOf(need, present)
  const hidden = person?.hidden === true
  const owner = ownerOf(need, present, hidden ? person : undefined)
  const leads = caller.state === 'admitted' && caller.standing === 'facilitator'
  const mine = isSame(person, caller) || (need.memberId !== null && need.memberId === caller.memberId)
  const owns = isSame(owner, caller)
  const waits = need.state === 'open' && !owner && !hidden
  const asked = need.asked.filter((id) => !need.cannot.includes(id))
  const asksMe = waits && asked.some((id) => isSame(find(present, id), caller)) && mayOwn(need.kind, roleOf(caller))
  const knows = !isGone(need, person) && (leads || mine || owns || asksMe)
  return { person, owner, leads, mine, owns, asksMe, hidden, knows }
}

/** As what somebody would see to it; a projector never asks. */
const roleOf = ({ standing }: Caller) => standing as Participant['role']

/** May they know who sees to it, by name? */
export const mayKnowOwner = (caller: Caller, owner: Participant): boolean => maySee(caller, owner)
