import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Seconds a commit may take, as steps of a histogram. */
const COMMIT_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

export type Metrics = ReturnType<typeof createMetrics>

/** What this process counts. No label ever names a person, a family or a meeting. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    liveConnections: new Gauge({
      name: 'ourplan_live_connections',
      help: 'Open connections to live plans.',
      registers,
    }),
    livePlans: new Gauge({ name: 'ourplan_live_plans', help: 'Live plans in memory.', registers }),
    updates: new Counter({
      name: 'ourplan_live_updates_total',
      help: 'Updates with words that were taken in.',
      registers,
    }),
    refusals: new Counter({
      name: 'ourplan_live_refusals_total',
      help: 'Updates with words that were refused.',
      labelNames: ['code'] as const,
      registers,
    }),
    commits: new Histogram({
      name: 'ourplan_live_commit_seconds',
      help: 'How long it takes to store a batch of updates durably.',
      buckets: COMMIT_SECONDS,
      registers,
    }),
    failedCommits: new Counter({
      name: 'ourplan_live_failed_commits_total',
      help: 'Batches that could not be stored; their writers were told.',
      registers,
    }),
  }
}
