import type { IncomingHttpHeaders } from 'node:http'

/** Did a page of ours send this? True also without an `Origin`: only browsers send one, and they always do so for
 * sockets and for what changes something. */
export function isOwnOrigin(headers: IncomingHttpHeaders, publicUrl: string | null): boolean {
  const { origin, host } = headers
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  return url.origin === publicUrl || (host !== undefined && url.host === host.toLowerCase())
}
