import { LineCounter, parseDocument, type Document } from 'yaml'
import * as z from 'zod/mini'

/** Something in a county’s file that cannot be used: where, and what would be right. */
export class CountyFileProblem extends Error {
  override name = 'CountyFileProblem'
}

export type Path = readonly PropertyKey[]

/** How a place in the file is told: its steps in words; what is empty is left out. */
export type PlaceWords = (path: Path, document: Document) => string[]

/** Of what is missing, where the whole stands that should have it. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined
    if (node?.range) return node.range[0]
  }
  return 0
}

const WANTED: Record<string, string> = { array: 'a list', object: 'an object' }

const isOwn = ({ message }: z.core.$ZodIssue) => !message.startsWith('Invalid')

/** What is wrong, in words for who writes the file. */
function wordsFor(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `"${issue.keys.join('", "')}" is not known here`
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message
  if (isOwn(issue)) return issue.message
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`
  if (issue.code === 'invalid_type') {
    return issue.input === undefined ? 'is missing' : `must be ${WANTED[issue.expected] ?? `a ${issue.expected}`}`
  }
  return 'cannot be used'
}

/**
 * What a county says in a file of its own, JSON or YAML.
 *
 * @returns `at` tells where something stands, as people count: `line 12, kind "family-circle", stage 2, minutes`
 * @throws CountyFileProblem for the first thing that cannot be used, with its line
 */
export function readCountyFile<S extends z.ZodMiniType>(text: string, schema: S, place: PlaceWords) {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [broken] = document.errors
  if (broken) {
    throw new CountyFileProblem(`line ${lines.linePos(broken.pos[0]).line}: this is not JSON (${broken.message})`)
  }
  const at = (path: Path) =>
    [`line ${lines.linePos(offsetOf(document, path)).line}`, ...place(path, document)].filter(Boolean).join(', ')
  const read = z.safeParse(schema, document.toJS(), { reportInput: true })
  if (!read.success) {
    const [issue] = read.error.issues
    throw new CountyFileProblem(`${at(issue!.path)}: ${wordsFor(issue!)}`)
  }
  return { said: read.data, at }
}
