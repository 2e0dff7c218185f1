import { Router } from 'express'
import type { Person } from '../../shared/account'
import type { Access } from '../access/Access'
import { serve } from '../http/serve'
import { byStaff } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { OnCallRoster } from './onCallRoster'

interface Needs {
  access: Access
  record: RecordKeeper
  onCall: OnCallRoster
}

/** Who can be reached for which agency, and when; for who leads meetings or administers. */
export function createOnCallRoutes({ access, record, onCall }: Needs): Router {
  const router = Router()
  const edit = access.staff('on-call:edit')
  const note = (person: Person) => record.report({ what: 'on-call-changed', ...byStaff(person), about: {} })

  serve(router, 'listOnCall', edit, async () => ({ onCall: await onCall.list() }))

  serve(router, 'addOnCall', edit, async ({ visitor: { person }, body }) => {
    const added = await onCall.add(person.id, body)
    note(person)
    return added
  })

  serve(router, 'changeOnCall', edit, async ({ visitor: { person }, params, body }) => {
    const changed = await onCall.change(person.id, params.onCallId, body)
    note(person)
    return changed
  })

  serve(router, 'removeOnCall', edit, async ({ visitor: { person }, params }) => {
    await onCall.remove(params.onCallId)
    note(person)
    return undefined
  })

  return router
}
