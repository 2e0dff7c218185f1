import { useI18n } from 'petite-vue-i18n'
import type { PlanItem } from '../../shared/plan'
import type { Heading, ItemChange } from '../../shared/planDiff'
import { fieldText } from '../components/versions/fieldText'
import { useDateWords } from './useDateWords'

/** A choice that changed, as it was and as it is, in words; empty where nothing was chosen. */
export interface FactChange {
  field: Field
  label: string
  before: string
  after: string
}

/** Choices people see, in the order they are told. */
const FIELDS = ['goal', 'agreement', 'column', 'part', 'who', 'due', 'day', 'where', 'closedOn'] as const
type Field = (typeof FIELDS)[number]
const PLACES: readonly Field[] = ['goal', 'agreement', 'column', 'part']

/** The choices of a plan's things, in words: who, by when, where, whose. */
export function useChangeFacts(headings: () => Heading[]) {
  const { t } = useI18n()
  const words = useDateWords()

  function say(field: Field, value: string): string {
    if (value === '') return ''
    if (field === 'column') return t(`common.column.${value}`)
    if (field === 'part') return t(`compare.part.${value}`)
    if (field === 'due' || field === 'day' || field === 'closedOn') return words.day(value)
    if (field !== 'goal' && field !== 'agreement') return value
    return (
      headings()
        .find(({ id }) => id === value)
        ?.words.trim() || t('plan.noWords')
    )
  }

  /** Choices that changed and that people see. */
  function factsOf({ before, after }: ItemChange): FactChange[] {
    if (!before || !after) return []
    const sameState = fieldText(before, 'state') === fieldText(after, 'state')
    const told = FIELDS.filter((field) => field in after && (field !== 'closedOn' || sameState))
    return told
      .map((field) => ({
        field,
        label: t(`compare.field.${field}`),
        before: say(field, fieldText(before, field)),
        after: say(field, fieldText(after, field)),
      }))
      .filter((fact) => fact.before !== fact.after)
  }

  /** Of those, where a thing belongs. */
  const movesOf = (change: ItemChange) => factsOf(change).filter(({ field }) => PLACES.includes(field))

  /** Who, by when, where and on what day, in one line. */
  function printOf(item: PlanItem | null): string {
    const due = fieldText(item, 'due')
    const day = fieldText(item, 'day')
    const facts = [fieldText(item, 'who'), due && t('plan.by', { day: words.day(due) }), fieldText(item, 'where')]
    return [...facts, day && words.day(day)].filter(Boolean).join(' · ')
  }

  return { factsOf, movesOf, printOf }
}
