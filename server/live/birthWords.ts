import * as Y from 'yjs'
import type { Plan } from '../../shared/plan'
import { writePlan } from '../../shared/writePlan'

/** The first update of every live document and generation: what the plan starts with. Made once, by the server. */
export function birthWords(clientId: number, plan: Plan): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = clientId
  writePlan(doc, plan)
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}
