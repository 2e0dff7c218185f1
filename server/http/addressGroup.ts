import { isIPv4, isIPv6 } from 'node:net'

/**
 * Who counts as one when guesses are counted: an IPv4 address, or the /64 that one household or phone gets of IPv6.
 * An IPv4 address written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
 */
export function addressGroup(address: string | undefined): string {
  const bare = (address ?? '').replace(/%.*$/, '').toLowerCase()
  const mapped = /^(?:0*:)*:?ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1]
  if (mapped && isIPv4(mapped)) return mapped
  if (!isIPv6(bare)) return bare || 'unknown'
  const [before = '', after] = bare.split('::')
  const head = before === '' ? [] : before.split(':')
  // An IPv4 tail stands for two groups; it can only touch the first four when it is mapped, which was handled above.
  const tail = after === undefined || after === '' ? [] : after.split(':')
  const tailLength = tail.length + (tail.at(-1)?.includes('.') ? 1 : 0)
  const middle = after === undefined ? [] : Array<string>(8 - head.length - tailLength).fill('0')
  const groups = [...head, ...middle, ...tail].slice(0, 4)
  return `${groups.map((group) => parseInt(group, 16).toString(16)).join(':')}::/64`
}
