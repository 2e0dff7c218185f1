import * as z from 'zod/mini'
import {
  ActionItem,
  Agreement,
  Disagreement,
  Goal,
  Idea,
  ItemId,
  type Kind,
  Program,
  SafetyLine,
  SmallStep,
  Strength,
  TEXT_ROOTS,
  Worry,
} from './plan'

/**
 * What happened to an item, as people tell it. `added`: it was not there. `withdrawn`: let go of, removed, or gone with
 * what it belongs to. `put-back`: it was removed or let go of, and stands again. `moved`: to another goal, column,
 * agreement or part, or to another place among those that stayed. `changed`: its words, who, where or when.
 */
export const HAPPENED = ['added', 'withdrawn', 'put-back', 'done', 'reopened', 'moved', 'changed'] as const
export const Happened = z.enum(HAPPENED)
export type Happened = z.infer<typeof Happened>

const itemChange = <K extends Kind, T extends z.ZodMiniType>(kind: K, item: T) =>
  z.object({
    kind: z.literal(kind),
    id: ItemId,
    before: z.nullable(item),
    after: z.nullable(item),
    /** Empty where nobody needs to see it: such as a sort key that changed no place. */
    what: z.array(Happened),
  })

export const ItemChange = z.discriminatedUnion('kind', [
  itemChange('strengths', Strength),
  itemChange('worries', Worry),
  itemChange('goals', Goal),
  itemChange('actions', ActionItem),
  itemChange('steps', SmallStep),
  itemChange('ideas', Idea),
  itemChange('agreements', Agreement),
  itemChange('disagreements', Disagreement),
  itemChange('safety', SafetyLine),
  itemChange('programs', Program),
])
export type ItemChange = z.infer<typeof ItemChange>

export const TextChange = z.object({ root: z.enum(TEXT_ROOTS), before: z.string(), after: z.string() })
export type TextChange = z.infer<typeof TextChange>

/** All that makes one plan from another; what is the same in both is left out. */
export const PlanDiff = z.object({
  texts: z.array(TextChange),
  /** Kind by kind; in each those of the later plan in reading order, then those that are gone. */
  items: z.array(ItemChange),
})
export type PlanDiff = z.infer<typeof PlanDiff>

/** A hope, a promise or an agreement that changed things belong to, which may itself have stayed the same. */
export const Heading = z.object({ kind: z.enum(['goals', 'actions', 'agreements']), id: ItemId, words: z.string() })
export type Heading = z.infer<typeof Heading>
