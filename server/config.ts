import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as z from 'zod/mini'
import { Years } from '../shared/keeping'
import type { Glossary } from '../shared/glossary'
import type { MeetingKindWords } from '../shared/meetingKinds'
import { RULE_CLOCKS, type RuleClocks } from '../shared/ruleClocks'
import { readClocksFile } from './before/readClocksFile'
import { CountyFileProblem } from './countyFile'
import { readGlossaryFile } from './glossary/readGlossaryFile'
import { readKindsFile } from './stages/readKindsFile'

/** Everything the environment says, read once. */
export interface Config {
  production: boolean
  port: number
  host: string
  /** Origin people reach us at, without a slash at the end; null: the host they asked for. */
  publicUrl: string | null
  /** Null: the embedded store. */
  mongodbUri: string | null
  dataDir: string
  /** 32 bytes that wrap the database's keys; null only where main may make them itself. */
  masterKey: Buffer | null
  /** The one that takes its place; null unless it is being changed. */
  nextMasterKey: Buffer | null
  /** Express's `trust proxy`: how many proxies stand before us, or their addresses. */
  trustProxy: false | number | string[]
  /** How invitations and codes go out by email; null: links are handed on by hand and on paper. */
  smtp: { url: string; from: string } | null
  /** The agency's own sign-in service (OpenID Connect) beside passwords. */
  signInService: { issuer: string; clientId: string; clientSecret: string | null; name: string } | null
  /** Demo families beside a database of one's own; the embedded store always shows them. */
  demo: boolean
  /** Years a family is kept after the last thing that happened in it, where nobody decided otherwise. */
  retentionYears: number
  /** The county’s own kinds of meetings. */
  meetingKinds: MeetingKindWords[]
  /** By when meetings have to be held, with what the county says itself. */
  ruleClocks: RuleClocks
  /** What the county’s own short forms stand for. */
  glossary: Glossary
}

/** A setting that cannot be used, said so that who starts the server can put it right. */
export class ConfigProblem extends Error {
  override name = 'ConfigProblem'
}

const Port = z.coerce.number().check(z.int(), z.gte(0), z.lte(65_535))

function readPort(text: string | undefined): number {
  const port = z.safeParse(Port, text || 3000)
  if (!port.success) throw new ConfigProblem('PORT must be a number from 0 to 65535.')
  return port.data
}

function readYears(text: string | undefined): number {
  const years = z.safeParse(Years, text ? Number(text) : 7)
  if (!years.success) throw new ConfigProblem('RETENTION_YEARS must be a number of years from 0 to 100.')
  return years.data
}

function readPublicUrl(text: string | undefined): string | null {
  if (!text) return null
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new ConfigProblem('PUBLIC_URL must be an address such as https://plans.example.org, without a path.')
  }
  return url.origin
}

function readMasterKey(name: string, text: string | undefined): Buffer | null {
  if (!text) return null
  const key = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64')
  if (key.length !== 32) throw new ConfigProblem(`${name} must be 32 bytes, as base64 or hex.`)
  return key
}

function readTrustProxy(text: string | undefined): Config['trustProxy'] {
  if (!text || text === '0' || text === 'false') return false
  if (text === 'true') {
    throw new ConfigProblem(
      'TRUST_PROXY must be how many proxies there are, or their addresses; "true" trusts everybody.',
    )
  }
  return /^\d{1,2}$/.test(text) ? Number(text) : text.split(',').map((address) => address.trim())
}

/** A secret from `NAME`, or from the file that `NAME_FILE` points at (Docker and Kubernetes mount secrets as files). */
function readSecret(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const file = env[`${name}_FILE`]
  if (env[name] || !file) return env[name]
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new ConfigProblem(`${name}_FILE cannot be read: ${file}`, { cause: error })
  }
}

function readSmtp(env: NodeJS.ProcessEnv): Config['smtp'] {
  const url = readSecret(env, 'SMTP_URL')
  if (!url) return null
  if (!/^smtps?:\/\/./.test(url))
    throw new ConfigProblem('SMTP_URL must be such as smtps://user:password@mail.example.org.')
  const from = env.SMTP_FROM
  if (!from) throw new ConfigProblem('SMTP_FROM must say which address OurPlan writes from.')
  return { url, from }
}

function readSignInService(env: NodeJS.ProcessEnv): Config['signInService'] {
  const issuer = env.OIDC_ISSUER
  if (!issuer) return null
  if (!URL.canParse(issuer))
    throw new ConfigProblem('OIDC_ISSUER must be an address such as https://login.example.org.')
  const clientId = env.OIDC_CLIENT_ID
  if (!clientId) throw new ConfigProblem('OIDC_CLIENT_ID must be the name that OIDC_ISSUER knows this server by.')
  const clientSecret = readSecret(env, 'OIDC_CLIENT_SECRET') || null
  return { issuer, clientId, clientSecret, name: env.OIDC_NAME || new URL(issuer).hostname }
}

/** A file of the county’s own, where the setting `name` points at one. */
function readOwn<T>(env: NodeJS.ProcessEnv, name: string, none: T, read: (text: string) => T): T {
  const file = env[name]
  if (!file) return none
  try {
    return read(readFileSync(file, 'utf8'))
  } catch (error) {
    const why = error instanceof CountyFileProblem ? error.message : 'it cannot be read'
    throw new ConfigProblem(`${name}, ${file}: ${why}.`, { cause: error })
  }
}

/** 32 random bytes have about 30 different values; typed, counted and repeated ones are somebody's example. */
const VALUES_MIN = 16
const isExampleKey = (key: Buffer): boolean =>
  new Set(key).size < VALUES_MIN || key.every((byte, i) => byte === (key[0]! + i) % 256)
const EXAMPLE_SECRET = /^(secret|change.?me|example|password|test|your.*)$/i

function requireOwnSecrets({ masterKey, nextMasterKey, signInService }: Config): void {
  for (const key of [masterKey, nextMasterKey]) {
    if (!key || !isExampleKey(key)) continue
    const name = key === masterKey ? 'OURPLAN_MASTER_KEY' : 'OURPLAN_MASTER_KEY_NEXT'
    throw new ConfigProblem(`${name} is an example. Make one of your own:  openssl rand -base64 32`)
  }
  if (EXAMPLE_SECRET.test(signInService?.clientSecret ?? '')) {
    throw new ConfigProblem('OIDC_CLIENT_SECRET is an example. Use the one the sign-in service gave this server.')
  }
}

function requireForProduction(config: Config): void {
  if (!config.mongodbUri) throw new ConfigProblem('In production MONGODB_URI must name a MongoDB replica set.')
  if (!config.masterKey) throw new ConfigProblem('In production OURPLAN_MASTER_KEY must be set; keep a copy elsewhere.')
  if (config.demo) throw new ConfigProblem('Demo families are not for production. Leave OURPLAN_DEMO out.')
  requireOwnSecrets(config)
  if (config.signInService && !config.publicUrl) {
    throw new ConfigProblem('With OIDC_ISSUER, PUBLIC_URL must say where people come back to.')
  }
}

/**
 * The settings of this process.
 *
 * @throws ConfigProblem with a sentence for who starts the server
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const config: Config = {
    production: env.NODE_ENV === 'production',
    port: readPort(env.PORT),
    host: env.HOST || '0.0.0.0',
    publicUrl: readPublicUrl(env.PUBLIC_URL),
    mongodbUri: readSecret(env, 'MONGODB_URI') || null,
    dataDir: resolve(env.DATA_DIR || 'data'),
    masterKey: readMasterKey('OURPLAN_MASTER_KEY', readSecret(env, 'OURPLAN_MASTER_KEY')),
    nextMasterKey: readMasterKey('OURPLAN_MASTER_KEY_NEXT', readSecret(env, 'OURPLAN_MASTER_KEY_NEXT')),
    trustProxy: readTrustProxy(env.TRUST_PROXY),
    smtp: readSmtp(env),
    signInService: readSignInService(env),
    demo: env.OURPLAN_DEMO === '1',
    retentionYears: readYears(env.RETENTION_YEARS),
    meetingKinds: readOwn(env, 'OURPLAN_MEETING_KINDS', [], readKindsFile),
    glossary: readOwn(env, 'OURPLAN_GLOSSARY', {}, readGlossaryFile),
    ruleClocks: readOwn(env, 'OURPLAN_RULE_CLOCKS', RULE_CLOCKS, readClocksFile),
  }
  if (config.production) requireForProduction(config)
  return config
}
