import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_PASSWORD } from '../../server/demo/demoPeople'
import { verifyExport } from '../../server/verify/verify.mjs'
import { openPage } from '../support/openPage'
import { Someone } from '../support/people'
import { SeededRandom } from '../support/seededRandom'
import { RunningServer } from '../support/startServer'
import type { TestApp } from '../support/startTestApp'
import { addGoal } from '../support/writing'

/** Longest wait between asking for a seal and the kill, ms: sealing takes a fraction of it. */
const SEALING_MS = 60

describe('a server that is killed while it seals', () => {
  const chance = new SeededRandom(Number(process.env.SEED ?? 9))
  let server: RunningServer
  let wren: Someone
  let familyId: string

  beforeAll(async () => {
    server = await RunningServer.start()
    wren = new Someone(server as unknown as TestApp, 'Wren')
    await wren.call('signIn', { body: { email: 'wren@demo.ourplan', password: DEMO_PASSWORD } })
    familyId = (await wren.createFamily()).id
  })
  afterAll(() => server?.close())

  const seal = (basedOn: number) =>
    wren.call('makeVersion', {
      params: { meetingId: wren.meetingId },
      body: { kind: 'sealed', label: 'Sealed', basedOn },
    })

  /** Somebody types while Wren seals; the server is killed in the middle. @returns the words called saved by then */
  async function sealAndKill(basedOn: number): Promise<string[]> {
    const page = await openPage(wren)
    const goal = addGoal(page.doc, chance, 'We hope')
    await page.untilSaved()
    const before = page.saved
    let typing = true
    const typed = (async () => {
      for (let word = 0; typing; word++) {
        page.write(`goals/${goal}/words`, ` ${word}`)
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    })()
    await page.until(({ saved }) => saved > before + 5)
    void seal(basedOn).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, chance.below(SEALING_MS)))
    await server.kill()
    typing = false
    await typed
    const saved = page.saved - before
    page.close()
    return Array.from({ length: saved }, (_, word) => ` ${word}`)
  }

  it('[VE9] [VE7] leaves the plan open or sealed, whole either way, and every acknowledged word in it', async () => {
    const outcomes: string[] = []
    for (let round = 0; round < 4; round++) {
      await wren.createMeeting({ familyId, carryOver: false })
      const acknowledged = await sealAndKill(0)
      await server.restart()
      const { meeting } = await wren.read()
      const params = { meetingId: wren.meetingId }
      const { versions } = await wren.call('listVersions', { params })
      const sealed = versions.filter(({ kind }) => kind === 'sealed')
      expect([meeting.phase, sealed.length]).toEqual(meeting.sealed ? ['sealed', 1] : ['open', 0])
      const plan = await wren.call('readPlan', { params })
      expect(plan.goals[0]!.words.startsWith(`We hope${acknowledged.join('')}`)).toBe(true)
      if (meeting.sealed) {
        const version = await wren.call('readVersion', { params: { versionId: meeting.sealed.versionId } })
        expect(version.plan).toEqual({ ...plan, generation: undefined })
      } else await seal(versions[0]?.number ?? 0)
      outcomes.push(meeting.phase)
    }
    console.log(`killed while sealing, found: ${outcomes.join(', ')}`)
    const file = await wren.call('exportVersions', { params: { familyId } })
    expect(verifyExport(JSON.stringify(file)).versions.map(({ chain }) => chain)).toEqual([1, 2, 3, 4])
  })
})
