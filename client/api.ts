import { API, type Answer, type Body, type Params, type Query, type RouteName } from '../shared/api'
import { isErrorCode, PlanError, type ErrorBody } from '../shared/errors'

type Called = Record<string, { method: string; path: string }>

/** The routes this page knows so far. */
const routes: Called = { ...API }

/** From now on this page knows these routes too. */
export function learnRoutes(more: Called): void {
  Object.assign(routes, more)
}

/** The request never came to an answer: no line, or the server is gone. */
export class NoLine extends Error {
  override name = 'NoLine'
}

type Asked<R extends RouteName> = (keyof Params<R> extends never ? { params?: undefined } : { params: Params<R> }) &
  (Query<R> extends undefined
    ? { query?: undefined }
    : Record<string, never> extends Query<R>
      ? { query?: Query<R> }
      : { query: Query<R> }) &
  (Body<R> extends undefined ? { body?: undefined } : { body: Body<R> })
type Arguments<R extends RouteName> = Record<string, never> extends Asked<R> ? [asked?: Asked<R>] : [asked: Asked<R>]

function fillPath(path: string, params: Record<string, string> = {}): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

async function readRefusal(response: Response): Promise<PlanError> {
  const body = (await response.json().catch(() => null)) as ErrorBody | null
  const code = body?.error?.code
  return new PlanError(code && isErrorCode(code) ? code : 'server/trouble')
}

/**
 * Calls one route of the API table.
 *
 * @throws PlanError what the server refused with; NoLine when there was no answer
 */
export async function call<R extends RouteName>(name: R, ...[asked]: Arguments<R>): Promise<Answer<R>> {
  const route = routes[name]!
  const body = asked?.body === undefined ? undefined : JSON.stringify(asked.body)
  const query = asked?.query as Record<string, string> | undefined
  const path = fillPath(route.path, asked?.params) + (query ? `?${new URLSearchParams(query)}` : '')
  const response = await fetch(path, {
    method: route.method.toUpperCase(),
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body,
    credentials: 'same-origin',
    cache: 'no-store',
  }).catch((cause: unknown) => {
    throw new NoLine('no answer', { cause })
  })
  if (!response.ok) throw await readRefusal(response)
  return (response.status === 204 ? undefined : await response.json()) as Answer<R>
}
