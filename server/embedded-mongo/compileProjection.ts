import { StoreError } from './StoreError'
import { isDoc, isNumber, truth, type Doc } from './values'

/** Which parts of documents to hand out: either a list of what to keep or one of what to leave away. */
export function compileProjection(projection: Doc): ((doc: Doc) => Doc) | null {
  const paths = Object.entries(projection)
  if (paths.length === 0) return null
  for (const [path, value] of paths) assertPlain(path, value)
  const others = paths.filter(([path]) => path !== '_id')
  const including = others.length ? truth(others[0]![1], others[0]![0]) : truth(projection._id, '_id')
  if (others.some(([path, value]) => truth(value, path) !== including)) {
    throw new StoreError('BadValue', 'a projection cannot both include and exclude fields')
  }
  const named = others.map(([path]) => path.split('.'))
  const withId = !('_id' in projection) || truth(projection._id, '_id')
  if (including) return (doc) => keep(doc, withId ? [['_id'], ...named] : named) as Doc
  return (doc) => drop(doc, withId ? named : [['_id'], ...named]) as Doc
}

function assertPlain(path: string, value: unknown): void {
  const plain = typeof value === 'boolean' || isNumber(value)
  if (!plain || path.split('.').some((step) => step.startsWith('$'))) {
    throw new StoreError('BadValue', `a projection takes only 0 and 1 here; see '${path}'`)
  }
}

function keep(value: unknown, paths: string[][]): unknown {
  if (Array.isArray(value))
    return value.filter((each) => isDoc(each) || Array.isArray(each)).map((each) => keep(each, paths))
  if (!isDoc(value)) return undefined
  const kept: Doc = {}
  for (const [name, inner] of Object.entries(value)) {
    const rests = restsOf(paths, name)
    if (rests.length === 0) continue
    const part = rests.some((rest) => rest.length === 0) ? inner : keep(inner, rests)
    if (part !== undefined) kept[name] = part
  }
  return kept
}

function drop(value: unknown, paths: string[][]): unknown {
  if (Array.isArray(value)) return value.map((each) => drop(each, paths))
  if (!isDoc(value)) return value
  const left: Doc = {}
  for (const [name, inner] of Object.entries(value)) {
    const rests = restsOf(paths, name)
    if (!rests.some((rest) => rest.length === 0)) left[name] = rests.length ? drop(inner, rests) : inner
  }
  return left
}

function restsOf(paths: string[][], name: string): string[][] {
  return paths.filter(([first]) => first === name).map(([, ...rest]) => rest)
}
