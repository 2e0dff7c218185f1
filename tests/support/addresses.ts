import { API } from '../../shared/api'

/** Every id that can stand in an address, by the parameter's name. */
export interface Ids {
  familyId: readonly string[]
  meetingId: readonly string[]
  participantId: readonly string[]
  versionId: readonly string[]
  /** Keys of the parts of a plan. */
  part: readonly string[]
}

/** Every address of the table that can be asked, with all that can stand in it; versions are compared with `from`. */
export function addresses(ids: Ids, from: readonly string[]): string[] {
  return Object.values(API).flatMap(({ method, path, ...route }) => {
    if (method !== 'get') return []
    const paths = fill(path, ids)
    const query = 'query' in route ? Object.keys(route.query.shape) : []
    if (query.includes('part')) return paths.flatMap((one) => [one, ...ids.part.map((part) => `${one}?part=${part}`)])
    if (query.includes('from')) return paths.flatMap((one) => from.map((earlier) => `${one}?from=${earlier}`))
    return paths
  })
}

function fill(path: string, ids: Ids): string[] {
  const [all, name] = /:(\w+)/.exec(path) ?? []
  if (!all) return [path]
  const known = name! in ids ? ids[name as keyof Ids] : []
  return known.flatMap((id) => fill(path.replace(all, id), ids))
}
