import Ajv from 'ajv/dist/2020'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { API } from '../../../shared/api'
import { ERRORS } from '../../../shared/errors'
import { staff } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

interface Operation {
  operationId: string
  summary: string
  security: unknown[]
  parameters?: { name: string }[]
  requestBody?: { content: { 'application/json': { schema: object } } }
  responses: Record<string, { content?: { 'application/json': { schema: object } } }>
}
interface Description {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: { Refusal: object }; securitySchemes: object }
}

let app: TestApp
let described: Description

beforeAll(async () => {
  app = await startTestApp()
  described = (await (await fetch(`${app.url}/api/openapi.json`)).json()) as Description
})
afterAll(() => app.close())

const schemaOf = (part: Operation['responses'][string] | Operation['requestBody']) =>
  part?.content?.['application/json'].schema

describe('the description of the API', () => {
  it('[AC51] names every route, its parameters, what it takes and what it answers', () => {
    expect(described.openapi).toBe('3.1.0')
    const operations = Object.values(described.paths).flatMap((path) => Object.values(path))
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(API).sort())
    for (const [name, route] of Object.entries(API)) {
      const operation = described.paths[route.path.replace(/:(\w+)/g, '{$1}')]![route.method]!
      expect(operation, name).toMatchObject({ operationId: name, summary: route.does })
      const asked = 'query' in route ? Object.keys(route.query.shape) : []
      const parameters = [...[...route.path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter), ...asked]
      expect(operation.parameters?.map((each) => each.name) ?? [], name).toEqual(parameters)
      expect(schemaOf(operation.requestBody) !== undefined, name).toBe('body' in route)
      expect(schemaOf(operation.responses[route.status]) !== undefined, name).toBe('answer' in route)
      expect(operation.responses.default, name).toEqual({ $ref: '#/components/responses/Refused' })
    }
  })

  it('[AC51] is true of real answers and refusals, and its schemas are JSON Schema', async () => {
    const ajv = new Ajv({ strict: false, formats: { 'date-time': true } })
    const wren = await staff(app, 'Wren')
    const meeting = await wren.createMeeting()
    const answers = {
      createMeeting: meeting,
      readMeeting: await wren.read(),
      readPlan: await wren.call('readPlan', { params: { meetingId: meeting.id } }),
      openLive: await wren.call('openLive', { params: { meetingId: meeting.id } }),
    }
    for (const path of Object.values(described.paths)) {
      for (const operation of Object.values(path)) {
        const { status } = API[operation.operationId as keyof typeof API]
        for (const schema of [schemaOf(operation.requestBody), schemaOf(operation.responses[status])]) {
          if (schema) expect(ajv.validateSchema(schema), operation.operationId).toBe(true)
        }
        const answer = answers[operation.operationId as keyof typeof answers]
        if (!answer) continue
        expect(ajv.validate(schemaOf(operation.responses[status])!, answer), JSON.stringify(ajv.errors)).toBe(true)
      }
    }
    const refusal = await (await fetch(`${app.url}/api/families`)).json()
    expect(ajv.validate(described.components.schemas.Refusal, refusal)).toBe(true)
    expect(JSON.stringify(described.components.schemas.Refusal)).toContain(ERRORS['plan/gap'].message)
  })

  it('[AC51] says which routes need whose cookie', () => {
    expect(described.paths['/api/join']!.post!.security).toEqual([])
    expect(described.paths['/api/families']!.get!.security).toEqual([{ session: [] }])
    expect(described.paths['/api/projector']!.get!.security).toEqual([{ projector: [] }])
    expect(Object.keys(described.components.securitySchemes)).toEqual(['session', 'projector'])
  })
})
