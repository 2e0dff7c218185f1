import { json, type Request, type Response, type Router } from 'express'
import type * as z from 'zod/mini'
import { API, type Answer, type Body, type Params, type Query, type RouteName } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import { Id } from '../../shared/meeting'
import type { Admit } from '../access/Access'
import { isNestedDeeper } from './isNestedDeeper'
import { requireNothingLost, stillAllowed } from './watchRights'

/** What somebody asked for, after it was found that they may ask. */
export interface Asked<R extends RouteName, V> {
  visitor: V
  body: Body<R>
  query: Query<R>
  params: Params<R>
  request: Request
  response: Response
}

const BODY_MAX = '64kb'
/** Lists and objects inside one another; the deepest body of the table, a permission to ask for, needs four. */
const NESTING_MAX = 8
const parseJson = json({
  limit: BODY_MAX,
  strict: true,
  verify: (_request, _response, bytes, charset) => {
    if (charset !== 'utf-8' || isNestedDeeper(bytes, NESTING_MAX)) throw new PlanError('request/invalid')
  },
})

/**
 * Registers a route of the API table. Who is asking is settled before the body is read; what the table does not name
 * comes neither in nor out.
 *
 * @param admit says who is asking or throws; a route without it does not compile
 */
export function serve<R extends RouteName, V>(
  router: Router,
  name: R,
  admit: Admit<V>,
  handle: (asked: Asked<R, V>) => Promise<Answer<R>>,
): void {
  const route: { query?: z.ZodMiniType; body?: z.ZodMiniType; answer?: z.ZodMiniType; status: number } = API[name]
  router[API[name].method](API[name].path, async (request: Request, response: Response) => {
    const params = readParams<R>(request)
    const visitor = await admit(request)
    const query = (route.query && parse(route.query, request.query)) as Query<R>
    const body = (route.body && (await readBody(route.body, request, response))) as Body<R>
    const answer = await handle({ visitor, body, query, params, request, response })
    // What was asked to be done is done; what was asked to be told is told only to who may still hear it.
    if (request.method === 'GET')
      await stillAllowed(response, async () => requireNothingLost(visitor, await admit(request)))
    response.status(route.status)
    if (route.answer) response.json(route.answer.parse(answer))
    else response.end()
  })
}

function readParams<R extends RouteName>(request: Request): Params<R> {
  for (const value of Object.values(request.params)) {
    if (!Id.safeParse(value).success) throw new PlanError('request/invalid')
  }
  return request.params as Params<R>
}

async function readBody(schema: z.ZodMiniType, request: Request, response: Response): Promise<unknown> {
  if (!request.is('application/json')) throw new PlanError('request/invalid')
  await new Promise<void>((resolve, reject) => {
    parseJson(request, response, (error?: unknown) => (error ? reject(error) : resolve()))
  })
  return parse(schema, request.body)
}

function parse(schema: z.ZodMiniType, sent: unknown): unknown {
  const parsed = schema.safeParse(sent)
  if (!parsed.success) throw new PlanError('request/invalid')
  return parsed.data
}
