import { type Idea, type Pile, PILES } from './plan'
import { nameKey } from './whoComes'

/** Ideas that belong together, under the name they were given; those that stand alone, under none. */
export interface IdeaGroup {
  name: string
  ideas: Idea[]
}

export interface IdeaPile {
  pile: Pile
  groups: IdeaGroup[]
}

function groupsOf(ideas: readonly Idea[]): IdeaGroup[] {
  const groups = new Map<string, IdeaGroup>([['', { name: '', ideas: [] }]])
  for (const idea of ideas) {
    const key = nameKey(idea.group)
    const group = groups.get(key) ?? { name: idea.group.trim(), ideas: [] }
    group.ideas.push(idea)
    groups.set(key, group)
  }
  return [...groups.values()].filter((group) => group.ideas.length > 0)
}

/** Ideas as they are read: for now, then for later, then parked; in each, those that stand alone before those in groups. */
export function ideaPiles(ideas: readonly Idea[]): IdeaPile[] {
  const piles = PILES.map((pile) => ({ pile, groups: groupsOf(ideas.filter((idea) => idea.pile === pile)) }))
  return piles.filter(({ groups }) => groups.length > 0)
}
