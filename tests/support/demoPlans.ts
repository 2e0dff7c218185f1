import * as Y from 'yjs'
import { ALDER } from '../../server/demo/alder'
import type { DemoFamily } from '../../server/demo/DemoFamily'
import { LUNA_MORALES } from '../../server/demo/lunaMorales'
import { OKAFOR_HARPER } from '../../server/demo/okaforHarper'
import { writeWords } from '../../server/demo/writeWords'
import { readPlan, type Plan } from '../../shared/plan'

export interface ToldPlan {
  family: DemoFamily
  title: string
  /** The day of the meeting. */
  day: string
  plan: Plan
}

/** What the plans of the demo say at the end of each meeting, without a server. What stands in gated parts is left out. */
export function demoPlans(): ToldPlan[] {
  return [ALDER, LUNA_MORALES, OKAFOR_HARPER].flatMap((family) => {
    const doc = new Y.Doc()
    const promiser = (name: string) => ({
      column: family.people[name]?.agency ?? ('family' as const),
      whoId: null,
      language: family.language,
    })
    return family.meetings.map(({ title, startsAt, words }) => {
      for (const said of words) if (!said.under) writeWords(doc, said, promiser)
      return { family, title, day: startsAt.slice(0, 10), plan: readPlan(doc) }
    })
  })
}
