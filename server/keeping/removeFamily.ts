import type { Connection } from 'mongoose'

/** What stays: one that hashes to what was sealed, and holds no words any more. */
const TOMBSTONES = ['Version']

/**
 * Everything of a family but the headers of its sealed versions: words, and who was there. It goes by what rows say they
 * belong to, so that a kind of row that is new goes too.
 */
export function createRemoveFamily(db: Connection) {
  const rows = (collection: string) => db.collection(collection)
  /** The kinds of rows that belong to something by this field. */
  const kindsWith = (field: string) =>
    db
      .modelNames()
      .filter((name) => !TOMBSTONES.includes(name) && db.model(name).schema.path(field))
      .map((name) => db.model(name))

  /** Rows that say only what they belong to, and not whose that is. */
  async function removeBelonging(field: string, owner: string, familyId: string): Promise<void> {
    const owners = await db.model(owner).find({ familyId }, { _id: 1 }).lean()
    const owned = { [field]: { $in: owners.map(({ _id }) => String(_id)) } }
    for (const kind of kindsWith(field)) if (!kind.schema.path('familyId')) await kind.deleteMany(owned)
  }

  return {
    async removeMeetings(familyId: string): Promise<void> {
      await removeBelonging('linkId', 'Link', familyId)
      await db.model('Link').deleteMany({ familyId })
      await removeBelonging('meetingId', 'Meeting', familyId)
      await db.model('Meeting').deleteMany({ familyId })
    },

    async removeWords(familyId: string): Promise<void> {
      await removeBelonging('document', 'LiveDocument', familyId)
      for (const kind of kindsWith('familyId')) await kind.deleteMany({ familyId })
      await rows('versions').deleteMany({ familyId, seal: null })
      await rows('versions').updateMany({ familyId }, { $unset: { head: 1, content: 1, parts: 1 } })
    },
  }
}
