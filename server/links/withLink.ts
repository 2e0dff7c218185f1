import type { Request, Response } from 'express'
import { clearCookie, COOKIES, readCookie } from '../access/cookies'
import type { StoredLink } from './linkModel'
import type { Links } from './links'

type Show = (link: StoredLink, request: Request, response: Response) => Promise<void>

export type WithLink = ReturnType<typeof createWithLink>

/** Whoever has no open link is asked for one, whatever the reason. */
export function createWithLink(links: Links) {
  return (show: Show) =>
    async (request: Request, response: Response): Promise<void> => {
      const link = await links.findOpen(readCookie(request.headers.cookie, COOKIES.link))
      if (link) return show(link, request, response)
      clearCookie(request, response, COOKIES.link)
      response.redirect(303, '/f')
    }
}
