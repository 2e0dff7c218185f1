import { Router } from 'express'
import type { Access, Visitor } from '../access/Access'
import { serve } from '../http/serve'
import type { Leading } from '../meetings/leading'
import { by } from '../record/actors'
import type { Contacts } from './contacts'
import type { ReadWhoIsWho } from './whoIsWho'

interface Needs {
  access: Access
  contacts: Contacts
  leading: Leading
  readWhoIsWho: ReadWhoIsWho
  /** Pages ask again how people can be reached: everybody's, or of somebody hidden only theirs and those of who leads. */
  contactsChanged(visitor: Visitor): void
}

/** Who is who in a meeting, how to reach them, and who leads. */
export function createWhoIsWhoRoutes({ access, contacts, leading, readWhoIsWho, contactsChanged }: Needs): Router {
  const router = Router()

  serve(router, 'readWhoIsWho', access.participant('people:read'), ({ visitor }) => readWhoIsWho(visitor))

  serve(router, 'shareContact', access.participant('contact:share'), async ({ visitor, body }) => {
    await contacts.share(visitor, body)
    contactsChanged(visitor)
    return readWhoIsWho(visitor)
  })

  serve(router, 'withdrawContact', access.participant('contact:share'), async ({ visitor }) => {
    await contacts.withdraw(visitor)
    contactsChanged(visitor)
    return undefined
  })

  serve(router, 'handOverLead', access.participant('participant:admit'), async ({ visitor, body }) => {
    await leading.handOver(visitor.meetingId, body, by(visitor))
    return readWhoIsWho(visitor)
  })

  return router
}
