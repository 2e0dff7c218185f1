import * as Y from 'yjs'

/** The first update of every live document: its decision question, possibly empty. Made once, by the server. */
export function birthWords(clientId: number, question: string): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = clientId
  doc.getText('question').insert(0, question)
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}
