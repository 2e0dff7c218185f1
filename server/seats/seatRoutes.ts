import { Router } from 'express'
import type { Participant } from '../../shared/meeting'
import type { Access } from '../access/Access'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Seats } from './seats'

interface Needs {
  access: Access
  record: RecordKeeper
  seats: Seats
  tellPerson(meetingId: string, me: Participant): void
}

/** Seats that stay empty, and who is asked in for them. */
export function createSeatRoutes({ access, record, seats, tellPerson }: Needs): Router {
  const router = Router()

  serve(router, 'readSeats', access.participant('seat:fill'), ({ visitor }) => seats.view(visitor))

  serve(router, 'fillSeat', access.participant('seat:fill'), async ({ visitor, params }) => {
    const person = await seats.fill(visitor, params.onCallId)
    tellPerson(visitor.meetingId, person)
    const about = { participantId: person.id, agency: person.agency }
    record.report({ what: 'seat-asked', ...by(visitor), about })
    return seats.view(visitor)
  })

  return router
}
