import { parentPort, workerData } from 'node:worker_threads'
import { openStore } from './openStore'
import { type WorkerMessage, type WorkerOptions } from './WorkerMessage'

// The store's own thread: syncing the disk blocks, and must not block those who serve people.

const tell = (message: WorkerMessage) => parentPort!.postMessage(message)

try {
  const { dataDir, waitMs } = workerData as WorkerOptions
  const store = await openStore({ dataDir, waitMs, onWaiting: (pid) => tell({ waiting: pid }) })
  tell({ uri: store.uri })
  parentPort!.once('message', () => void store.close().then(() => tell({ closed: true })))
} catch (error) {
  tell({ failed: (error as Error).message })
}
