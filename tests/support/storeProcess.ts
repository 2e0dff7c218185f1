import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

const SOURCE = ['--import', 'tsx', 'server/embedded-mongo/main.ts']

export type StoreProcess = {
  uri: string
  port: number
  pid: number
  /** Ends it as a power switch would: no handler runs. Resolves when it is gone. */
  kill(): Promise<void>
  /** Asks it to stop in order, and gives its exit code. */
  stop(): Promise<number | null>
}

/** Starts the embedded store as a process of its own and waits until it listens. */
export async function startStoreProcess(dataDir: string, port = 0, program: string[] = SOURCE): Promise<StoreProcess> {
  const child = spawn(process.execPath, [...program, '--data', dataDir, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const uri = await listeningAt(child)
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const exited = once(child, 'exit')
    child.kill(signal)
    const [code] = (await exited) as [number | null]
    return code
  }
  return {
    uri,
    port: Number(new URL(uri).port),
    pid: child.pid!,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  }
}

async function listeningAt(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const uri = /listening on (\S+)/.exec(line)?.[1]
    if (uri) return uri
  }
  throw new Error('the store ended before it listened')
}
