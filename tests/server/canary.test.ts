import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { localMinute } from '../../shared/localMinute'
import { type Part, partKey } from '../../shared/part'
import { WORDS_VERSION } from '../../shared/release'
import { GATED, type Gated } from '../../shared/roles'
import type { ContactWords } from '../../shared/whoIsWho'
import { Audience } from '../support/Audience'
import { admitted, Someone, staff } from '../support/people'
import { memberIdOf } from '../support/signedRelease'
import { startTestApp, type TestApp } from '../support/startTestApp'

const DAY_MS = 24 * 60 * 60_000
const ZONE = 'America/Los_Angeles'

let app: TestApp
const log: string[] = []
const audience = new Audience()
let familyId: string
let parts: string[]

/** Dana's signature under one form. */
async function sign(sections: readonly Gated[], recipient: 'school' | 'probation'): Promise<void> {
  const dana = audience.who('Dana')
  await dana.call('signRelease', {
    params: { meetingId: dana.meetingId },
    body: {
      about: null,
      sections: sections.map((section) => ({ section, told: 'All of it', discloser: null })),
      recipients: [recipient],
      members: [],
      purpose: 'schooling',
      ownPurpose: '',
      until: localMinute(new Date(Date.now() + 90 * DAY_MS), ZONE),
      sitting: randomBytes(12).toString('hex'),
      language: 'en',
      words: WORDS_VERSION,
      agree: true,
      signature: 'Dana Alder',
    },
  })
}

async function versionsOf(meetingId: string) {
  return (await audience.who('Wren').call('listVersions', { params: { meetingId } })).versions
}

/** Everybody reads all there is to read, by its address. */
async function everybodyTriesEverything(meetingIds: string[]): Promise<void> {
  const versionId = (await Promise.all(meetingIds.map(versionsOf))).flat().map(({ id }) => id)
  const participantId = [audience.who('Dana').participantId]
  const ids = { familyId: [familyId], meetingId: meetingIds, participantId, versionId, part: parts }
  await audience.tryEverything(ids, versionId.slice(0, 1))
}

async function seal(meetingId: string): Promise<void> {
  const [latest] = await versionsOf(meetingId)
  const body = { kind: 'sealed' as const, label: 'What we settled', basedOn: latest?.number ?? 0 }
  await audience.who('Wren').call('makeVersion', { params: { meetingId }, body })
}

async function bringIn(name: string, role: 'agency' | 'observer' | 'interpreter', agency: 'school' | 'mental-health') {
  const wren = audience.who('Wren')
  const someone = audience.meet(
    role === 'agency' ? await staff(app, name, { duty: 'agency', agency }) : new Someone(app, name),
  )
  await someone.join((await wren.read()).joining!.code!, { role, agency: role === 'agency' ? agency : null })
  await wren.admit(someone, role, role === 'agency' ? agency : undefined)
}

async function everybodyComes(): Promise<void> {
  const wren = audience.meet(await staff(app, 'Wren'))
  familyId = (await wren.createFamily()).id
  await wren.createMeeting({ familyId, timeZone: ZONE })
  for (const name of ['Dana', 'Rosa']) audience.meet(await admitted(wren, name))
  await bringIn('Adeyemi', 'agency', 'school')
  await bringIn('Park', 'agency', 'mental-health')
  await bringIn('Ines', 'interpreter', 'school')
  await bringIn('Olga', 'observer', 'school')
  const wall = audience.meet(new Someone(app, 'the wall'))
  const { url } = await wren.call('pairProjector', { params: { meetingId: wren.meetingId } })
  await wall.call('startProjector', { body: { token: url.split('#')[1]! } })
  audience.meet(new Someone(app, 'a stranger'))
}

const reachableAt = (words: string, to: ContactWords['to']): ContactWords => {
  return { phone: null, email: `${words.replaceAll(' ', '.')}@example.org`, to }
}

/** Somebody's words in each part there is. */
async function everythingIsWritten(subject: string): Promise<void> {
  for (const section of GATED) {
    const readers = section === 'health' ? ['Dana', 'Adeyemi'] : ['Dana']
    await audience.write('Dana', { section, subject }, section, readers)
  }
  await audience.write('Dana', { section: 'family', subject: null }, 'family', ['Dana', 'Rosa', 'Ines'])
  const params = { meetingId: audience.who('Wren').meetingId }
  await audience.say('what Dana needs', ['Dana', 'Wren'], (words) =>
    audience.who('Dana').call('sayNeed', { params, body: { kind: 'other', words } }),
  )
  await audience.say('whom Rosa wants there', ['Rosa', 'Wren'], (reach) =>
    audience.who('Rosa').call('wishSupporter', { params, body: { name: 'Mo', relation: 'A neighbor', reach } }),
  )
  await audience.say('how to reach Dana', ['Dana', 'Rosa'], (words) =>
    audience.who('Dana').call('shareContact', { params, body: reachableAt(words, 'family') }),
  )
  await audience.say('how to reach Adeyemi', ['Dana', 'Rosa', 'Ines', 'Wren', 'Adeyemi', 'Park', 'Olga'], (words) =>
    audience.who('Adeyemi').call('shareContact', { params, body: reachableAt(words, 'everybody') }),
  )
  await audience.say('who is asked to come', ['Wren'], (names) =>
    Promise.all(
      names.split(' ').map((name) =>
        audience.who('Wren').call('addInvite', {
          params,
          body: { name, role: 'support', agency: null, language: 'en', channel: 'paper', address: '' },
        }),
      ),
    ),
  )
  await audience.write('Wren', { section: 'prep', subject: null }, 'prep', ['Wren', 'Adeyemi', 'Park'])
}

beforeAll(async () => {
  app = await startTestApp({ onLog: (line) => log.push(line) })
  await everybodyComes()
  await sign(['health'], 'school')
  await sign(
    GATED.filter((section) => section !== 'health'),
    'probation',
  )
}, 60_000)
afterAll(async () => {
  audience.close()
  await app.close()
})

it('[GS20] over a whole meeting and the next, no byte of a part reaches who has no right to it, by any wire', async () => {
  const wren = audience.who('Wren')
  const { meetingId } = wren
  const subject = await memberIdOf(audience.who('Dana'))
  const gated = GATED.map((section): Part => ({ section, subject }))
  parts = [...gated.map(partKey), 'family', 'prep']
  for (const name of audience.names) {
    const as = name === 'the wall' ? 'projector' : 'participant'
    await audience
      .earsOf(name)
      .enter(as, meetingId)
      .catch(() => null)
  }
  await audience.listen(meetingId, 1, ['plan', ...parts])
  await everythingIsWritten(subject)
  await wren.setPhase('private')
  await wren.setPhase('open')
  await seal(meetingId)
  await wren.call('amend', { params: { meetingId }, body: { reason: 'One thing more' } })
  await audience.listen(meetingId, 2, ['plan', ...parts])
  await seal(meetingId)
  await wren.createMeeting({ familyId })
  const next = wren.meetingId
  for (const name of ['Dana', 'Rosa']) {
    await audience.who(name).join((await wren.read()).joining!.code!)
    await wren.admit(audience.who(name))
  }
  await audience.listen(next, 1, ['plan', ...parts])
  await everybodyTriesEverything([meetingId, next])

  expect(audience.wrong).toEqual([])
  console.log(['Searched; with who has no right to them: 0', ...audience.searched].join('\n'))
  const logged = log.join('\n')
  expect(logged.length).toBeGreaterThan(1_000)
  expect(audience.words.all.filter((word) => logged.includes(word))).toEqual([])
}, 300_000)
