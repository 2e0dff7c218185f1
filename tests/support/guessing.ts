import { guest, type Someone } from './people'
import type { TestApp } from './startTestApp'

/** A code as it stands in an address. */
export const bare = (code: string) => code.replace('-', '')

/** Another secret behind the same half. */
export const wrongFor = (code: string, i = 0) =>
  `${code.slice(0, 4)}${code.endsWith('2') ? '3' : '2'}22${'23456789'[i % 8]}`

/** The middle of many. */
function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
}

/** Doors that Wren opens, and codes that strangers try at them; the app stands behind one proxy. */
export class Guessing {
  #addresses = 0

  constructor(
    private readonly app: TestApp,
    private readonly wren: Someone,
  ) {}

  /** Somebody nobody has seen before, from an address nobody has seen before. */
  tryCode(code: string): Promise<Response> {
    this.#addresses += 1
    const from = `2001:db8:${(this.#addresses >> 16).toString(16)}:${(this.#addresses & 0xffff).toString(16)}::1`
    return guest(this.app, 'Mallory').request('GET', `/j/${code}`, undefined, { 'x-forwarded-for': from })
  }

  /** A meeting with a code of its own. */
  async openDoor() {
    const code = bare((await this.wren.createMeeting({ startsAt: '2027-03-02T18:00:00Z' })).joinCode)
    return { code, meetingId: this.wren.meetingId, facilitator: this.wren.participantId }
  }

  setJoining(meetingId: string, body: { open: boolean; newCode?: boolean }) {
    return this.wren.call('setJoining', { params: { meetingId }, body })
  }

  /** Codes that open nothing, each for another reason. */
  async #closeDoors() {
    const [ended, closed, guessed, old] = [
      await this.openDoor(),
      await this.openDoor(),
      await this.openDoor(),
      await this.openDoor(),
    ]
    await this.wren.call('setPhase', { params: { meetingId: ended.meetingId }, body: { phase: 'ended' } })
    await this.setJoining(closed.meetingId, { open: false })
    const renewed = await this.setJoining(old.meetingId, { open: true, newCode: true })
    if (!renewed.code) throw new Error('there is no new code')
    const kinds = {
      unknown: '33334444',
      ended: ended.code,
      closed: closed.code,
      guessed: guessed.code,
      wrong: wrongFor(guessed.code),
      replaced: old.code,
    }
    for (let i = 0; i < 10; i += 1) for (const code of Object.values(kinds)) await this.tryCode(wrongFor(code, i))
    return kinds
  }

  /**
   * Tries codes that open nothing, one that never was and one that ended in turn.
   *
   * @returns what was answered, each different answer once, and the two medians of the times it took, ms
   */
  async timeDeadCodes(tries: number): Promise<{ answers: string[]; medians: [number, number] }> {
    const kinds = await this.#closeDoors()
    const answers = new Set<string>()
    const time = async (code: string): Promise<number> => {
      const started = performance.now()
      const answer = await this.tryCode(code)
      const body = await answer.text()
      const took = performance.now() - started
      const headers = [...answer.headers].filter(([key]) => key !== 'date')
      answers.add(JSON.stringify([answer.status, headers, body]))
      return took
    }
    for (const code of Object.values(kinds)) await time(code)
    const times: Record<'unknown' | 'ended', number[]> = { unknown: [], ended: [] }
    for (let i = 0; i < tries; i += 1) {
      // Another order each round: who comes after whom is no kind's lot.
      const order = i % 2 ? (['unknown', 'ended'] as const) : (['ended', 'unknown'] as const)
      for (const kind of order) times[kind].push(await time(kinds[kind]))
    }
    return { answers: [...answers], medians: [median(times.unknown), median(times.ended)] }
  }
}
