import type { Connection } from 'mongoose'
import { PlanError } from '../../shared/errors'
import type { Participant } from '../../shared/meeting'
import { MEMBERS, type Standing } from '../../shared/roles'
import type { ContactWords } from '../../shared/whoIsWho'
import type { Visitor } from '../access/Access'
import { inTurn } from '../inTurn'
import { contactModel, type StoredContact } from './contactModel'

interface Needs {
  db: Connection
  /** Those inside now. */
  peopleOf(meetingId: string): Promise<Participant[]>
}

export type Contacts = ReturnType<typeof createContacts>

const isFamily = (standing: Standing) => (MEMBERS as readonly Standing[]).includes(standing)

/** The same person on another screen is the same person. */
export const isSame = (person: Participant, { participantId, memberId }: Visitor): boolean =>
  person.id === participantId || (memberId !== null && person.memberId === memberId)

function toContact({ phone, email, to }: StoredContact): ContactWords {
  return { phone: phone || null, email: email || null, to }
}

/**
 * How people want to be reached, each by their own hand and for one meeting. Who else sees it is theirs to say, and who
 * takes it back leaves nothing of it; it goes with whoever is taken out.
 */
export function createContacts({ db, peopleOf }: Needs) {
  const model = contactModel(db)
  /** What one person says last is what stands. */
  const turns = inTurn()

  /** The screens of whoever asks, by participant id. */
  async function screensOf(visitor: Visitor): Promise<string[]> {
    const others = (await peopleOf(visitor.meetingId)).filter((person) => isSame(person, visitor))
    return [...new Set([visitor.participantId!, ...others.map(({ id }) => id)])]
  }

  return {
    /** @throws request/invalid for nothing by which somebody could be reached */
    async share(visitor: Visitor, { phone, email, to }: ContactWords): Promise<void> {
      if (!phone && !email) throw new PlanError('request/invalid')
      const { familyId, meetingId } = visitor
      const participantId = visitor.participantId!
      const screens = await screensOf(visitor)
      await turns(screens[0]!, async () => {
        const words = { phone: phone ?? '', email: email ?? '', to }
        const { _id } = await model.create({ familyId, meetingId, participantId, ...words })
        await model.deleteMany({ meetingId, participantId: { $in: screens }, _id: { $ne: _id } })
        // Taken out meanwhile, they leave nothing.
        const here = await peopleOf(meetingId)
        if (!here.some(({ id }) => id === participantId)) await model.deleteOne({ _id })
      })
    },

    async withdraw(visitor: Visitor): Promise<void> {
      const { meetingId } = visitor
      const screens = await screensOf(visitor)
      await turns(screens[0]!, () => model.deleteMany({ meetingId, participantId: { $in: screens } }))
    },

    /** Of who is in the meeting no more nothing is kept. */
    async forget(participantId: string): Promise<void> {
      await model.deleteMany({ participantId })
    },

    /** What the viewer may see of these people, by participant id. */
    async shownTo(viewer: Visitor, people: readonly Participant[]): Promise<Map<string, ContactWords>> {
      const rows = await model.find({ meetingId: viewer.meetingId }).sort({ _id: 1 }).lean<StoredContact[]>()
      const latest = new Map(rows.map((row) => [row.participantId, toContact(row)]))
      const shown = people.flatMap((person): [string, ContactWords][] => {
        const contact = latest.get(person.id)
        if (!contact) return []
        const may = contact.to === 'everybody' || isFamily(viewer.standing) || isSame(person, viewer)
        return may ? [[person.id, contact]] : []
      })
      return new Map(shown)
    },
  }
}
