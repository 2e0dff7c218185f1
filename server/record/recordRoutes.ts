import { Router, type Response } from 'express'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { RecordLine } from '../../shared/record'
import type { Access, Visitor } from '../access/Access'
import { serve } from '../http/serve'
import { byStaff } from './actors'
import type { RecordKeeper } from './record'

interface Needs {
  access: Access
  record: RecordKeeper
  readRecord(reader: Visitor): Promise<{ lines: RecordLine[]; hasMore: boolean }>
  exportRecord(chain?: string): AsyncGenerator<string>
}

/** Who looked, for the family; and the whole record to be kept and checked elsewhere, for who administers. */
export function createRecordRoutes({ access, record, readRecord, exportRecord }: Needs): Router {
  const router = Router()

  serve(router, 'readRecord', access.participant('record:read'), ({ visitor }) => readRecord(visitor))

  serve(router, 'exportRecord', access.staff('record:export'), async ({ visitor, response }) => {
    await record.note({ what: 'record-exported', ...byStaff(visitor.person), about: {} })
    return send(response, exportRecord())
  })

  serve(router, 'exportFamilyRecord', access.staff('record:export'), async ({ visitor, params, response }) => {
    const { familyId } = params
    await record.note({ what: 'record-exported', ...byStaff(visitor.person), familyId, about: {} })
    return send(response, exportRecord(familyId))
  })

  return router
}

/** A browser that goes away in the middle gets no end, and so nothing that checks. */
async function send(response: Response, lines: AsyncGenerator<string>): Promise<undefined> {
  response.type('application/x-ndjson').attachment('ourplan-record.jsonl')
  await pipeline(Readable.from(lines), response, { end: false })
}
