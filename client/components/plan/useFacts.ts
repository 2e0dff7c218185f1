import { useI18n } from 'petite-vue-i18n'
import type { Language } from '../../../shared/meeting'
import type { ActionItem, State } from '../../../shared/plan'
import { useDateWords } from '../../composables/useDateWords'
import { whenWords } from './whenWords'

/** What of an item is not its words. */
type Facts = Partial<Record<'who' | 'due' | 'day' | 'where' | 'closedOn', string | null> & { state: State } & Times>
type Times = Parameters<typeof whenWords>[0] & Pick<ActionItem, 'attends' | 'ordered'>

const NO_TIMES = { on: null, starts: null, ends: null, repeats: 'once', days: '', until: null } as const

/** The small print of the plan's items, in words. */
export function useFacts() {
  const { t, locale } = useI18n()
  const dates = useDateWords()

  /** "Done Thu 4 Mar", or nothing while it is open. */
  function closedWords(item: object): string {
    const { state = 'open', closedOn } = item as Facts
    if (state === 'open') return ''
    if (!closedOn) return t(state === 'done' ? 'plan.isDone' : 'plan.isLetGo')
    return t(state === 'done' ? 'plan.doneOn' : 'plan.letGoOn', { day: dates.day(closedOn) })
  }

  /** Whether it is over, who, when and where, as far as there is something to say. Who could not agree stands above. */
  function factsOf(item: object): string[] {
    const { due, day, where, ...facts } = item as Facts
    const who = 'agreement' in item ? '' : facts.who
    const by = due && t('plan.by', { day: dates.day(due) })
    const when = whenWords({ ...NO_TIMES, ...facts }, locale.value as Language, t)
    const come = facts.attends?.replaceAll('\n', ', ')
    const ordered = facts.ordered && t('when.isOrdered')
    const said = [closedWords(item), who, by, when, day && dates.day(day), where, come, ordered || '']
    return said.map((fact) => fact?.trim() ?? '').filter(Boolean)
  }

  /** "Rosa could not agree:", to be read before her words. */
  const dissentOf = ({ who }: { who: string }) => (who ? t('plan.couldNotAgree', { who }) : t('plan.someCouldNotAgree'))

  return { closedWords, dissentOf, factsOf }
}
