import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Part, PLAN_PART, readPartKey } from '../../shared/part'
import type { Gated } from '../../shared/roles'
import type { Secret } from '../support/Audience'
import { DemoMeeting, FAMILY, PREP } from '../support/DemoMeeting'
import { Someone } from '../support/people'
import { memberIdOf } from '../support/signedRelease'
import { WordSearch } from '../support/WordSearch'

const FAMILY_SIDE = ['Dana', 'Rosa', 'Theo', 'Ruth', 'Ines']
const PROFESSIONALS = ['Wren', 'Quill', 'Marsh', 'Adeyemi', 'Park', 'Stone']
/** Who reads the plan itself while there is no curtain. */
const ROOM = [...FAMILY_SIDE, ...PROFESSIONALS, 'Olga', 'the wall']
/** Their own links to the sealed plans, on other phones. */
const AT_HOME = { Dana: 'Dana at home', Rosa: 'Rosa at home' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const run = promisify(execFile)

let meeting: DemoMeeting
let danaId: string
let milesId: string
let rosaId: string
let parts: string[]
let generation = 1
let isDoorShut = false

const dana = (section: Gated): Part => ({ section, subject: danaId })
const who = (name: string) => meeting.audience.who(name)
const write = (writer: string, part: Part, what: string, readers: string[]) =>
  meeting.audience.write(writer, part, what, [...readers])

/** Lines that a change of rights has closed are opened again, as pages do. */
const everybodyListens = () => meeting.audience.listen(who('Wren').meetingId, generation, ['plan', ...parts])

/** Everybody asks for everything, by every address and page. */
async function everybodyTries(meetingIds = [meeting.meetingId]): Promise<void> {
  const isLast = meetingIds.length > 1
  const all = await Promise.all(
    // Dana sees them also behind the curtain.
    meetingIds.map((meetingId) => who('Dana').call('listVersions', { params: { meetingId } })),
  )
  const versionId = all.flatMap(({ versions }) => versions.map(({ id }) => id))
  const participantId = ['Dana', 'Rosa'].map((name) => who(name).participantId)
  const ids = { familyId: [meeting.familyId], meetingId: meetingIds, participantId, versionId, part: parts }
  const pages = [...serverPages(versionId), ...(isLast ? await appPages(meetingIds, versionId) : [])]
  // At the end each is compared with the latest and with the first of all.
  const from = isLast ? [versionId[0]!, versionId.at(-1)!] : versionId.slice(0, 1)
  await meeting.audience.tryEverything(ids, from, pages)
}

/** What the server answers beside the table: its own pages, and what machines ask. */
function serverPages(versionIds: string[]): string[] {
  const door = `/j/${meeting.code}`
  return [
    // While the door is shut its code counts as a guess, and after ten of them nobody here comes in.
    ...(isDoorShut ? [] : [door, `${door}?change=1`]),
    ...['/j', '/j.js', '/j/plan', `${door}/waiting`, `${door}/waiting?plain=1`, `${door}/plan`, `${door}/team`],
    ...['/f', '/f.js', '/f/open', '/f/plans', ...versionIds.map((id) => `/f/plans/${id}`), '/locked', '/leave'],
    ...['/api/openapi.json', '/metrics', '/healthz', '/readyz', '/socket.io/?EIO=4&transport=polling'],
  ]
}

/** Addresses of the app, and what it loads first. */
async function appPages(meetingIds: string[], versionIds: string[]): Promise<string[]> {
  const shell = await (await who('a stranger').request('GET', '/')).text()
  const own = ['', '/team', '/versions', '/compare', '/releases', '/record', `/versions/${versionIds[0]}`]
  return [
    ...['/', '/signin', '/welcome', '/account', '/accounts', '/keeping', '/projector', '/nowhere'],
    `/families/${meeting.familyId}`,
    ...meetingIds.flatMap((id) => own.map((page) => `/m/${id}${page}`)),
    ...[...shell.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path!),
  ]
}

/** Nobody heard anything but what is theirs; what is theirs may still be on its way. */
const expectOnlyTheirs = () => expect.poll(() => meeting.audience.wrong, { timeout: 30_000, interval: 500 }).toEqual([])

async function opensAtHome(name: keyof typeof AT_HOME): Promise<void> {
  const { participantId, meetingId } = who(name)
  const params = { meetingId, participantId }
  const { url, code } = await who('Wren').call('makeLink', { params, body: { email: null } })
  const phone = await meeting.meet(AT_HOME[name], Someone)
  const form = new URLSearchParams({ link: url.split('#')[1]!, code: code! })
  expect((await phone.request('POST', '/f/open', form.toString(), FORM)).status).toBe(303)
}

/** Every plan that the link leads to. */
async function readsAtHome(name: string): Promise<void> {
  const shelf = await (await who(name).request('GET', '/f/plans')).text()
  for (const [path] of shelf.matchAll(/\/f\/plans\/[0-9a-f]{24}/g)) await who(name).request('GET', path)
}

/** Takes the file that one gets home and checks it there; what that prints is heard, too. */
async function takesHome(name: string, folder: string): Promise<boolean> {
  const answer = await who(name).request('GET', `/api/families/${meeting.familyId}/versions/export`)
  if (answer.status !== 200) return false
  const file = join(folder, 'export.json')
  await writeFile(file, await answer.text())
  const { stdout, stderr } = await run(process.execPath, ['server/verify/verify.mjs', file])
  meeting.audience.earsOf(name).keep('exports', Buffer.from(stdout), Buffer.from(stderr))
  return true
}

/** Everybody would have the first item of each part back as the last version says it: the answer is the part. */
async function everybodyRestores(): Promise<void> {
  const params = { meetingId: meeting.meetingId }
  const { versions } = await who('Wren').call('listVersions', { params })
  for (const name of meeting.audience.names) {
    for (const part of parts) {
      const secret = meeting.audience.secrets.find((one) => readPartKey(part)?.section === one.part?.section)!
      const item = { kind: 'strengths', id: secret.item }
      await who(name).request('POST', `/api/meetings/${params.meetingId}/restorations`, {
        versionId: versions[0]!.id,
        item,
        part,
      })
    }
  }
}

beforeAll(async () => {
  meeting = await DemoMeeting.start()
  await meeting.gather()
  ;[danaId, rosaId] = [await memberIdOf(who('Dana')), await memberIdOf(who('Rosa'))]
}, 300_000)
afterAll(() => meeting?.close())

describe('over a whole meeting of a demo family, from the lobby to the comparison at the next', () => {
  /** By section, what Dana signed and ends in the middle. */
  const ending = new Map<string, string>()
  let before: Secret

  it('[AC82] everybody hears the words of exactly the parts that are theirs', async () => {
    for (const name of meeting.audience.names) {
      const as = name === 'the wall' ? 'projector' : 'participant'
      await meeting.audience
        .earsOf(name)
        .enter(as, meeting.meetingId)
        .catch(() => null)
    }
    await meeting.sign('Dana', ['health'], { recipients: ['school'] })
    await meeting.sign('Dana', ['education'], { recipients: ['facilitator', 'school'] })
    await meeting.sign('Dana', ['benefits'], { recipients: ['interpreter'], members: [rosaId] })
    await meeting.sign('Dana', ['substance-use'], { recipients: ['housing'] })
    await meeting.sign('Rosa', ['health'], { recipients: ['housing'] })
    const [justice] = await meeting.sign('Dana', ['justice'], { recipients: ['probation'] })
    ending.set('justice', justice!.id)
    const about = { name: 'Miles', as: 'parent' } as const
    const [miles] = await meeting.sign('Dana', ['education'], { about, recipients: ['school'] })
    milesId = miles!.subject
    parts = await meeting.partKeys(milesId)
    await everybodyListens()

    await write('Wren', PLAN_PART, 'the plan', ROOM)
    await write('Dana', dana('health'), 'health', ['Dana', 'Adeyemi'])
    await write('Dana', dana('education'), 'education', ['Dana', 'Wren', 'Adeyemi'])
    // The demo has let Wren, Quill and Marsh read it with a release of its own.
    await write('Dana', dana('benefits'), 'benefits', ['Dana', 'Rosa', 'Ines', 'Wren', 'Quill', 'Marsh'])
    const inBenefits = ['Dana', 'Rosa', 'Ines', 'Wren', 'Quill', 'Marsh']
    await meeting.audience.tellProgram('Dana', dana('benefits'), 'how Dana stands in a program', inBenefits)
    await write('Dana', dana('justice'), 'justice', ['Dana', 'Stone'])
    before = await write('Dana', dana('substance-use'), 'substance use', ['Dana'])
    await write('Dana', { section: 'education', subject: milesId }, 'the child’s education', ['Dana', 'Adeyemi'])
    await write('Rosa', { section: 'health', subject: rosaId }, 'Rosa’s health', ['Rosa'])
    await write('Rosa', FAMILY, 'what the family says', FAMILY_SIDE)
    await write('Quill', PREP, 'what professionals prepare', PROFESSIONALS)
    const params = { meetingId: meeting.meetingId }
    await meeting.audience.say('what Dana needs', ['Dana', 'Wren'], (words) =>
      who('Dana').call('sayNeed', { params, body: { kind: 'other', words } }),
    )
    await meeting.audience.say('whom Rosa wants there', ['Rosa', 'Wren'], (reach) =>
      who('Rosa').call('wishSupporter', { params, body: { name: 'Mo', relation: 'A neighbor', reach } }),
    )
    await meeting.audience.say('how to reach Dana', ['Dana', 'Rosa', 'Theo', 'Ruth'], (words) =>
      who('Dana').call('shareContact', {
        params,
        body: { phone: null, email: `${words.replaceAll(' ', '.')}@example.org`, to: 'family' },
      }),
    )
    const scale = { question: 'How safe is it?', zero: 'Not safe', ten: 'Safe', item: null }
    const { open } = await who('Wren').call('askScale', { params, body: scale })
    await meeting.audience.say('what Dana says from 0 to 10, not shown yet', ['Dana'], (higher) =>
      who('Dana').call('giveScore', { params, body: { askId: open!.id, score: 6, higher, named: true } }),
    )
    await meeting.audience.say('who is asked to come', ['Wren'], (names) =>
      Promise.all(
        names.split(' ').map((name) =>
          who('Wren').call('addInvite', {
            params,
            body: { name, role: 'support', agency: null, language: 'en', channel: 'paper', address: '' },
          }),
        ),
      ),
    )
    await meeting.makeVersion('checkpoint', 'Before the break')
    await everybodyTries()
    await expectOnlyTheirs()
  })

  it('[AC83] and from the end of a release on, nothing written after it reaches who had it', async () => {
    const [given] = await meeting.sign('Dana', ['substance-use'], { recipients: ['mental-health'] })
    before.readers.push('Park')
    await everybodyListens()
    await write('Park', dana('substance-use'), 'substance use, while Park may', ['Dana', 'Park'])
    await expectOnlyTheirs()
    await meeting.revoke('Dana', given!.id)
    await meeting.revoke('Dana', ending.get('justice')!)
    await everybodyListens()
    await write('Dana', dana('substance-use'), 'substance use, after Park might', ['Dana'])
    await write('Dana', dana('justice'), 'justice, after Stone might', ['Dana'])
    await everybodyTries()
    await expectOnlyTheirs()
  })

  it('[AC84] behind the curtain nothing reaches professionals or the wall until it opens', async () => {
    await who('Wren').setPhase('private')
    await everybodyListens()
    const meanwhile = [
      await write('Rosa', PLAN_PART, 'the plan, meanwhile', FAMILY_SIDE),
      await write('Dana', dana('health'), 'health, meanwhile', ['Dana']),
    ]
    await write('Dana', FAMILY, 'what the family says meanwhile', FAMILY_SIDE)
    await everybodyTries()
    await expectOnlyTheirs()
    await who('Wren').setPhase('open')
    await everybodyListens()
    meanwhile[0]!.readers = [...ROOM]
    meanwhile[1]!.readers.push('Adeyemi')
    await write('Adeyemi', dana('health'), 'health, by the school', ['Dana', 'Adeyemi'])
    await expectOnlyTheirs()
  })

  it('[AC82] ended, opened again, sealed, taken home, amended and sealed again', async () => {
    await who('Wren').setPhase('ended')
    isDoorShut = true
    await everybodyListens()
    await everybodyTries()
    await who('Wren').setPhase('open')
    isDoorShut = false
    await everybodyListens()
    await meeting.makeVersion('sealed', 'What we settled')
    const folder = await mkdtemp(join(tmpdir(), 'ourplan-canary-'))
    const took: string[] = []
    for (const name of meeting.audience.names) if (await takesHome(name, folder)) took.push(name)
    await rm(folder, { recursive: true })
    expect(took).toContain('Adeyemi')
    expect(took).not.toContain('Ames')
    for (const name of Object.keys(AT_HOME)) await opensAtHome(name as keyof typeof AT_HOME)
    for (const { part, readers } of meeting.audience.secrets) {
      if (part?.section === 'plan') readers.push(...Object.values(AT_HOME))
    }
    await everybodyTries()
    await expectOnlyTheirs()

    const params = { meetingId: meeting.meetingId }
    await who('Wren').call('amend', { params, body: { reason: 'One thing more' } })
    generation = 2
    await everybodyListens()
    await write('Wren', PLAN_PART, 'the plan, amended', [...ROOM, ...Object.values(AT_HOME)])
    await write('Dana', dana('health'), 'health, amended', ['Dana', 'Adeyemi'])
    await write('Dana', dana('justice'), 'justice, amended', ['Dana'])
    await everybodyRestores()
    await meeting.makeVersion('sealed', 'One thing more')
    for (const name of Object.values(AT_HOME)) await readsAtHome(name)
    await expectOnlyTheirs()
  })

  it('[AC82] and at the next meeting, where versions are compared across both', async () => {
    await who('Wren').createMeeting({ familyId: meeting.familyId })
    const next = who('Wren').meetingId
    const code = (await who('Wren').read()).joining!.code!
    for (const name of ['Dana', 'Rosa', 'Adeyemi']) {
      await who(name).join(code, name === 'Adeyemi' ? { role: 'agency', agency: 'school' } : {})
      await (name === 'Adeyemi' ? who('Wren').admit(who(name), 'agency', 'school') : who('Wren').admit(who(name)))
    }
    generation = 1
    await everybodyListens()
    await write('Dana', dana('health'), 'health, at the next meeting', ['Dana', 'Adeyemi'])
    await write('Rosa', FAMILY, 'what the family says at the next meeting', ['Dana', 'Rosa'])
    await meeting.makeVersion('sealed', 'Until then')
    await everybodyTries([meeting.meetingId, next])
    await expectOnlyTheirs()
  })

  it('[AC85] and neither the log nor the data folder of the server holds any of these words', async () => {
    const { server, audience } = meeting
    await server.stop()
    const search = new WordSearch(audience.words)
    search.take(Buffer.from(server.log))
    const files = (await readdir(server.dataDir, { recursive: true, withFileTypes: true })).filter((one) =>
      one.isFile(),
    )
    const folder = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))))
    for (const bytes of folder) search.take(bytes)
    expect(search.found).toEqual([])
    // What lies there openly is found, so it can be read.
    expect(server.log).toContain('/api/meetings/:meetingId/plan')
    expect(folder.some((bytes) => bytes.includes('wren@demo.ourplan'))).toBe(true)
    const bytes = folder.reduce((sum, { length }) => sum + length, 0)
    console.log(
      [
        `Searched for ${audience.words.all.length} words; with who has no right to them: ${audience.wrong.length}`,
        ...audience.searched,
        `log ${server.log.length.toLocaleString('en')}, data folder ${bytes.toLocaleString('en')}`,
      ].join('\n'),
    )
  })
})
