import type { Body } from '../../shared/api'
import type { Stance } from '../../shared/decision'
import type { InviteWords } from '../../shared/invite'
import type { Agency } from '../../shared/meeting'
import type { NeedKind } from '../../shared/needKinds'
import type { Kind, Plan, TextRoot } from '../../shared/plan'
import type { ReleaseForm } from '../../shared/release'
import type { Role } from '../../shared/roles'
import type { RuleFacts } from '../../shared/ruleClocks'
import type { ScaleWords } from '../../shared/scaling'
import type { ScreeningAnswer } from '../../shared/screening'
import type { ContactWords } from '../../shared/whoIsWho'

/** What somebody is in the meetings of a family; `agency` goes with the role of that name. */
export interface DemoRole {
  role: Exclude<Role, 'facilitator'>
  agency?: Agency
}

type Said<K extends Kind> = Partial<Omit<Plan[K][number], 'id' | 'order' | 'column' | 'whoId'>>

/** What somebody of the family signs for, as they fill it in. */
export interface DemoPermission {
  by: string
  form: ReleaseForm
  signature: string
  /** By which it is found again. */
  sitting: string
}

/**
 * What one person writes at one moment. Items go by their ids, which stay theirs from meeting to meeting: new ones are
 * said whole, known ones only as far as they change. A promise stands in the column of `who` promises it. What is written
 * `under` a permission stands in the part that it opens; whoever gave one may sign it and end it at such a moment, and
 * whoever is of the family may answer for it.
 */
export type DemoWords = { readonly by: string; readonly under?: DemoPermission } & {
  readonly [P in 'signs' | 'ends']?: DemoPermission
} & {
  /** Who of the relatives takes care of a child by what was decided. */
  readonly takesCare?: string
  /** To what else the family is in, by question. */
  readonly answers?: Readonly<Record<string, ScreeningAnswer>>
} & { readonly [R in TextRoot]?: string } & {
  readonly [K in Kind]?: Readonly<Record<string, Said<K>>>
}

/** What somebody needs to be able to take part; said by themself, or typed by who leads where they are not inside. */
export interface DemoNeed {
  for: string
  kind: NeedKind
  words: string
  /** Who says to see to it, when they are asked; and then, that it is seen to. */
  owner?: string
  seenTo?: true
}

/** Whom somebody of the family wants at their side. */
export interface DemoSupporter {
  by: string
  name: string
  relation: string
  reach: string
}

/** Somebody who is asked to come to a meeting; `passedOn`: who leads said that they have the words. */
export interface DemoInvite extends InviteWords {
  passedOn?: true
}

/** How somebody says, by their own hand, that they can be reached. */
export interface DemoContact extends ContactWords {
  by: string
}

/** How things are, from 0 to 10: what is asked, and who says what. Who is not there has it typed for them. */
export interface DemoScale extends ScaleWords {
  said: readonly { by: string; score: number; higher?: string; named?: boolean }[]
}

/** What people answer to the decision; where not everybody can support it, what child welfare decides. */
export interface DemoDecision {
  said: readonly { by: string; stance: Stance; reason?: string }[]
  settled?: { by: string; words: string }
}

export interface DemoMeeting {
  /** Who opens and leads it: somebody with an account. */
  lead: string
  kind: Body<'createMeeting'>['kind']
  title: string
  question: string
  /** Why it is held, as far as a rule says by when. */
  facts?: Partial<RuleFacts>
  /** ISO 8601 with the offset of Los Angeles on that day. */
  startsAt: string
  /** When its plan was sealed; null for the meeting that is open for trying things out, of which a copy is kept. */
  sealedAt: string | null
  /** Name of what was sealed, or of the copy. */
  keptAs: string
  /** Who comes, in the order they ask to come in. */
  people: readonly string[]
  needs?: readonly DemoNeed[]
  /** Who leads asked them to come. */
  supporters?: readonly DemoSupporter[]
  invites?: readonly DemoInvite[]
  /** How people say that they can be reached. */
  contacts?: readonly DemoContact[]
  /** In the order people speak. */
  words: readonly DemoWords[]
  /** Asked once everything is written. */
  scale?: DemoScale
  decision?: DemoDecision
}

/** An invented family and its meetings, the earliest first. */
export interface DemoFamily {
  name: string
  language: Body<'createFamily'>['language']
  /** Everybody who ever comes to one of the meetings, by name. */
  people: Readonly<Record<string, DemoRole>>
  meetings: readonly DemoMeeting[]
}
