import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from 'pino'
import { ERRORS, PlanError, type ErrorBody } from '../../shared/errors'
import { withoutContent } from './withoutContent'

/** An error in our words, also what Express and its body parser throw; undefined when it is nothing a client did. */
export function toPlanError(error: unknown): PlanError | undefined {
  if (error instanceof PlanError) return error
  const { status, type } = error as { status?: unknown; type?: unknown }
  if (type === 'entity.too.large') return new PlanError('request/too-large', { cause: error })
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new PlanError('request/invalid', { cause: error })
  }
  return undefined
}

/** The HTTP edge of the error table. Mounted last. */
export function errorHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const known = toPlanError(error)
    if (!known) log.error({ route: request.route?.path, ...withoutContent(error) }, 'unexpected error')
    if (response.headersSent) return next(error)
    const refused = known ?? new PlanError('server/trouble')
    const body: ErrorBody = { error: { code: refused.code, message: refused.message } }
    response.status(ERRORS[refused.code].http).json(body)
  }
}

/** For API paths that the table does not name. */
export const noSuchRoute: RequestHandler = () => {
  throw new PlanError('route/not-found')
}
