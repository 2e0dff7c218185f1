import { Router } from 'express'
import type { Access } from '../access/Access'
import { serve } from '../http/serve'
import { byStaff } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Team } from './team'

interface Needs {
  access: Access
  record: RecordKeeper
  team: Team
}

export function createTeamRoutes({ access, record, team }: Needs): Router {
  const router = Router()
  const admit = access.staff('family:team')

  serve(router, 'listTeam', admit, async ({ visitor: { person }, params: { familyId } }) => {
    return { team: await team.list(person, familyId) }
  })

  serve(router, 'addToTeam', admit, async ({ visitor: { person }, params: { familyId }, body }) => {
    const { colleague, all } = await team.add(person, familyId, body.email)
    record.report({ what: 'team-added', familyId, ...byStaff(person), about: { staffId: colleague.id } })
    return { team: all }
  })

  serve(router, 'removeFromTeam', admit, async ({ visitor: { person }, params: { familyId, staffId } }) => {
    const removed = await team.remove(person, familyId, staffId)
    if (removed) record.report({ what: 'team-removed', familyId, ...byStaff(person), about: { staffId } })
    return undefined
  })

  return router
}
