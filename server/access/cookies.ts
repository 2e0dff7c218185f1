import { parse } from 'cookie'
import type { Request, Response } from 'express'

/**
 * A projector has a cookie of its own, so that one browser can be both its person and the screen; `service` is held by
 * who is on the way through the sign-in service of their agency; `link` by who opened their own link to sealed plans,
 * which is no way into a meeting.
 */
export const COOKIES = {
  person: 'ourplan',
  projector: 'ourplan_projector',
  service: 'ourplan_service',
  link: 'ourplan_link',
} as const
export type CookieName = (typeof COOKIES)[keyof typeof COOKIES]

/** The longest that browsers keep a cookie. How long a session lasts is decided by the server alone. */
const KEPT_MS = 400 * 24 * 60 * 60_000

export function readCookie(header: string | undefined, name: CookieName): string | undefined {
  return header ? parse(header)[name] : undefined
}

export function setCookie(request: Request, response: Response, name: CookieName, token: string): void {
  response.cookie(name, token, { ...attributes(request), maxAge: KEPT_MS })
}

export function clearCookie(request: Request, response: Response, name: CookieName): void {
  response.clearCookie(name, attributes(request))
}

/** Secure only where the request came over https: phones try the product on a plain address of the local network. */
function attributes(request: Request) {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: request.secure } as const
}
