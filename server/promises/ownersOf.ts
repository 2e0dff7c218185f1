import type { Participant } from '../../shared/meeting'
import type { ActionItem } from '../../shared/plan'
import { isSame, type Owner, sameName } from './promises'

interface Needs {
  /** Who a participant of this or an earlier meeting is; null for nobody. */
  findOwner(participantId: string): Promise<Owner | null>
}

export type OwnersOf = ReturnType<typeof createOwnersOf>

/** Whose promises are, of those inside: by who they are, or by a name by which only one of them goes. */
export function createOwnersOf({ findOwner }: Needs) {
  async function findAll(participantIds: Iterable<string>): Promise<Map<string, Owner>> {
    const owners = await Promise.all([...new Set(participantIds)].map((id) => findOwner(id)))
    return new Map(owners.flatMap((owner) => (owner ? [[owner.participantId, owner] as const] : [])))
  }

  /** @returns ids of people, by that of the promise */
  return async function ownersOf(actions: readonly ActionItem[], here: readonly Participant[]) {
    const known = await findAll([...here.map(({ id }) => id), ...actions.flatMap(({ whoId }) => whoId ?? [])])
    const whose = actions.flatMap(({ id, who, whoId }): [string, string][] => {
      const owner = whoId ? known.get(whoId) : undefined
      const called = here.filter(({ name }) => who.trim() && sameName(name, who))
      const person = whoId
        ? here.find((one) => owner && isSame(known.get(one.id)!, owner))
        : called.length === 1
          ? called[0]
          : undefined
      return person ? [[id, person.id]] : []
    })
    return new Map(whose)
  }
}
