import type { Request, Response } from 'express'
import type { Action } from '../../shared/roles'
import type { Access, Visitor } from '../access/Access'
import { authorize } from '../access/authorize'
import { keepLanguage } from './desk'
import type { Place, Places } from './places'

interface Inside {
  place: Place
  meetingId: string
  visitor: Visitor
  /** The door's address, as this browser knows it. */
  own: string
}

export type AdmitInside = ReturnType<typeof createAdmitInside>

export const ownAddress = (request: Request) => `/j/${encodeURIComponent(String(request.params.code))}`

/** Admits somebody to a plain page of what is inside; who is not let in is sent back to the door, and null is answered. */
export function createAdmitInside({ access, places }: { access: Access; places: Places }) {
  return async function admit(request: Request, response: Response, action: Action): Promise<Inside | null> {
    const own = ownAddress(request)
    const place = await places.findPlace(request)
    if (place?.membership.state !== 'admitted') {
      response.redirect(303, `${own}/waiting${keepLanguage(request)}`)
      return null
    }
    const meetingId = place.meeting._id.toHexString()
    const visitor = await access.visit(request.headers.cookie, meetingId, 'participant')
    authorize(visitor, action)
    return { place, meetingId, visitor, own }
  }
}
