import { type Long } from 'bson'

// Stored documents are BSON already. Writing the answer's BSON around them spares decoding and encoding each of them.

const TYPE = { double: 0x01, string: 0x02, document: 0x03, array: 0x04, long: 0x12 }

/** `{cursor: {[field]: documents, id, ns}, ok: 1}` as BSON. */
export function encodeBatch(field: string, namespace: string, id: Long, documents: Buffer[]): Buffer {
  const batch = document(documents.map((each, i) => element(TYPE.document, String(i), each)))
  const cursor = document([
    element(TYPE.array, field, batch),
    element(TYPE.long, 'id', Buffer.from(id.toBytesLE())),
    element(TYPE.string, 'ns', text(namespace)),
  ])
  return document([element(TYPE.document, 'cursor', cursor), element(TYPE.double, 'ok', ONE)])
}

const ONE = Buffer.alloc(8)
ONE.writeDoubleLE(1)

function document(elements: Buffer[]): Buffer {
  const size = Buffer.alloc(4)
  size.writeInt32LE(5 + elements.reduce((sum, each) => sum + each.length, 0))
  return Buffer.concat([size, ...elements, Buffer.alloc(1)])
}

function element(type: number, name: string, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`), value])
}

function text(value: string): Buffer {
  const bytes = Buffer.from(`${value}\0`)
  const size = Buffer.alloc(4)
  size.writeInt32LE(bytes.length)
  return Buffer.concat([size, bytes])
}
