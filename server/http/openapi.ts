import { Router } from 'express'
import * as z from 'zod/mini'
import { API } from '../../shared/api'
import { ERRORS } from '../../shared/errors'
import { COOKIES } from '../access/cookies'

type Entry = {
  method: string
  path: string
  does: string
  query?: z.ZodMiniType
  body?: z.ZodMiniType
  answer?: z.ZodMiniType
  status: number
}
type Json = Record<string, unknown>

const ID = { type: 'string', pattern: '^[0-9a-f]{24}$' }
/** Routes that somebody without a session asks for. */
const WITHOUT_SESSION: readonly string[] = [
  'signInWays',
  'signIn',
  'whoAmI',
  'readInvitation',
  'acceptInvitation',
  'join',
  'startProjector',
  'signingKey',
]
/** Routes of a paired projector, which has a cookie of its own. */
const OF_PROJECTOR: readonly string[] = ['readProjector', 'openProjectorLive']

function jsonSchema(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, '~standard': _standard, ...described } = z.toJSONSchema(schema, { io }) as Json
  return described
}

function security(name: string): Json[] {
  if (WITHOUT_SESSION.includes(name)) return []
  return [OF_PROJECTOR.includes(name) ? { projector: [] } : { session: [] }]
}

function parametersOf({ path, query }: Entry): Json[] {
  const asked = query ? Object.entries(jsonSchema(query, 'input')['properties'] as Json) : []
  const all = [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', schema: ID as unknown })),
    ...asked.map(([name, schema]) => ({ name, in: 'query', schema })),
  ]
  return all.map((parameter) => ({ ...parameter, required: true }))
}

function describe(name: string, route: Entry): Json {
  const parameters = parametersOf(route)
  const json = (schema: Json) => ({ 'application/json': { schema } })
  return {
    operationId: name,
    summary: route.does,
    security: security(name),
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && { requestBody: { required: true, content: json(jsonSchema(route.body, 'input')) } }),
    responses: {
      [route.status]: {
        description: route.answer ? 'Done.' : 'Done; nothing to say.',
        ...(route.answer && { content: json(jsonSchema(route.answer, 'output')) }),
      },
      default: { $ref: '#/components/responses/Refused' },
    },
  }
}

function paths(): Json {
  const described: Record<string, Json> = {}
  for (const [name, route] of Object.entries(API as Record<string, Entry>)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    described[path] = { ...described[path], [route.method]: describe(name, route) }
  }
  return described
}

function refusals(): Json {
  const codes = Object.entries(ERRORS).map(([code, { http, message }]) => `- \`${code}\` (${http}): ${message}`)
  return {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['code', 'message'],
        properties: {
          code: { type: 'string', enum: Object.keys(ERRORS), description: `Each has its status:\n${codes.join('\n')}` },
          message: { type: 'string', description: 'One English sentence a parent understands.' },
        },
      },
    },
  }
}

/** The API table, written as an OpenAPI 3.1 description. */
export function describeApi(): Json {
  const cookie = (name: string, description: string) => ({ type: 'apiKey', in: 'cookie', name, description })
  return {
    openapi: '3.1.0',
    info: {
      title: 'OurPlan',
      version: '1',
      description: 'A family, a facilitator and several agencies write one plan together, live.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths: paths(),
    components: {
      schemas: { Refusal: refusals() },
      responses: {
        Refused: {
          description: 'Not done; the code says why.',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
        },
      },
      securitySchemes: {
        session: cookie(COOKIES.person, 'Set by signing in or by asking to come in.'),
        projector: cookie(COOKIES.projector, 'Set by using up a pairing link.'),
      },
    },
  }
}

export function createApiDescription(): Router {
  const text = JSON.stringify(describeApi())
  return Router().get('/api/openapi.json', (_request, response) => {
    response.type('json').send(text)
  })
}
