import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigProblem, readConfig } from '../../server/config'
import { readKeyFiles } from '../../server/keyFiles'

const KEY = createHash('sha256').update('a key of nobody else').digest()
const PRODUCTION = {
  NODE_ENV: 'production',
  MONGODB_URI: 'mongodb://db/ourplan',
  OURPLAN_MASTER_KEY: KEY.toString('base64'),
}

describe('settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ourplan-config-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('[AC24] nothing has to be set to try it; what is empty counts as not set', () => {
    const nothing = readConfig({})
    expect(nothing).toMatchObject({ port: 3000, host: '0.0.0.0', publicUrl: null, mongodbUri: null, trustProxy: false })
    expect(readConfig({ PORT: '', PUBLIC_URL: '', TRUST_PROXY: '', OURPLAN_MASTER_KEY: '' })).toEqual(nothing)
  })

  it.each(['MONGODB_URI', 'OURPLAN_MASTER_KEY'])('[AC24] production does not start without %s', (name) => {
    expect(readConfig(PRODUCTION).masterKey).toEqual(KEY)
    expect(() => readConfig({ ...PRODUCTION, [name]: '' })).toThrow(ConfigProblem)
  })

  it('[AC24] production shows no demo families', () => {
    expect(() => readConfig({ ...PRODUCTION, OURPLAN_DEMO: '1' })).toThrow(ConfigProblem)
  })

  it.each([
    Buffer.alloc(32).toString('hex'),
    Buffer.alloc(32, 7).toString('base64'),
    Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('hex'),
    Buffer.from('changemechangemechangemechangeme').toString('base64'),
  ])('[SA19] production does not start with the example key %s', (key) => {
    expect(() => readConfig({ ...PRODUCTION, OURPLAN_MASTER_KEY: key })).toThrow(ConfigProblem)
  })

  it('[SA19] production does not start with the example of a secret, or without knowing where people come back to', () => {
    const service = { OIDC_ISSUER: 'https://login.example.org', OIDC_CLIENT_ID: 'ourplan', OIDC_CLIENT_SECRET: 'q7Wd9' }
    const real = { ...PRODUCTION, ...service, PUBLIC_URL: 'https://plans.example.org' }
    expect(readConfig(real).signInService).toMatchObject({ clientSecret: 'q7Wd9', name: 'login.example.org' })
    expect(() => readConfig({ ...real, OIDC_CLIENT_SECRET: 'changeme' })).toThrow(ConfigProblem)
    expect(() => readConfig({ ...real, PUBLIC_URL: '' })).toThrow(ConfigProblem)
  })

  it('[AC24] secrets come from files too', () => {
    const file = join(folder, 'key')
    writeFileSync(file, `${KEY.toString('hex')}\n`)
    expect(readConfig({ OURPLAN_MASTER_KEY_FILE: file }).masterKey).toEqual(KEY)
    expect(() => readConfig({ OURPLAN_MASTER_KEY_FILE: join(folder, 'none') })).toThrow(ConfigProblem)
  })

  it.each([
    { PORT: 'x' },
    { PORT: '70000' },
    { PUBLIC_URL: 'plans.example.org' },
    { PUBLIC_URL: 'https://plans.example.org/ourplan' },
    { OURPLAN_MASTER_KEY: 'short' },
    { TRUST_PROXY: 'true' },
    { SMTP_URL: 'mail.example.org', SMTP_FROM: 'a@example.org' },
    { SMTP_URL: 'smtp://mail.example.org' },
    { OIDC_ISSUER: 'login', OIDC_CLIENT_ID: 'ourplan' },
    { OIDC_ISSUER: 'https://login.example.org' },
  ])('[AC24] %j is said to be wrong instead of being guessed at', (env) => {
    expect(() => readConfig(env)).toThrow(ConfigProblem)
  })

  it('[AC24] a key made by the server itself stays the same and is for its user alone', async () => {
    const [first] = await readKeyFiles(folder)
    expect(first).toHaveLength(32)
    expect(await readKeyFiles(folder)).toEqual([first])
    expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600)
    writeFileSync(join(folder, 'master.key'), 'damaged')
    await expect(readKeyFiles(folder)).rejects.toThrow(ConfigProblem)
  })
})
