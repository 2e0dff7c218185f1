import type { Person } from '../../shared/account'
import type { Agency, Participant } from '../../shared/meeting'
import type { ActionItem, Plan } from '../../shared/plan'
import { can, ROLES, type Role } from '../../shared/roles'
import { isClosed, standing } from '../../shared/standing'
import type { TeamPerson, WhoIsWho } from '../../shared/whoIsWho'
import type { Visitor } from '../access/Access'
import { may } from '../access/authorize'
import { maySee } from '../access/maySee'
import type { Led } from '../meetings/leading'
import type { OwnersOf } from '../promises/ownersOf'
import { type Contacts, isSame } from './contacts'

interface Needs {
  contacts: Contacts
  /** Those inside now. */
  peopleOf(meetingId: string): Promise<Participant[]>
  /** The account of each who has one, by participant id. */
  accountsOf(people: readonly Participant[]): Promise<Map<string, Person>>
  leadsOf(meetingId: string): Promise<Led[]>
  /** What everybody is called who is or was in the meeting, as far as the viewer may know. */
  namesIn(meetingId: string, viewer: Visitor): Promise<Map<string, string>>
  readPlan(meetingId: string): Promise<Plan>
  ownersOf: OwnersOf
}

export type ReadWhoIsWho = ReturnType<typeof createReadWhoIsWho>

/** The family first; then who leads, and those who are there for an agency. */
const ORDER: readonly Role[] = ['family', 'youth', 'support', ...ROLES]

/** What is promised and not done, as it stands on the page; nothing where its hope was taken away. */
function openPromises(plan: Plan): ActionItem[] {
  const goals = new Set(standing(plan, 'goals').map(({ id }) => id))
  return standing(plan, 'actions').filter((one) => !isClosed(one) && (goals.has(one.goal) || one.ordered))
}

/** Who is in a meeting and what they promised, how to reach those who want it, and who leads and led. */
export function createReadWhoIsWho(needs: Needs) {
  const { contacts, peopleOf, accountsOf, leadsOf, namesIn, readPlan, ownersOf } = needs

  /** By participant id; nothing behind the curtain of private family time. */
  async function promisesOf(viewer: Visitor, here: readonly Participant[]): Promise<Map<string, ActionItem[]>> {
    const promised = new Map<string, ActionItem[]>()
    if (!may(viewer, 'plan:read')) return promised
    const actions = openPromises(await readPlan(viewer.meetingId))
    const owners = await ownersOf(actions, here)
    for (const action of actions) {
      const owner = owners.get(action.id)
      if (owner) promised.set(owner, [...(promised.get(owner) ?? []), action])
    }
    return promised
  }

  return async function readWhoIsWho(viewer: Visitor): Promise<WhoIsWho> {
    const { meetingId } = viewer
    const here = await peopleOf(meetingId)
    const seen = here.filter((person) => maySee(viewer, person))
    const [accounts, leads, names, shown, promised] = await Promise.all([
      accountsOf(seen),
      leadsOf(meetingId),
      namesIn(meetingId, viewer),
      contacts.shownTo(viewer, seen),
      promisesOf(viewer, here),
    ])
    const lead = leads.at(-1)?.participantId
    const asks = can(viewer.standing, 'participant:admit', viewer)

    function agencyOf({ id, role, agency }: Participant): Agency | null {
      return role === 'facilitator' ? (accounts.get(id)?.agency ?? null) : agency
    }

    const show = (person: Participant): TeamPerson => ({
      id: person.id,
      name: person.name,
      role: person.role,
      agency: agencyOf(person),
      attendance: person.attendance,
      me: isSame(person, viewer),
      hidden: person.hidden === true,
      leads: person.id === lead,
      mayLead: asks && person.id !== lead && !person.hidden && accounts.has(person.id),
      contact: shown.get(person.id) ?? null,
      promises: (promised.get(person.id) ?? []).map(({ id, words, other, language, due }) => ({
        id,
        words,
        other,
        language,
        due,
      })),
    })
    return {
      people: seen.sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role)).map(show),
      leads: leads.map(({ participantId, since }) => ({
        participantId,
        name: names.get(participantId) ?? '',
        since: since.toISOString(),
      })),
    }
  }
}
