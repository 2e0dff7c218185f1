import { useI18n } from 'petite-vue-i18n'
import type { Language } from '../../shared/meeting'
import type { PlanItem } from '../../shared/plan'
import type { Heading, ItemChange } from '../../shared/planDiff'
import { whenWords } from '../components/plan/whenWords'
import { useProgramWords } from '../components/programs/useProgramWords'
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
const FIELDS = [
  'goal',
  'agreement',
  'column',
  'part',
  'who',
  'due',
  'day',
  'when',
  'where',
  'travel',
  'attends',
  'counts',
  'ordered',
  'later',
  'pile',
  'group',
  'closedOn',
  'program',
  'status',
  'said',
  'stops',
  'fix',
  'fixedBy',
  'hours',
  'next',
  'concerns',
  'other',
] as const
type Field = (typeof FIELDS)[number]
const PLACES: readonly Field[] = ['goal', 'agreement', 'column', 'part']

/** The choices of a plan's things, in words: who, by when, where, whose. */
export function useChangeFacts(headings: () => Heading[]) {
  const { t, locale } = useI18n()
  const words = useDateWords()
  const programs = useProgramWords()

  /** Choices of a benefit or program. */
  function sayProgram(field: Field, value: string): string | undefined {
    if (field === 'program') return t(`programs.name.${value}`)
    if (field === 'status') return programs.standing({ status: value })
    if (field === 'next') return programs.next({ next: value })
    if (field === 'fixedBy') return t(`common.column.${value}`)
    if (field === 'hours') return value === '0' ? '' : value
  }

  /** Choices that are no names, as somebody would say them. */
  function sayChoice(field: Field, value: string): string | undefined {
    if (field === 'column') return t(`common.column.${value}`)
    if (field === 'part') return t(`compare.part.${value}`)
    if (field === 'pile') return t(`compare.pile.${value}`)
    if (field === 'travel') return value === '0' ? '' : t('times.minutes', { minutes: value })
    if (field === 'ordered' || field === 'later') return value === 'true' ? t('compare.yes') : ''
    if (field === 'attends') return value.replaceAll('\n', ', ')
    if (field === 'counts' || field === 'concerns')
      return value
        .split(' ')
        .map((agency) => t(`common.column.${agency}`))
        .join(', ')
    return sayProgram(field, value)
  }

  function say(field: Field, value: string): string {
    if (value === '') return ''
    const chosen = sayChoice(field, value)
    if (chosen !== undefined) return chosen
    if (field === 'due' || field === 'day' || field === 'closedOn') return words.day(value)
    if (field !== 'goal' && field !== 'agreement') return value
    return (
      headings()
        .find(({ id }) => id === value)
        ?.words.trim() || t('plan.noWords')
    )
  }

  const whenOf = (item: PlanItem) => ('repeats' in item ? whenWords(item, locale.value as Language, t) : '')
  const textOf = (item: PlanItem, field: Field) =>
    field === 'when' ? whenOf(item) : say(field, fieldText(item, field))
  const has = (item: PlanItem, field: Field) => (field === 'when' ? 'repeats' in item : field in item)

  /** Choices that changed and that people see. */
  function factsOf({ before, after }: ItemChange): FactChange[] {
    if (!before || !after) return []
    const sameState = fieldText(before, 'state') === fieldText(after, 'state')
    const told = FIELDS.filter((field) => has(after, field) && (field !== 'closedOn' || sameState))
    return told
      .map((field) => ({
        field,
        label: t(`compare.field.${field}`),
        before: textOf(before, field),
        after: textOf(after, field),
      }))
      .filter((fact) => fact.before !== fact.after)
  }

  /** Of those, where a thing belongs. */
  const movesOf = (change: ItemChange) => factsOf(change).filter(({ field }) => PLACES.includes(field))

  /** Who, by when, where and on what day, in one line. */
  function printOf(item: PlanItem | null): string {
    const due = fieldText(item, 'due')
    const day = fieldText(item, 'day')
    const facts = [
      ...(item && 'status' in item ? [t(`programs.name.${item.program}`), programs.standing(item)] : []),
      fieldText(item, 'who'),
      due && t('plan.by', { day: words.day(due) }),
      item && whenOf(item),
      fieldText(item, 'where'),
    ]
    return [...facts, day && words.day(day)].filter(Boolean).join(' · ')
  }

  return { factsOf, movesOf, printOf }
}
