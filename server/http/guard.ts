import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { PlanError } from '../../shared/errors'
import { isOwnOrigin } from '../access/isOwnOrigin'
import type { Config } from '../config'

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses what another website makes a browser send here. */
export function sameOriginWrites(config: Config): RequestHandler {
  return (request, _response, next) => {
    if (READS.has(request.method)) return next()
    const foreign =
      request.headers['sec-fetch-site'] === 'cross-site' || !isOwnOrigin(request.headers, config.publicUrl)
    next(foreign ? new PlanError('request/foreign') : undefined)
  }
}

const OTHER_SITES: readonly unknown[] = ['cross-site', 'same-site']

/**
 * Refuses what another website makes a browser read here: all it may do is lead people to one of our pages. An image
 * there that loads from a door would otherwise guess codes from its readers' addresses.
 */
export const noForeignReads: RequestHandler = (request, _response, next) => {
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest } = request.headers
  const isVisit = mode === 'navigate' && dest === 'document' && !/^\/api(\/|$)/i.test(request.path)
  next(OTHER_SITES.includes(site) && !isVisit ? new PlanError('request/foreign') : undefined)
}

/** Answers are kept by nobody on the way, unless they say themselves that they may be. */
export const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store')
  next()
}

/**
 * Security headers that also fit a plain http address of the local network: nothing is upgraded to https, and only
 * https pins itself.
 *
 * @param styleHashes CSP hashes of the inline style sheets that server-rendered pages carry
 */
export function securityHeaders(config: Config, styleHashes: readonly string[]): RequestHandler {
  const publicHost = config.publicUrl && new URL(config.publicUrl).host
  const secure = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", ...styleHashes.map((hash) => `'${hash}'`)],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", (request) => socketSources(publicHost ?? request.headers.host)],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: config.publicUrl?.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    // A browser ignores it on plain http and says so on every page load.
    crossOriginOpenerPolicy: config.publicUrl?.startsWith('https:') ? { policy: 'same-origin' } : false,
    originAgentCluster: false,
  })
  return (request, response, next) => secure(request, response, next)
}

/** Older Safari does not count WebSockets as `'self'`. */
function socketSources(host: string | undefined): string {
  return host && /^[\w.:[\]-]+$/.test(host) ? `ws://${host} wss://${host}` : "'self'"
}
