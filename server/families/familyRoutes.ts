import { Router } from 'express'
import type { Answer, MeetingSummary } from '../../shared/api'
import type { Access } from '../access/Access'
import type { Session } from '../access/sessions'
import { serve } from '../http/serve'
import { byStaff } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Families } from './families'

interface Needs {
  access: Access
  families: Families
  record: RecordKeeper
  meetingsOf(familyId: string, session: Session): Promise<MeetingSummary[]>
  /** The last sealed version in the family's chain. */
  findLastSealed(familyId: string): Promise<Answer<'readFamily'>['lastSealed']>
}

export function createFamilyRoutes({ access, families, record, meetingsOf, findLastSealed }: Needs): Router {
  const router = Router()

  serve(router, 'createFamily', access.staff('family:create'), async ({ visitor, body }) => {
    const family = await families.create({ ...body, createdBy: visitor.person.id })
    record.report({ what: 'family-made', ...byStaff(visitor.person), familyId: family.id, about: {} })
    return family
  })

  serve(router, 'listFamilies', access.staff('family:read'), async ({ visitor }) => {
    return { families: await families.listFor(visitor.person.id) }
  })

  serve(router, 'readFamily', access.staff('family:read'), async ({ visitor, params }) => {
    const family = await families.readFor(visitor.person.id, params.familyId)
    const [meetings, lastSealed] = await Promise.all([
      meetingsOf(family.id, visitor.session),
      findLastSealed(family.id),
    ])
    return { family, meetings, lastSealed }
  })

  return router
}
