import type { Request } from 'express'
import type { Config } from '../config'
import { networkAddresses } from './networkAddresses'

const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * The address to print and show as a QR code, without a slash at the end: the configured one, else the one this
 * request came to. Where that is `localhost`, no phone could follow it, so the machine's address in its network.
 */
export function publicUrl(config: Config, request: Request): string {
  if (config.publicUrl) return config.publicUrl
  const asked = `${request.protocol}://${request.host}`
  const url = new URL(URL.canParse(asked) ? asked : 'http://localhost')
  const [address] = networkAddresses(config.host)
  if (THIS_MACHINE.has(url.hostname) && address) url.hostname = address
  return url.origin
}
