import type { RequestHandler } from 'express'
import type { Logger } from 'pino'

/** One line a request: method, pattern of the route (never the address itself, it may hold a code), status, time. */
export function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    const started = performance.now()
    response.on('finish', () => {
      const route: unknown = request.route?.path
      const ms = Math.round(performance.now() - started)
      log.info({
        method: request.method,
        route: typeof route === 'string' ? route : null,
        status: response.statusCode,
        ms,
      })
    })
    next()
  }
}
