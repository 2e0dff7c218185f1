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
  findLastSealed(familyId: string): Promise<{ meetingId: string; chain: number; at: string } | null>
  /** Was one of these members ever inside the meeting? */
  wasIn(meetingId: string, memberIds: readonly string[]): Promise<boolean>
}

export function createFamilyRoutes({ access, families, record, meetingsOf, findLastSealed, wasIn }: Needs): Router {
  const router = Router()

  /** The plan the next meeting would start from; does it come from somebody who must not meet another of the family? */
  async function lastSealed(familyId: string): Promise<Answer<'readFamily'>['lastSealed']> {
    const [last, apart] = await Promise.all([findLastSealed(familyId), families.apartIn(familyId)])
    if (!last) return null
    const { meetingId, ...shown } = last
    return { ...shown, apart: apart.length > 0 && (await wasIn(meetingId, apart.flat())) }
  }

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
    const [meetings, last] = await Promise.all([meetingsOf(family.id, visitor.session), lastSealed(family.id)])
    return { family, meetings, lastSealed: last }
  })

  return router
}
