import { build } from 'esbuild'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'

const SOURCE = 'server/embedded-mongo/main.ts'
/** As it is started from the sources; the bundle starts several times faster. */
export const FROM_SOURCE = ['--import', 'tsx', SOURCE]

let bundled: Promise<string[]> | undefined

async function bundle(): Promise<string[]> {
  const outfile = 'node_modules/.cache/embedded-mongo.mjs' // inside node_modules, so that it finds lmdb
  const options = { bundle: true, platform: 'node', format: 'esm', packages: 'external', write: false } as const
  const { outputFiles } = await build({ entryPoints: [SOURCE], ...options })
  await mkdir(dirname(outfile), { recursive: true })
  await writeFile(`${outfile}.${process.pid}`, outputFiles[0]!.contents)
  await rename(`${outfile}.${process.pid}`, outfile) // several test files may be doing this at once
  return [outfile]
}

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
export async function startStoreProcess(dataDir: string, port = 0, program?: string[]): Promise<StoreProcess> {
  const child = spawn(
    process.execPath,
    [...(program ?? (await (bundled ??= bundle()))), '--data', dataDir, '--port', String(port)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const uri = await listeningAt(child)
  const exited = once(child, 'exit') as Promise<[number | null]>
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    return (await exited)[0]
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
