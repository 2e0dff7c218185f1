import { Binary, Long } from 'bson'
import { AREA, areaKey, under, type Keyspace } from './Keyspace'
import { orderedKey } from './orderedKey'
import { StoreError } from './StoreError'
import { decode, encode, isDoc, type Doc } from './values'

/**
 * Runs a retryable write, or gives the answer it was given before. The last number and answer of a session lie in the
 * same commit as what the write did, so a retry is recognised after a lost connection and after a crash alike.
 */
export function answerOnce(keyspace: Keyspace, body: Doc, run: () => Doc): Doc {
  const session = isDoc(body.lsid) ? body.lsid.id : undefined
  if (!(session instanceof Binary) || !(body.txnNumber instanceof Long)) {
    throw new StoreError('InvalidOptions', 'a txnNumber is a long and needs a session')
  }
  const key = areaKey(AREA.sessions, 0, orderedKey(session))
  const stored = keyspace.get(key)
  const last = stored ? decode(stored) : null
  const order = last ? body.txnNumber.compare(last.txnNumber as Long) : 1
  if (order === 0) return last!.reply as Doc
  if (order < 0) throw new StoreError('TransactionTooOld', 'a newer write of this session has been answered already')
  const reply = run()
  keyspace.put(key, encode({ txnNumber: body.txnNumber, at: new Date(), reply }))
  return reply
}

/** Sessions that nobody has used for longer than a session lives. */
export function forgetSessions(keyspace: Keyspace, before: Date): void {
  for (const { key, value } of keyspace.entries(under(areaKey(AREA.sessions, 0)), false)) {
    if ((decode(value).at as Date) < before) keyspace.remove(key)
  }
}
