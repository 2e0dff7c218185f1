import type { ActionItem, Goal, Idea } from '../../shared/plan'

/** What lines of a plan say of what nobody said anything about. */
export const LINE: Pick<Idea, 'other' | 'language'> = { other: '', language: null }

export const IDEA: typeof LINE & Pick<Idea, 'pile' | 'group'> = { ...LINE, pile: 'now', group: '' }

export const OPEN: typeof LINE & Pick<Goal, 'state' | 'closedOn'> = { ...LINE, state: 'open', closedOn: null }

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
