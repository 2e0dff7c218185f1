import { Router } from 'express'
import type { Access } from '../access/Access'
import { authorize } from '../access/authorize'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Attending } from './attending'
import type { TellPerson } from './tellPerson'

interface Needs {
  access: Access
  record: RecordKeeper
  tellPerson: TellPerson
  attending: Attending
}

/** How people take part in a meeting. */
export function createAttendingRoutes({ access, record, tellPerson, attending }: Needs): Router {
  const router = Router()

  serve(router, 'addPerson', access.participant('participant:admit'), async ({ visitor, body }) => {
    const person = await attending.addPerson(visitor.meetingId, body)
    tellPerson(visitor.meetingId, person)
    const about = { participantId: person.id, role: person.role, agency: person.agency }
    record.report({ what: 'admitted', ...by(visitor), about })
    return person
  })

  serve(router, 'attend', access.participant('people:read'), async ({ visitor, params, body }) => {
    if (params.participantId !== visitor.participantId) authorize(visitor, 'participant:admit')
    const person = await attending.attend(visitor.meetingId, params.participantId, body)
    tellPerson(visitor.meetingId, person)
    return person
  })

  return router
}
