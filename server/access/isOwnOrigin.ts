import type { IncomingHttpHeaders } from 'node:http'

const PAGES: readonly string[] = ['http:', 'https:']

/**
 * Did a page of ours send this? True also without an `Origin`: only browsers send one, and they always do so for
 * sockets and for what changes something. Where people reach us by https, a page of the same host over plain http is
 * not ours: anybody on the way could have written it.
 */
export function isOwnOrigin({ origin, host }: IncomingHttpHeaders, publicUrl: string | null): boolean {
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  const from = new URL(origin)
  const known = publicUrl === null ? null : new URL(publicUrl)
  if (from.host === known?.host) return from.origin === known.origin
  return PAGES.includes(from.protocol) && from.host === host?.toLowerCase()
}
