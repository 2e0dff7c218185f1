import { LineCounter, parseDocument, type Document } from 'yaml'
import * as z from 'zod/mini'
import { MEETING_KINDS, MeetingKindWords } from '../../shared/meetingKinds'

/** Something in the county’s file that cannot be used: where, and what would be right. */
export class KindsProblem extends Error {
  override name = 'KindsProblem'
}

type Path = readonly PropertyKey[]

/** Where a place in the file is, as people count: `line 12, kind "family-circle", stage 2, minutes`. */
function placeOf(document: Document, lines: LineCounter, path: Path): string {
  const offset = rangeAt(document, path) ?? 0
  const [first, ...rest] = path
  const id = typeof first === 'number' ? document.getIn([first, 'id']) : undefined
  const kind = first === undefined ? [] : [`kind ${typeof id === 'string' ? `"${id}"` : Number(first) + 1}`]
  const within = rest.map((step, i) => {
    if (typeof step !== 'number')
      return rest[i + 1] === undefined || typeof rest[i + 1] !== 'number' ? String(step) : ''
    return `${{ stages: 'stage', asks: 'question', rules: 'rule', about: 'chapter', seats: 'seat' }[String(rest[i - 1])]} ${step + 1}`
  })
  return [`line ${lines.linePos(offset).line}`, ...kind, ...within].filter(Boolean).join(', ')
}

/** Of what is missing, where the whole stands that should have it. */
function rangeAt(document: Document, path: Path): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined
    if (node?.range) return node.range[0]
  }
  return undefined
}

/** What is wrong, in words for who writes the file. */
function wordsFor(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `"${issue.keys.join('", "')}" is not known here`
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`
  if (issue.code === 'invalid_type' && !/minutes|letters/.test(issue.message)) {
    return issue.input === undefined
      ? 'is missing'
      : `must be ${issue.expected === 'array' ? 'a list' : `a ${issue.expected}`}`
  }
  return issue.message
}

/** @throws KindsProblem where two have one name */
function requireOwnNames(kinds: MeetingKindWords[], at: (path: Path) => string): void {
  const known = new Set(MEETING_KINDS.map(({ id }) => id))
  kinds.forEach(({ id, stages }, i) => {
    if (known.has(id)) throw new KindsProblem(`${at([i, 'id'])}: there is a kind "${id}" already`)
    known.add(id)
    const names = new Set<string>()
    stages.forEach((stage, j) => {
      if (names.has(stage.id)) throw new KindsProblem(`${at([i, 'stages', j, 'id'])}: "${stage.id}" stands here twice`)
      names.add(stage.id)
    })
  })
}

/**
 * The county’s own kinds of meetings, from the text of its file: JSON, a list of kinds.
 *
 * @throws KindsProblem for the first thing that cannot be used, with its line
 */
export function readKindsFile(text: string): MeetingKindWords[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [broken] = document.errors
  if (broken) throw new KindsProblem(`line ${lines.linePos(broken.pos[0]).line}: this is not JSON (${broken.message})`)
  const at = (path: Path) => placeOf(document, lines, path)
  const read = z.safeParse(z.array(MeetingKindWords), document.toJS(), { reportInput: true })
  if (!read.success) {
    const [issue] = read.error.issues
    throw new KindsProblem(`${at(issue!.path)}: ${wordsFor(issue!)}`)
  }
  requireOwnNames(read.data, at)
  return read.data
}
