import { MEMBERS, type Role } from './roles'

/** What somebody may need to be able to take part. */
export const NEED_KINDS = ['ride', 'child-care', 'interpreter', 'place', 'other'] as const
export type NeedKind = (typeof NEED_KINDS)[number]

export const NEED_STATES = ['open', 'seen-to', 'not-needed'] as const

/** What can be done with a need once it is said. */
export const NEED_ACTS = ['ask', 'take', 'cannot', 'give-back', 'seen-to', 'not-needed', 'open'] as const
export type NeedAct = (typeof NEED_ACTS)[number]

/** A ride needs no words, and an interpreter without a language is none. */
export const asksWords = (kind: NeedKind): kind is 'interpreter' | 'other' => kind === 'interpreter' || kind === 'other'

/** Interpreting is for who was trained for it, never for a relative, a friend or a child. */
export const mayOwn = (kind: NeedKind, role: Role): boolean =>
  kind !== 'interpreter' || !(MEMBERS as readonly Role[]).includes(role)
