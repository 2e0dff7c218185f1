import type { RequestHandler, Response } from 'express'
import { PlanError } from '../../shared/errors'
import { partKey } from '../../shared/part'
import type { Access, Opening } from '../access/Access'

/** What a route says about its answer, so that it can be stopped on the way. */
interface Watched {
  /** Have anybody's rights changed since the request came? */
  changed: boolean
  /** Throws when who asked may not have this any more. */
  askAgain?: () => Promise<unknown>
}

const watched = (response: Response): Watched => (response.locals['rights'] ??= { changed: false }) as Watched

/**
 * Answers take time: a large export is still on its way when a release is taken back. When rights change, whoever waits for
 * an answer is asked about again, and the answer of who may not have it any more ends where it is.
 */
export function watchRights({ changes }: Pick<Access, 'changes'>): RequestHandler {
  return (_request, response, next) => {
    const rights = watched(response)
    const onChange = () => {
      rights.changed = true
      if (response.headersSent) rights.askAgain?.().catch(() => response.destroy())
    }
    changes.on('changed', onChange)
    response.once('close', () => changes.off('changed', onChange))
    next()
  }
}

/**
 * For the moment before an answer is sent: asks again where rights changed while it was made, and from now on whenever
 * they do.
 *
 * @throws what `askAgain` throws
 */
export async function stillAllowed(response: Response, askAgain: () => Promise<unknown>): Promise<void> {
  const rights = watched(response)
  rights.askAgain = askAgain
  // One that came while we asked is asked about as well.
  while (rights.changed) {
    rights.changed = false
    await askAgain()
  }
}

/** What may stand open to who asks, in the terms of a route: releases, and what else its answer reaches. */
interface Reaching {
  openings?: readonly Opening[]
  /** Ids of meetings, where the answer is about several. */
  reach?: ReadonlySet<string>
}

const openingsOf = (visitor: unknown) => (visitor as Reaching | null)?.openings ?? []
const reachOf = (visitor: unknown) => (visitor as Reaching | null)?.reach ?? new Set<string>()

/**
 * Somebody may still ask, but does everything stand open that stood open when the answer was begun?
 *
 * @throws access/changed when a release that the answer may rest on is over: asked anew, it comes without those words
 */
export function requireNothingLost(before: unknown, now: unknown): void {
  const open = new Set(openingsOf(now).map(partKey))
  const reach = reachOf(now)
  const isLost =
    openingsOf(before).some((opening) => !open.has(partKey(opening))) ||
    [...reachOf(before)].some((id) => !reach.has(id))
  if (isLost) throw new PlanError('access/changed')
}
