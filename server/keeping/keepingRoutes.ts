import { Router } from 'express'
import type { Access, Visitor } from '../access/Access'
import type { VersionExport } from '../../shared/versionExport'
import { serve } from '../http/serve'
import { byStaff } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Expunging } from './expunging'
import type { Keeping } from './keeping'

interface Needs {
  access: Access
  record: RecordKeeper
  keeping: Keeping
  expunging: Expunging
  exportVersions(familyId: string, readers: ReadonlyMap<string, Visitor>): Promise<{ file: VersionExport }>
}

/** How long families are kept, and removing one; for who administers. */
export function createKeepingRoutes({ access, record, keeping, expunging, exportVersions }: Needs): Router {
  const router = Router()
  const admit = access.staff('family:keep')

  serve(router, 'listKeeping', admit, async () => ({ families: await keeping.list() }))

  serve(router, 'setKeeping', admit, async ({ visitor: { person }, params: { familyId }, body }) => {
    await keeping.decide(familyId, body)
    const about = { years: body.years, hold: body.hold }
    await record.note({ what: 'keeping-changed', ...byStaff(person), familyId, about })
    return undefined
  })

  serve(router, 'askExpunging', admit, async ({ visitor: { person }, params: { familyId } }) => {
    const confirmation = await expunging.ask(familyId)
    await record.note({ what: 'expunging-asked', ...byStaff(person), familyId, about: {} })
    return { confirmation }
  })

  serve(router, 'expunge', admit, async ({ visitor: { person }, params: { familyId }, body }) => {
    await expunging.expunge(familyId, body.confirmation, person.id)
    return undefined
  })

  serve(
    router,
    'exportHeaders',
    access.staff('record:export'),
    async ({ visitor: { person }, params: { familyId } }) => {
      await record.note({ what: 'versions-exported', ...byStaff(person), familyId, about: { count: 0 } })
      return (await exportVersions(familyId, new Map())).file
    },
  )

  return router
}
