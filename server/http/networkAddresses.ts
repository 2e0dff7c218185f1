import { networkInterfaces } from 'node:os'

const EVERYWHERE = new Set(['0.0.0.0', '::'])

/**
 * The addresses other devices in the same network can reach this server at.
 *
 * @param host what it listens on: everywhere, or one address, which may be for this machine alone
 */
export function networkAddresses(host: string): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(
      ({ family, internal, address }) => family === 'IPv4' && !internal && (EVERYWHERE.has(host) || address === host),
    )
    .map(({ address }) => address)
}
