import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import type { Someone } from './people'

/** Between two pieces of 64 KB, ms: 8 MB take half a second. */
const REST_MS = 4

/** Somebody on a line so slow that an answer is still on its way while other things happen. */
export class SlowReader {
  private constructor(private readonly answer: IncomingMessage) {}

  /** Asks, and reads nothing yet. Resolves when the answer has begun. */
  static async ask(someone: Someone, path: string): Promise<SlowReader> {
    const asked = request(someone.app.url + path, {
      headers: { cookie: someone.cookie, 'accept-encoding': 'identity' },
    })
    asked.end()
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    answer.pause()
    return new SlowReader(answer)
  }

  get status(): number {
    return this.answer.statusCode ?? 0
  }

  /** Reads on, as slowly. @returns what came, and whether that was all of it */
  async readOn(): Promise<{ words: string; whole: boolean }> {
    const chunks: Buffer[] = []
    this.answer.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      this.answer.pause()
      setTimeout(() => this.answer.resume(), REST_MS)
    })
    this.answer.on('error', () => undefined)
    this.answer.resume()
    if (!this.answer.closed) await new Promise<void>((closed) => this.answer.once('close', () => closed()))
    return { words: Buffer.concat(chunks).toString(), whole: this.answer.complete }
  }
}
