import { Router, type Request, type Response } from 'express'
import type { WhoIsWho } from '../../shared/whoIsWho'
import type { Access, Visitor } from '../access/Access'
import { createAdmitInside } from './admitInside'
import type { Desk } from './desk'
import type { Places } from './places'
import { renderTeam } from './renderTeam'

interface Needs {
  access: Access
  places: Places
  desk: Desk
  readWhoIsWho(viewer: Visitor): Promise<WhoIsWho>
}

/** Who is who, for phones that run no scripts. */
export function createTeamPages(needs: Needs): Router {
  const { desk, readWhoIsWho } = needs
  const admit = createAdmitInside(needs)

  async function showTeam(request: Request, response: Response): Promise<void> {
    const inside = await admit(request, response, 'people:read')
    if (!inside) return
    const { place, visitor, own } = inside
    const voice = desk.voiceFor(request, place.membership.language)
    const [sign, team] = await Promise.all([desk.signOf(place.meeting, voice.language), readWhoIsWho(visitor)])
    response.send(renderTeam(voice, { sign, team, plan: `${own}/plan`, timeZone: place.meeting.timeZone }))
  }

  return Router().get('/j/:code/team', showTeam)
}
