import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../server/boot/smallClone'
import { borrowDatabase } from './startTestApp'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PROGRAM = 'dist/server/main.js'
/** Longest wait until it can be used, ms; a machine that does much else is slow. */
const START_MS = 60_000

interface Options {
  /** Settings beside those of every journey; undefined takes one away. */
  env?: Record<string, string | undefined>
}

type Ready = { stage: string; message?: string; demo?: { meetings: { title: string; joinUrl: string }[] } | null }

/**
 * The production build as a process of its own, with a data folder of its own (or a database of MONGODB_URI's server,
 * where that is set), on a port that stays the same.
 */
export class RunningServer {
  #child: ChildProcess | undefined
  #lines: string[] = []

  private constructor(
    readonly port: number,
    readonly dataDir: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly borrowed: { close(): Promise<void> } | null,
  ) {}

  /** @returns once people can come in */
  static async start({ env = {} }: Options = {}): Promise<RunningServer> {
    if (!existsSync(join(ROOT, PROGRAM))) throw new Error('Nothing is built yet: npm run build')
    const [port, dataDir] = await Promise.all([freePort(), mkdtemp(join(tmpdir(), 'ourplan-journey-'))])
    const own = { HOST: '127.0.0.1', PORT: port, DATA_DIR: dataDir, PUBLIC_URL: `http://127.0.0.1:${port}` }
    const { MONGODB_URI: given, NODE_ENV: _, ...inherited } = process.env
    const borrowed = given && !env.MONGODB_URI ? borrowDatabase(given, `ourplan_journey_${port}`) : null
    const database = borrowed ? { MONGODB_URI: borrowed.uri, OURPLAN_DEMO: '1' } : {}
    const server = new RunningServer(Number(port), dataDir, { ...inherited, ...own, ...database, ...env }, borrowed)
    await server.restart()
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** What it logged, for when something is not as it should be. */
  get log(): string {
    return this.#lines.join('')
  }

  /** Starts it again on the same data and the same port. */
  async restart(): Promise<void> {
    const child = spawn(process.execPath, [PROGRAM], {
      cwd: ROOT,
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#child = child
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => this.#lines.push(String(text)))
    await this.#untilReady(child)
  }

  async #untilReady(child: ChildProcess): Promise<void> {
    const signal = AbortSignal.timeout(START_MS)
    const ended = once(child, 'exit', { signal }).then(([code]) => {
      throw new Error(`the server ended with ${code}:\n${this.log}`)
    })
    const ready = new Promise<void>((resolve, reject) => {
      child.on('message', ({ stage, message }: Ready) => {
        if (stage === 'ready') resolve()
        if (stage === 'failed') reject(new Error(message))
      })
    })
    await Promise.race([ready, ended])
    ended.catch(() => undefined)
  }

  /** As when somebody pulls the plug: no handler runs. Resolves when it is gone. */
  kill(): Promise<number | null> {
    return this.#end('SIGKILL')
  }

  /** Stops it in good order. @returns its exit code */
  stop(): Promise<number | null> {
    return this.#end('SIGTERM')
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    const exited = once(child, 'exit')
    child.kill(signal)
    const [code] = (await exited) as [number | null]
    return code
  }

  /** Stops it and throws its data away. */
  async close(): Promise<void> {
    await this.stop()
    await this.borrowed?.close()
    await rm(this.dataDir, { recursive: true, force: true })
  }
}
