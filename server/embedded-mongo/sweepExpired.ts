import { forgetSessions } from './answerOnce'
import { type Collection, type Index } from './Catalog'
import { type Store } from './Command'
import { findDocuments } from './findDocuments'
import { type GroupCommit } from './GroupCommit'
import { removeDocument } from './writeDocument'

const BATCH = 500
const SWEEP_MS = 1000
const SESSION_MS = 30 * 60_000

/** Removes, every second, the documents whose time is over (indexes with `expireAfterSeconds`). Returns the stop. */
export function sweepExpired(store: Store, commits: GroupCommit): () => void {
  let stopped = false
  let sessionsSweptAt = 0
  let timer: NodeJS.Timeout
  const sweepAgain = () => {
    if (stopped) return
    timer = setTimeout(() => {
      sweep()
        .catch((error: unknown) => console.error('embedded-mongo: sweeping failed, will try again', error))
        .finally(sweepAgain)
    }, SWEEP_MS)
  }
  const sweep = async () => {
    await sweepDocuments(store, commits)
    if (Date.now() - sessionsSweptAt < SESSION_MS) return
    sessionsSweptAt = Date.now()
    await commits.run(() => forgetSessions(store.keyspace, new Date(sessionsSweptAt - SESSION_MS)))
  }
  sweepAgain()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

async function sweepDocuments(store: Store, commits: GroupCommit): Promise<void> {
  store.cursors.forgetIdle(Date.now())
  for (const collection of store.catalog.all()) {
    for (const index of collection.indexes) await sweepIndex(store, commits, collection, index)
  }
}

async function sweepIndex(store: Store, commits: GroupCommit, collection: Collection, index: Index): Promise<void> {
  if (index.expireAfterSeconds === null) return
  const [[path]] = index.pattern as [[string, 1 | -1]]
  const expired = { filter: { [path]: { $lte: new Date(Date.now() - index.expireAfterSeconds * 1000) } }, limit: BATCH }
  // Looking costs no commit; most of the time there is nothing.
  while (!findDocuments(store.keyspace, collection, expired).next().done) {
    await commits.run(() => {
      const current = store.catalog.find(collection.db, collection.name)
      for (const { doc } of [...findDocuments(store.keyspace, current, expired)]) removeDocument(store, current!, doc)
    })
  }
}
