import { Types, type Connection } from 'mongoose'
import type { Participant } from '../../shared/meeting'
import { NOBODY_SPEAKS, type Speaking, type WallTurns } from '../../shared/speaking'
import type { Visitor } from '../access/Access'
import { maySee } from '../access/maySee'
import { inTurn } from '../inTurn'
import { speakModel } from './speakModel'
import { afterTurn, inCircle, seenBy, turnsOnWall, withHand, withWord } from './turns'

interface Needs {
  db: Connection
  participants: { list(meetingId: string): Promise<{ admitted: Participant[] }> }
  announceTurns(meetingId: string, turns: WallTurns): void
  announce(meetingId: string, speaking: Speaking, to: 'people' | 'facilitators' | { participantId: string }): void
}

export type SpeakingMeetings = ReturnType<typeof createSpeaking>

/** Who would like to speak, and whose turn it is. Whoever left the meeting has no hand up. */
export function createSpeaking({ db, participants, announce, announceTurns }: Needs) {
  const model = speakModel(db)
  const turns = inTurn()
  const key = (meetingId: string) => ({ meetingId: new Types.ObjectId(meetingId) })

  async function find(meetingId: string, people: readonly Participant[]): Promise<Speaking> {
    const stored = await model.findOne(key(meetingId)).lean()
    const inside = new Set(people.map(({ id }) => id))
    return seenBy(stored ?? NOBODY_SPEAKS, (id) => inside.has(id))
  }

  /** Those hidden are told of to who leads, and to themselves. */
  function tell(meetingId: string, speaking: Speaking, people: readonly Participant[]): void {
    const hidden = people.filter((person) => person.hidden).map(({ id }) => id)
    announce(
      meetingId,
      seenBy(speaking, (id) => !hidden.includes(id)),
      'people',
    )
    if (!hidden.length) return
    for (const own of hidden) {
      announce(
        meetingId,
        seenBy(speaking, (id) => id === own || !hidden.includes(id)),
        { participantId: own },
      )
    }
    announce(meetingId, speaking, 'facilitators')
  }

  const change = (meetingId: string, step: (speaking: Speaking, people: readonly Participant[]) => Speaking) =>
    turns(meetingId, async () => {
      const { admitted } = await participants.list(meetingId)
      const next = step(await find(meetingId, admitted), admitted)
      await model.updateOne(key(meetingId), { $set: next }, { upsert: true })
      tell(meetingId, next, admitted)
      announceTurns(meetingId, turnsOnWall(next, admitted))
    })

  async function read(viewer: Visitor): Promise<Speaking> {
    const { admitted } = await participants.list(viewer.meetingId)
    const known = new Set(admitted.filter((person) => maySee(viewer, person)).map(({ id }) => id))
    return seenBy(await find(viewer.meetingId, admitted), (id) => known.has(id))
  }

  async function onWall(meetingId: string): Promise<WallTurns> {
    const { admitted } = await participants.list(meetingId)
    return turnsOnWall(await find(meetingId, admitted), admitted)
  }

  return {
    read,
    onWall,

    /** Somebody is called otherwise, is hidden, or left: the wall says so at once. */
    tellWall: async (meetingId: string): Promise<void> => announceTurns(meetingId, await onWall(meetingId)),

    hand: (meetingId: string, participantId: string, up: boolean) =>
      change(meetingId, (speaking) => withHand(speaking, participantId, up)),

    /** Ends the turn of who has the word; somebody whose turn it is not changes nothing, unless they lead. */
    pass: (meetingId: string, by: string, leads: boolean) =>
      change(meetingId, (speaking) => (leads || speaking.word === by ? afterTurn(speaking) : speaking)),

    give: (meetingId: string, participantId: string) =>
      change(meetingId, (speaking, people) =>
        people.some(({ id }) => id === participantId) ? withWord(speaking, participantId) : speaking,
      ),

    beginCircle: (meetingId: string) => change(meetingId, inCircle),
    endCircle: (meetingId: string) => change(meetingId, ({ hands }) => ({ hands, word: null, circle: null })),
  }
}
