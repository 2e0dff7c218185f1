import type { VersionSummary } from '../../../shared/version'

/**
 * What people mean by "last time": the latest sealed version before, else the plan as it was brought from the last
 * meeting.
 *
 * @param versions latest first
 * @param to the version to look back from; null for the plan as it is now
 */
export function lastTime<V extends VersionSummary>(versions: V[], to: V | null): V | null {
  const earlier = to ? versions.slice(versions.indexOf(to) + 1) : versions
  return (
    earlier.find(({ kind }) => kind === 'sealed') ?? earlier.find(({ reason }) => reason === 'carried-over') ?? null
  )
}
