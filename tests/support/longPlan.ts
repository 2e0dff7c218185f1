import { addItem, type Kind } from '../../shared/plan'
import type { SeededRandom } from './seededRandom'
import type { Someone } from './people'

const KINDS = ['strengths', 'worries', 'goals', 'ideas', 'agreements'] as const satisfies readonly Kind[]
const START = { strengths: { who: '', day: null }, worries: {}, goals: {}, ideas: {}, agreements: {} }
const ITEMS = 430
const WORDS = 'a promise that nobody has to make twice '.repeat(48)

/** Fills the plan of somebody's meeting with more than fits into the buffers of a line: about 4 MB. */
export async function writeLongPlan(lead: Someone, random: SeededRandom): Promise<void> {
  await lead.app.app.parts.livePlans.edit(lead.meetingId, lead.participantId, (doc) => {
    doc.transact(() => {
      for (const kind of KINDS) {
        for (let n = 0; n < ITEMS; n++) {
          const choices = { order: `a${n}`, removed: false, ...START[kind] }
          addItem(doc, kind, random.id(), choices, { words: WORDS })
        }
      }
    })
  })
}
