import type { ActionItem, Goal, Idea, Program, Worry } from '../../shared/plan'

/** What lines of a plan say of what nobody said anything about. */
export const LINE: Pick<Idea, 'other' | 'language'> = { other: '', language: null }

export const IDEA: typeof LINE & Pick<Idea, 'pile' | 'group'> = { ...LINE, pile: 'now', group: '' }

export const OPEN: typeof LINE & Pick<Goal, 'state' | 'closedOn'> = { ...LINE, state: 'open', closedOn: null }

export const WORRY: typeof OPEN & Pick<Worry, 'concerns'> = { ...OPEN, concerns: '' }

export const GOAL: typeof OPEN & Pick<Goal, 'later'> = { ...OPEN, later: false }

export const ACTION: Omit<ActionItem, 'id' | 'words' | 'order' | 'removed' | 'goal' | 'column'> = {
  ...OPEN,
  where: '',
  who: '',
  whoId: null,
  due: null,
  on: null,
  starts: null,
  ends: null,
  repeats: 'once',
  days: '',
  until: null,
  travel: 0,
  attends: '',
  ordered: false,
  counts: '',
}

export const PROGRAM: typeof LINE & Omit<Program, keyof typeof LINE | 'id' | 'order' | 'removed'> = {
  ...LINE,
  words: '',
  said: '',
  stops: '',
  fix: '',
  program: 'cash-aid',
  who: 'Dana',
  status: 'active',
  fixedBy: null,
  action: null,
  hours: 0,
  next: null,
}
