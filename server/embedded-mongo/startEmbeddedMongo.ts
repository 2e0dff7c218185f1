import { Worker } from 'node:worker_threads'
import { type WorkerMessage, type WorkerOptions } from './WorkerMessage'

export type EmbeddedMongoOptions = {
  dataDir: string
  /** Another process has the folder; it is waited for. */
  onWaiting?: (pid: number) => void
  waitMs?: number
  /** The store ended on its own. Nothing can be saved any more: unless this is given, the process ends. */
  onCrash?: (error: Error) => void
}
export type EmbeddedMongo = { uri: string; close(): Promise<void> }

/** Starts the embedded store in a thread of this process. Mongoose connects to `uri` as to any MongoDB. */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const { dataDir, onWaiting = () => undefined, waitMs = 10_000, onCrash = endProcess } = options
  const worker = startWorker({ dataDir, waitMs })
  const uri = await new Promise<string>((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if ('waiting' in message) onWaiting(message.waiting)
      if ('failed' in message) reject(new Error(message.failed))
      if ('uri' in message) resolve(message.uri)
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the embedded store ended before it was ready')))
  }).catch(async (error: unknown) => {
    await worker.terminate()
    throw error
  })
  return { uri, close: watch(worker, onCrash) }
}

/** In a bundle the worker lies beside it as JavaScript. As a source (tsx, vitest) it needs tsx in its own thread. */
function startWorker(options: WorkerOptions): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./storeWorker.js', import.meta.url), { workerData: options })
  }
  const tsx = import.meta.resolve('tsx/esm/api')
  const source = new URL('./storeWorker.ts', import.meta.url).href
  return new Worker(`import('${tsx}').then(({ register }) => register() && import('${source}'))`, {
    workerData: options,
    eval: true,
    execArgv: [],
  })
}

/** Reports it when the worker ends without having been asked to. Returns the way to ask it. */
function watch(worker: Worker, onCrash: (error: Error) => void): () => Promise<void> {
  let cause: Error | undefined
  let closing: Promise<void> | undefined
  worker.on('error', (error) => (cause = error as Error))
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      if (!closing) onCrash(new Error('the embedded store ended unexpectedly', { cause }))
      resolve()
    })
  })
  return () => {
    closing ??= closeWorker(worker, ended)
    return closing
  }
}

async function closeWorker(worker: Worker, ended: Promise<void>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    worker.on('message', (message: WorkerMessage) => 'closed' in message && resolve())
  })
  worker.postMessage('close')
  await Promise.race([closed, ended])
  await worker.terminate()
}

/** Thrown outside of any promise: an orderly stop may listen for it, and otherwise Node.js ends the process. */
function endProcess(error: Error): void {
  setImmediate(() => {
    throw error
  })
}
