import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Demo } from '../../server/demo/showDemo'

interface Message {
  stage: string
  local?: string
  message?: string
  pid?: number
  demo?: Demo | null
  fingerprint?: string
}

// Each starts whole processes from the sources, which takes long on a busy machine.
describe('the server as a process', { timeout: 120_000 }, () => {
  let dataDir: string
  const running = new Set<ChildProcess>()
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'ourplan-main-'))
    return async () => rm(dataDir, { recursive: true })
  })
  afterEach(async () => {
    await Promise.all([...running].map((child) => stop(child, 'SIGKILL')))
  })

  /** Starts it as `npm start` does. */
  function start(env: NodeJS.ProcessEnv = {}) {
    const settings = { HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, MONGODB_URI: '', NODE_ENV: '', ...env }
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
      env: { ...process.env, ...settings },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    running.add(child)
    const told: Message[] = []
    const listeners = new Set<() => void>()
    child.on('message', (message: Message) => {
      told.push(message)
      listeners.forEach((look) => look())
    })
    const until = (stage: string) =>
      new Promise<Message>((resolve) => {
        const look = () => {
          const found = told.find((message) => message.stage === stage)
          if (found) resolve(found)
        }
        listeners.add(look)
        look()
      })
    return { child, told, until }
  }

  async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (!running.delete(child) || child.exitCode !== null) return child.exitCode
    const exited = once(child, 'exit') as Promise<[number | null]>
    child.kill(signal)
    return (await exited)[0]
  }

  it('[ME19] [VE16] tells each step, stops in good order when asked, and finds everything again, its key too', async () => {
    const first = start()
    const ready = await first.until('ready')
    expect(first.told.map(({ stage }) => stage)).toEqual(['store', 'demo', 'ready'])
    expect(ready.demo!.people.map(({ email }) => email)).toContain('wren@demo.ourplan')
    const path = new URL(ready.demo!.meetings[0]!.joinUrl).pathname
    expect((await fetch(ready.local + path)).status).toBe(200)
    expect(await stop(first.child)).toBe(0)

    const second = start()
    const again = await second.until('ready')
    expect(new URL(again.demo!.meetings[0]!.joinUrl).pathname).toBe(path)
    expect((await fetch(again.local + path)).status).toBe(200)
    expect(again.fingerprint).toBe(ready.fingerprint)
    const key = await (await fetch(`${again.local}/.well-known/ourplan-key`)).json()
    expect(key).toMatchObject({ algorithm: 'Ed25519', fingerprint: ready.fingerprint })
    expect(await stop(second.child, 'SIGINT')).toBe(0)
  })

  it('[ME19] waits for the one before it to let go of the data folder, and says for whom it waits', async () => {
    const first = start()
    await first.until('ready')
    const second = start()
    expect((await second.until('waiting')).pid).toBe(first.child.pid)
    await stop(first.child)
    await second.until('ready')
    expect(await stop(second.child)).toBe(0)
  })

  it('[AC24] says why it does not start, and fails', async () => {
    const { child, until } = start({ NODE_ENV: 'production' })
    const exited = once(child, 'exit')
    expect((await until('failed')).message).toContain('MONGODB_URI')
    expect(await exited).toEqual([1, null])
  })
})
