import * as z from 'zod/mini'
import { MEETING_KINDS, MeetingKindWords } from '../../shared/meetingKinds'
import { CountyFileProblem, type Path, type PlaceWords, readCountyFile } from '../countyFile'

const ONE_OF = { stages: 'stage', asks: 'question', rules: 'rule', about: 'chapter', seats: 'seat' } as Record<
  string,
  string
>

/** `kind "family-circle", stage 2, minutes` */
const placeOf: PlaceWords = ([first, ...rest], document) => {
  const id = typeof first === 'number' ? document.getIn([first, 'id']) : undefined
  const kind = first === undefined ? [] : [`kind ${typeof id === 'string' ? `"${id}"` : Number(first) + 1}`]
  const within = rest.map((step, i) => {
    if (typeof step !== 'number') return typeof rest[i + 1] === 'number' ? '' : String(step)
    return `${ONE_OF[String(rest[i - 1])]} ${step + 1}`
  })
  return [...kind, ...within]
}

/** @throws CountyFileProblem where two have one name */
function requireOwnNames(kinds: MeetingKindWords[], at: (path: Path) => string): void {
  const known = new Set(MEETING_KINDS.map(({ id }) => id))
  kinds.forEach(({ id, stages }, i) => {
    if (known.has(id)) throw new CountyFileProblem(`${at([i, 'id'])}: there is a kind "${id}" already`)
    known.add(id)
    const names = new Set<string>()
    stages.forEach((stage, j) => {
      if (names.has(stage.id))
        throw new CountyFileProblem(`${at([i, 'stages', j, 'id'])}: "${stage.id}" stands here twice`)
      names.add(stage.id)
    })
  })
}

/**
 * The county’s own kinds of meetings, from the text of its file: JSON, a list of kinds.
 *
 * @throws CountyFileProblem for the first thing that cannot be used, with its line
 */
export function readKindsFile(text: string): MeetingKindWords[] {
  const { said, at } = readCountyFile(text, z.array(MeetingKindWords), placeOf)
  requireOwnNames(said, at)
  return said
}
