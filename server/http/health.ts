import { Router, type Request } from 'express'
import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Metrics } from './metrics'

/** How long the database may take to answer a ping. */
const PING_MS = 2_000
const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/
/** Each says that somebody else asked, through a proxy on this machine. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'] as const

async function answers(db: Connection): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, PING_MS, false)))
  const ping = async () => {
    if (db.readyState !== 1 || !db.db) return false
    await db.db.command({ ping: 1 })
    return true
  }
  try {
    return await Promise.race([ping(), late])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

/** Did this machine itself ask? Decided by the connection, never by what a header claims. */
function isFromHere(request: Request): boolean {
  const address = request.socket.remoteAddress ?? ''
  return LOOPBACK.test(address) && FORWARDED.every((header) => request.headers[header] === undefined)
}

/** What machines ask: is the process alive, can it work, what does it count (the last only on this machine). */
export function createHealth({ db, metrics }: { db: Connection; metrics: Metrics }): Router {
  const router = Router()
  router.get('/healthz', (_request, response) => {
    response.json({ ok: true })
  })
  router.get('/readyz', async (_request, response) => {
    const ok = await answers(db)
    response.status(ok ? 200 : 503).json({ ok })
  })
  router.get('/metrics', async (request, response) => {
    if (!isFromHere(request)) throw new PlanError('route/not-found')
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
  return router
}
