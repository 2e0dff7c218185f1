import type { RequestHandler } from 'express'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

export type Metrics = ReturnType<typeof createMetrics>

/**
 * What this process counts. No label ever names a person, a family, a meeting or an address.
 *
 * @param openPlans how many live plans are in memory now
 */
export function createMetrics({ openPlans }: { openPlans: () => number }) {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'ourplan_live_plans',
    help: 'Live plans in memory.',
    registers,
    collect() {
      this.set(openPlans())
    },
  })
  const requests = new Histogram({
    name: 'ourplan_http_request_seconds',
    help: 'How long requests take, by the pattern of their route.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: SECONDS,
    registers,
  })

  /** Counts every request that comes by. */
  const countRequests: RequestHandler = (request, response, next) => {
    const stop = requests.startTimer()
    response.on('finish', () => {
      const route: unknown = request.route?.path
      // Methods and paths that nobody made are not worth a row each.
      const known = typeof route === 'string'
      stop({ method: known ? request.method : '', route: known ? route : '', status: String(response.statusCode) })
    })
    next()
  }

  return { registry, countRequests }
}
