import { Catalog, type Collection } from '../../server/embedded-mongo/Catalog'
import { AREA, areaKey, Keyspace, under } from '../../server/embedded-mongo/Keyspace'
import { orderedKey } from '../../server/embedded-mongo/orderedKey'
import { decode, type Doc } from '../../server/embedded-mongo/values'
import { entryKeys } from '../../server/embedded-mongo/writeDocument'

/**
 * Reads the files of a store that is not running: every document must be whole and lie under its own _id, and the
 * entries of every index must be exactly those its documents ask for. Returns what is wrong, in words.
 */
export async function checkStoreFiles(dataDir: string): Promise<string[]> {
  const keyspace = new Keyspace(dataDir)
  try {
    return new Catalog(keyspace).all().flatMap((collection) => checkCollection(keyspace, collection))
  } finally {
    await keyspace.close()
  }
}

function checkCollection(keyspace: Keyspace, collection: Collection): string[] {
  const faults: string[] = []
  const docs: Doc[] = []
  for (const { key, value } of keyspace.entries(under(areaKey(AREA.documents, collection.id)), false)) {
    const doc = decode(value)
    docs.push(doc)
    if (!key.equals(areaKey(AREA.documents, collection.id, orderedKey(doc._id))))
      faults.push(`misplaced: ${String(doc._id)}`)
  }
  for (const index of collection.indexes) {
    const wanted = docs.flatMap((doc) => entryKeys(index, doc).map((key) => Buffer.concat([key, orderedKey(doc._id)])))
    const listed = [...keyspace.entries(under(areaKey(AREA.entries, index.id)), false)].map(({ key }) => key)
    const sorted = wanted.sort(Buffer.compare)
    if (listed.length !== sorted.length || listed.some((key, i) => !key.equals(sorted[i]!))) {
      faults.push(
        `${collection.name}.${index.name} lists ${listed.length} entries, its documents ask for ${wanted.length}`,
      )
    }
  }
  return faults
}
