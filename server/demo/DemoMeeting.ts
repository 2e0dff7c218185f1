import type { Body } from '../../shared/api'
import type { Column } from '../../shared/plan'

interface DemoAction {
  id: string
  column: Column
  who: string
  due: string | null
  words: string
}

/** A meeting of an invented family and what its plan says. Items keep their ids for ever: so they are never doubled. */
export interface DemoMeeting {
  family: Body<'createFamily'>
  /** Email of the facilitator. */
  lead: string
  /** Emails of the agency people who are in the meeting. */
  agencyPeople: readonly string[]
  meeting: Omit<Body<'createMeeting'>, 'familyId'>
  goals: readonly { id: string; words: string; actions: readonly DemoAction[] }[]
  /** Name of the copy that is made of the plan. */
  checkpoint: string
}
