import { useI18n } from 'petite-vue-i18n'
import type { PlanItem } from '../../shared/plan'
import type { Happened, ItemChange } from '../../shared/planDiff'
import { fieldText } from '../components/versions/fieldText'
import { useDateWords } from './useDateWords'

/** What happened to a thing of the plan, in whole sentences. */
export function useChangeSentence(): (change: ItemChange) => string {
  const { t } = useI18n()
  const words = useDateWords()

  const onDay = (item: PlanItem | null) => {
    const day = fieldText(item, 'closedOn')
    return day ? ` ${t('compare.news.onDay', { day: words.day(day) })}` : ''
  }

  function sayDone({ kind, after }: ItemChange): string {
    const who = fieldText(after, 'who')
    if (kind === 'worries') return t('compare.news.doneWorry')
    if (kind === 'goals') return t('compare.news.doneGoal')
    return who ? t('compare.news.doneBy', { who }) : t('compare.news.done')
  }

  function sayAdded({ kind, after }: ItemChange): string {
    const who = fieldText(after, 'who')
    if (kind === 'strengths') return who ? t('compare.news.strengthOf', { who }) : t('compare.news.strength')
    if (who && kind === 'actions') return t('compare.news.addedBy', { who })
    if (who && kind === 'disagreements') return t('compare.news.disagrees', { who })
    return t('compare.news.added')
  }

  function sayWithdrawn({ after }: ItemChange): string {
    const letGo = after && !after.removed && fieldText(after, 'state') === 'withdrawn'
    return letGo ? t('compare.news.letGo') + onDay(after) : t('compare.news.gone')
  }

  function sayMoved(change: ItemChange): string {
    const where = ['goal', 'agreement', 'column', 'part']
    const other = where.some((field) => fieldText(change.before, field) !== fieldText(change.after, field))
    return other ? t('compare.news.moved') : t('compare.news.movedPlace')
  }

  /** Kept for later, parked, or taken up again: told before all else that changed. */
  function sayChanged({ before, after }: ItemChange): string {
    const [was, is] = [before, after].map((item) => fieldText(item, 'later') || fieldText(item, 'pile'))
    if (was === is) return t('compare.news.changed')
    if (is === 'parked') return t('compare.news.parked')
    return t(is === 'true' || is === 'later' ? 'compare.news.later' : 'compare.news.takenUp')
  }

  const SENTENCES: Record<Happened, (change: ItemChange) => string> = {
    added: sayAdded,
    done: (change) => sayDone(change) + onDay(change.after),
    withdrawn: sayWithdrawn,
    moved: sayMoved,
    'put-back': () => t('compare.news.putBack'),
    reopened: () => t('compare.news.reopened'),
    changed: sayChanged,
  }

  /** What is done already needs no word that it is new. */
  const toldOf = ({ what }: ItemChange) => what.filter((happened) => happened !== 'added' || !what.includes('done'))
  return (change) =>
    toldOf(change)
      .map((happened) => SENTENCES[happened](change))
      .join(' ')
}
