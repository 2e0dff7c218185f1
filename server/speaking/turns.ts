import type { Participant } from '../../shared/meeting'
import type { Role } from '../../shared/roles'
import type { Speaking, WallTurns } from '../../shared/speaking'

/** Who comes in a circle, and before whom: the family first. Whoever interprets or looks on has no turn of their own. */
const ORDER: readonly Role[] = ['youth', 'family', 'support', 'agency', 'facilitator']

const without = (ids: string[], id: string) => ids.filter((one) => one !== id)

/** One hand goes up or down; twice is once. */
export function withHand(speaking: Speaking, id: string, up: boolean): Speaking {
  if (up === speaking.hands.includes(id)) return speaking
  return { ...speaking, hands: up ? [...speaking.hands, id] : without(speaking.hands, id) }
}

/** Somebody has the word, and their hand is down. */
export function withWord({ hands, circle }: Speaking, id: string): Speaking {
  const coming = circle && { ...circle, coming: without(circle.coming, id) }
  return { hands: without(hands, id), word: id, circle: coming }
}

/** A turn is over: in a circle the next one comes, and after the last of them it has closed. */
export function afterTurn({ hands, word, circle }: Speaking): Speaking {
  if (!circle) return { hands, word: null, circle }
  const [next, ...coming] = circle.coming
  if (next === undefined) return { hands, word: null, circle: null }
  return { hands: without(hands, next), word: next, circle: { had: word ? [...circle.had, word] : circle.had, coming } }
}

/** Everybody once. Somebody hidden is not called up before the others; their hand is seen by who leads. */
export function inCircle({ hands }: Speaking, people: readonly Participant[]): Speaking {
  const ordered = ORDER.flatMap((role) => people.filter((person) => person.role === role && !person.hidden))
  return afterTurn({ hands, word: null, circle: { had: [], coming: ordered.map(({ id }) => id) } })
}

/** As far as somebody may know of the people in it. */
export function seenBy(speaking: Speaking, mayKnow: (id: string) => boolean): Speaking {
  const { hands, word, circle } = speaking
  return {
    hands: hands.filter(mayKnow),
    word: word && mayKnow(word) ? word : null,
    circle: circle && { had: circle.had.filter(mayKnow), coming: circle.coming.filter(mayKnow) },
  }
}

/** A circle by name, for a wall that everybody reads: whoever is hidden is not in it. */
export function turnsOnWall(speaking: Speaking, people: readonly Participant[]): WallTurns {
  const names = new Map(people.filter(({ hidden }) => !hidden).map(({ id, name }) => [id, name]))
  const { word, circle } = seenBy(speaking, (id) => names.has(id))
  return { circle: circle && { now: word && names.get(word)!, coming: circle.coming.map((id) => names.get(id)!) } }
}
