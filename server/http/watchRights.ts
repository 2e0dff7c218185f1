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

const openingsOf = (visitor: unknown): readonly Opening[] =>
  (visitor as { openings?: Opening[] } | null)?.openings ?? []

/**
 * Somebody may still ask, but does everything stand open that stood open when the answer was begun?
 *
 * @throws access/changed when a release that the answer may rest on is over: asked anew, it comes without those words
 */
export function requireNothingLost(before: unknown, now: unknown): void {
  const open = new Set(openingsOf(now).map(partKey))
  if (openingsOf(before).some((opening) => !open.has(partKey(opening)))) throw new PlanError('access/changed')
}
