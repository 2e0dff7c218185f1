import type { Connection } from 'mongoose'

/** Everything of a family but the headers of its sealed versions: words, and who was there. */
export function createRemoveFamily(db: Connection) {
  const rows = (collection: string) => db.collection(collection)

  return {
    async removeMeetings(familyId: string): Promise<void> {
      const meetings = await db.model('Meeting').find({ familyId }, { _id: 1 }).lean()
      const meetingId = { $in: meetings.map(({ _id }) => _id) }
      await db.model('Participant').deleteMany({ meetingId })
      await db.model('Pairing').deleteMany({ meetingId })
      await db.model('Meeting').deleteMany({ familyId })
    },

    async removeWords(familyId: string): Promise<void> {
      const documents = await db.model('LiveDocument').find({ familyId }, { _id: 1 }).lean()
      const document = { $in: documents.map(({ _id }) => String(_id)) }
      for (const log of ['planUpdates', 'planHistory', 'planSnapshots', 'liveClients'])
        await rows(log).deleteMany({ document })
      await db.model('LiveDocument').deleteMany({ familyId })
      await db.model('Release').deleteMany({ familyId })
      await rows('versions').deleteMany({ familyId, seal: null })
      await rows('versions').updateMany({ familyId }, { $unset: { head: 1, content: 1, parts: 1 } })
    },
  }
}
