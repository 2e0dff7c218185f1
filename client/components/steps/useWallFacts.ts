import { useI18n } from 'petite-vue-i18n'
import type { ActionItem, Plan } from '../../../shared/plan'
import type { Promised } from '../../../shared/promise'
import { promiseSentence } from '../../../shared/promiseSentence'
import { nextStep } from '../../../shared/smallSteps'
import { useFacts } from '../plan/useFacts'
import { useCountsToward } from './useCountsToward'

/** The small print of a promise on the wall: what its owner said to it, and the small step that comes next, included. */
export function useWallFacts() {
  const { t } = useI18n()
  const { factsOf } = useFacts()
  const countsToward = useCountsToward()

  return (action: ActionItem, plan: Plan, promised: readonly Promised[]): string[] => {
    const said = promised.find(({ actionId }) => actionId === action.id)
    const next = nextStep(plan, action.id)
    const more = [
      countsToward(action),
      said ? t(...promiseSentence(said, action)) : '',
      next ? t('steps.next', { words: next.words.trim() }) : '',
    ]
    return [...factsOf(action), ...more.filter(Boolean)]
  }
}
