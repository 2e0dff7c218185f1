import canonicalize from 'canonicalize'
import { execFile } from 'node:child_process'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../../../shared/api'
import { verifyExport } from '../../../server/verify/verify.mjs'
import { openPage } from '../../support/openPage'
import { admitted, guest, refusal, type Someone, staff } from '../../support/people'
import { SeededRandom } from '../../support/seededRandom'
import { startTestApp, type TestApp } from '../../support/startTestApp'
import { addGoal, writeSomething } from '../../support/writing'

type Export = Answer<'exportVersions'>
type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

const run = promisify(execFile)
const chance = new SeededRandom(7)

let app: TestApp
let wren: Someone
let dana: Someone
let familyId: string
let real: Export
let folder: string

/** Two sealed versions of one meeting and one of the next, with everybody's words in them. */
beforeAll(async () => {
  app = await startTestApp()
  folder = await mkdtemp(join(tmpdir(), 'ourplan-verify-'))
  wren = await staff(app, 'Wren')
  familyId = (await wren.createFamily('Miles’s family')).id
  await wren.createMeeting({ familyId, question: 'Can Miles stay at home? ¿Puede quedarse?' })
  dana = await admitted(wren, 'Dana 🌻')
  const params = { meetingId: wren.meetingId }
  const seal = (basedOn: number) =>
    wren.call('makeVersion', {
      params: { meetingId: wren.meetingId },
      body: { kind: 'sealed', label: 'Sealed', basedOn },
    })
  const write = async () => {
    const page = await openPage(dana)
    addGoal(page.doc, chance, 'A safe home')
    for (let times = 0; times < 12; times++) writeSomething(page.doc, chance)
    await page.untilSaved()
    page.close()
  }
  await write()
  await seal(0)
  await wren.call('amend', { params, body: { reason: 'A date' } })
  await write()
  await seal(2)
  await wren.createMeeting({ familyId, title: 'Follow-up' })
  await seal(1)
  wren.meetingId = dana.meetingId
  real = await wren.call('exportVersions', { params: { familyId } })
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

const check = (file: unknown, trusted?: string) => verifyExport(JSON.stringify(file), trusted)

/** Every place in a value where something stands, as a path. */
function* places(value: Json, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) yield* places(inner, [...path, name])
    if (Object.keys(value).length > 0) return
  }
  yield path
}

/** Another value of the same kind, as little different as can be. */
function nudge(value: Json): Json {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (value === null) return 'x'
  if (Array.isArray(value)) return [null]
  if (typeof value === 'object') return { x: null }
  if (value === '') return ' '
  const at = chance.below(value.length)
  // The lowest bit of one sign, which stays a sign of the same alphabet more often than not.
  return value.slice(0, at) + String.fromCharCode(value.charCodeAt(at) ^ 1) + value.slice(at + 1)
}

function changed(file: Export, path: (string | number)[], change: (value: Json) => Json): Json {
  const copy = structuredClone(file) as unknown as Json
  let at = copy as Record<string, Json>
  for (const step of path.slice(0, -1)) at = at[step] as Record<string, Json>
  const last = path.at(-1)!
  at[last] = change(at[last]!)
  return copy
}

describe('checking an export without the server', () => {
  it('[VE11] accepts what the server gave out', () => {
    const report = check(real)
    expect(report.family).toBe('Miles’s family')
    expect(report.versions.map(({ chain }) => chain)).toEqual([1, 2, 3])
    expect(report.versions.flatMap(({ sections }) => sections.map(({ state }) => state))).toEqual(
      Array(12).fill('shown'),
    )
    expect(report.versions[0]!.check).toMatch(/^[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}$/)
  })

  it('[VE11] refuses it with any single value changed, in every section, header, signature and key', () => {
    const all = [...places(real as unknown as Json)]
    expect(all.length).toBeGreaterThan(150)
    for (const path of all) expect(() => check(changed(real, path, nudge)), path.join('.')).toThrow()
  })

  it('[VE11] refuses it with any value, version, section, line or key left out, added or doubled', () => {
    for (const path of places(real as unknown as Json)) {
      const parent = path.slice(0, -1)
      const name = path.at(-1)!
      if (parent.length === 0) continue
      const without = changed(real, parent, (value) => {
        if (Array.isArray(value)) return value.filter((_, index) => index !== Number(name))
        const { [name as string]: _left, ...rest } = value as Record<string, Json>
        return rest
      })
      // A part that is held back is not mentioned either.
      if (parent.at(-1) === 'others' && parent.length === 3) continue
      expect(() => check(without), `without ${path.join('.')}`).toThrow()
      const more = changed(real, parent, (value) =>
        Array.isArray(value) ? [...value, value[0]!] : { ...(value as Record<string, Json>), more: 1 },
      )
      expect(() => check(more), `more in ${parent.join('.')}`).toThrow()
    }
    for (const index of [0, 1, 2]) {
      const versions = real.versions.filter((_, at) => at !== index)
      expect(() => check({ ...real, versions }), `without version ${index + 1}`).toThrow(/missing|does not follow/)
      const count = { ...real.end, count: 2 }
      expect(() => check({ ...real, versions, end: count }), `without ${index + 1}, counted anew`).toThrow()
    }
    expect(() => check({ ...real, versions: [], end: { ...real.end, count: 0, headerHash: null } })).toThrow()
  })

  it('[VE11] refuses versions in another order, sections that changed places, and words of another version', () => {
    const [one, two, three] = real.versions as [Export['versions'][0], Export['versions'][0], Export['versions'][0]]
    for (const versions of [
      [two, one, three],
      [one, three, two],
      [three, two, one],
    ]) {
      expect(() => check({ ...real, versions })).toThrow(/not in its place/)
    }
    const { plan, participants } = one.sections
    const swapped = { ...one, sections: { ...one.sections, plan: participants, participants: plan } }
    expect(() => check({ ...real, versions: [swapped, two, three] })).toThrow('not those that were sealed')
    const borrowed = { ...one, sections: two.sections }
    expect(() => check({ ...real, versions: [borrowed, two, three] })).toThrow('not those that were sealed')
    const signature = { ...one, signature: two.signature }
    expect(() => check({ ...real, versions: [signature, two, three] })).toThrow('signature')
  })

  it('[VE11] refuses a file that somebody sealed anew with a key of their own, once the key is named', async () => {
    const forger = await startTestApp()
    const eve = await staff(forger, 'Eve')
    const family = await eve.createFamily('Miles’s family')
    const { id: meetingId } = await eve.createMeeting({ familyId: family.id })
    const body = { kind: 'sealed', label: 'Sealed', basedOn: 0 } as const
    await eve.call('makeVersion', { params: { meetingId }, body })
    const forged = await eve.call('exportVersions', { params: { familyId: family.id } })
    await forger.close()
    const { fingerprint } = await wren.call('signingKey')
    expect(check(forged).versions).toHaveLength(1)
    expect(() => check(forged, fingerprint)).toThrow('another key')
    expect(check(real, fingerprint).fingerprints).toEqual([fingerprint])
    const mixed = { ...real, keys: { ...real.keys, ...forged.keys } }
    expect(() => check(mixed)).toThrow('signed nothing')
  })

  it('[RP5] accepts a file from before there were signatures', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const der = publicKey.export({ type: 'spki', format: 'der' })
    const sha256 = (...parts: (string | Buffer)[]) =>
      parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex')
    const fingerprint = sha256(der).slice(0, 32).toUpperCase().match(/.{4}/g)!.join('-')
    const signed = (words: string) => ({
      key: fingerprint,
      signature: sign(null, Buffer.from(words), privateKey).toString('base64'),
    })
    const salt = Buffer.alloc(32, 7)
    const section = (content: Json) => ({ salt: salt.toString('base64'), content })
    const hash = (content: Json) => sha256(salt, canonicalize(content)!)
    const [plan, participants] = [{ question: 'Can Miles stay?' }, [] as Json[]]
    const { others: _others, ...old } = real.versions[0]!.header
    const header = { ...old, sections: { plan: hash(plan), participants: hash(participants) } }
    const headerHash = sha256(canonicalize(header)!)
    const sections = { plan: section(plan), participants: section(participants) }
    const { family, exportedAt } = real
    const reached = { count: 1, headerHash }
    const file = {
      format: 'ourplan-export-1',
      family,
      exportedAt,
      keys: { [fingerprint]: der.toString('base64') },
      versions: [{ header, ...signed(`ourplan-version-1:${headerHash}`), sections }],
      end: {
        ...reached,
        ...signed(`ourplan-export-1:${sha256(canonicalize({ family, exportedAt, ...reached })!)}`),
      },
    }
    expect(check(file)).toMatchObject({ versions: [{ sections: [{ state: 'shown' }, { state: 'shown' }] }] })
    const more = { ...file.versions[0]!, sections: { ...sections, signatures: section([]) } }
    expect(() => check({ ...file, versions: [more] })).toThrow('exactly the parts')
  })

  it('[VE12] accepts a section that was removed, and says so; its hash stays in the chain', () => {
    const [first, ...rest] = real.versions
    const removed = { removed: { at: '2027-06-10', reason: 'By order of the court' } }
    const redacted = { ...real, versions: [{ ...first!, sections: { ...first!.sections, plan: removed } }, ...rest] }
    expect(check(redacted).versions[0]!.sections[0]).toEqual({
      section: 'plan',
      state: 'removed',
      words: '2027-06-10: By order of the court',
    })
  })

  it('[VE12] shows words of meetings its reader is in; of the others the chain alone', async () => {
    const mine = await dana.call('exportVersions', { params: { familyId } })
    expect(check(mine).versions.map(({ sections }) => sections.map(({ state }) => state))).toEqual([
      ['shown', 'shown', 'shown', 'shown'],
      ['shown', 'shown', 'shown', 'shown'],
      ['withheld', 'withheld', 'withheld', 'withheld'],
    ])
    expect(JSON.stringify(mine.versions[2])).not.toContain('words')
    const ames = await staff(app, 'Ames')
    for (const stranger of [ames, await admitted(await opened(ames), 'Rosa')]) {
      expect(await refusal(stranger.call('exportVersions', { params: { familyId } }))).toBe('family/not-found')
    }
    const nobody = guest(app, 'Eve').call('exportVersions', { params: { familyId } })
    expect(await refusal(nobody)).toBe('session/missing')
  })

  it('[VE16] the program says what it found, whose key it trusted, and ends with an exit code', async () => {
    const file = join(folder, 'export.json')
    const program = ['server/verify/verify.mjs', file]
    await writeFile(file, JSON.stringify(real))
    const { fingerprint } = await wren.call('signingKey')
    const { stdout } = await run(process.execPath, program)
    expect(stdout).toContain('Version 3, sealed 20')
    expect(stdout).toContain(`Key: ${fingerprint}`)
    expect(stdout).toContain('Anybody can make a key.')
    const trusted = await run(process.execPath, [...program, '--fingerprint', fingerprint.toLowerCase()])
    expect(trusted.stdout).toContain('That is the key you named.')
    const other = fingerprint.replace(/^.{4}/, '0000')
    await expect(run(process.execPath, [...program, '--fingerprint', other])).rejects.toMatchObject({ code: 1 })
    await writeFile(file, JSON.stringify(real).replace('A safe home', 'A safe hope'))
    await expect(run(process.execPath, program)).rejects.toMatchObject({
      code: 1,
      stderr: 'The words of plan of version 1 are not those that were sealed.\nThis file must not be trusted.\n',
    })
    await writeFile(file, 'not json')
    await expect(run(process.execPath, program)).rejects.toMatchObject({ code: 1 })
    await expect(run(process.execPath, ['server/verify/verify.mjs'])).rejects.toMatchObject({ code: 2 })
  })
})

async function opened(facilitator: Someone): Promise<Someone> {
  await facilitator.createMeeting()
  return facilitator
}
