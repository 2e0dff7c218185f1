import { Int32, Long, ObjectId } from 'bson'
import { type Command } from '../Command'
import { MAX_DOCUMENT_BYTES } from '../values'

/** MongoDB 7.0. The driver asks for a replica set's member before it retries writes, so the store looks like one. */
const WIRE_VERSION = 21

/** Says which process this is: after a restart the driver knows that everything may be different. */
const topologyVersion = { processId: new ObjectId(), counter: Long.ZERO }

const hello: Command = {
  fields: ['helloOk', 'client', 'compression', 'loadBalanced', 'topologyVersion', 'maxAwaitTimeMS', 'backpressure'],
  run: () => ({
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    setName: 'embedded',
    setVersion: new Int32(1),
    hosts: ['embedded'],
    primary: 'embedded',
    me: 'embedded',
    maxBsonObjectSize: new Int32(MAX_DOCUMENT_BYTES),
    maxMessageSizeBytes: new Int32(48_000_000),
    maxWriteBatchSize: new Int32(100_000),
    logicalSessionTimeoutMinutes: new Int32(30),
    localTime: new Date(),
    topologyVersion,
    minWireVersion: new Int32(0),
    maxWireVersion: new Int32(WIRE_VERSION),
    readOnly: false,
    ok: 1,
  }),
}

const buildInfo: Command = {
  fields: [],
  run: () => ({ version: '7.0.0', versionArray: [7, 0, 0, 0], modules: ['ourplan-embedded'], ok: 1 }),
}

/** Some have two spellings: drivers differ. */
export const handshake: Record<string, Command> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: { fields: [], run: () => ({ ok: 1 }) },
  buildInfo,
  buildinfo: buildInfo,
  endSessions: { fields: [], run: () => ({ ok: 1 }) },
}
