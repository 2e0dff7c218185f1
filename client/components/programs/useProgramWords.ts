import { useI18n } from 'petite-vue-i18n'
import type { Program } from '../../../shared/plan'
import { type NextStep, type ProgramState, readDated } from '../../../shared/program'
import { useDateWords } from '../../composables/useDateWords'

/** How a family stands in a program, in plain sentences. */
export function useProgramWords() {
  const { t } = useI18n()
  const dates = useDateWords()

  const stateOf = ({ status }: Pick<Program, 'status'>) => readDated<ProgramState>(status)

  /** "Cash aid (CalWORKs) · Dana" */
  const nameOf = ({ program, who }: Pick<Program, 'program' | 'who'>) =>
    [t(`programs.name.${program}`), who.trim()].filter(Boolean).join(' · ')

  /** "Cut for now, since Mon, 1 Feb" */
  function standing(program: Pick<Program, 'status'>): string {
    const { code, day } = stateOf(program)
    return [t(`programs.is.${code}`), day && t('programs.sinceDay', { day: dates.day(day) })].filter(Boolean).join(', ')
  }

  /** "A report is due: Tue, 11 May"; empty where nothing comes. */
  function next(program: Pick<Program, 'next'>): string {
    if (program.next === null) return ''
    const { code, day } = readDated<NextStep>(program.next)
    return t('programs.onDay', { step: t(`programs.step.${code}`), day: dates.day(day!) })
  }

  /** On the strip of dates: "Cash aid (CalWORKs), Dana: a report is due". */
  function onStrip({ program, who }: Program, step: NextStep): string {
    const name = t(`programs.name.${program}`)
    const next = t(`programs.step.${step}`)
    return who.trim()
      ? t('programs.stripOf', { name, who: who.trim(), step: next })
      : t('programs.stripName', { name, step: next })
  }

  return { nameOf, next, onStrip, standing, stateOf }
}
