import { createI18n } from 'petite-vue-i18n'
import { describe, expect, it } from 'vitest'
import { whenWords } from '../../client/components/plan/whenWords'
import { findWords } from '../../client/findWords'
import en from '../../client/locales/en.json'
import es from '../../client/locales/es.json'
import type { Language } from '../../shared/meeting'
import type { ActionItem } from '../../shared/plan'
import { ACTION } from '../support/unsaid'

const i18n = createI18n({ legacy: false, locale: 'en', messageResolver: findWords, messages: { en, es } })
const { t, locale } = i18n.global

function say(language: Language, times: Partial<ActionItem>): string {
  locale.value = language
  return whenWords({ ...ACTION, ...times }, language, t as never).replaceAll('\u00a0', ' ')
}

describe('when a promise takes place', () => {
  it('[UI49] is said in words, in both languages: once, by the week, and by the month', () => {
    expect(say('en', {})).toBe('')
    expect(say('en', { starts: '15:30' })).toBe('3:30 pm')
    expect(say('en', { on: '2020-03-05', starts: '14:00', ends: '15:00' })).toBe('Thu 5 Mar 2020, 2:00 pm–3:00 pm')
    const club = { repeats: 'weekly', days: 'tu we th', starts: '09:00', ends: '11:30' } as const
    expect(say('en', club)).toBe('Every Tuesday, Wednesday, and Thursday, 9:00 am–11:30 am')
    expect(say('es', club)).toBe('Cada martes, miércoles y jueves, 09:00–11:30')
    const respite = { repeats: 'monthly', on: '2020-03-07' } as const
    expect(say('en', respite)).toBe('Every first Saturday of the month')
    expect(say('es', { ...respite, until: '2020-09-05' })).toBe(
      'El primer sábado de cada mes, hasta el sábado 5 de septiembre de 2020',
    )
    expect(say('en', { repeats: 'fortnightly', on: '2020-03-03' })).toBe('Every second Tuesday, from Tue 3 Mar 2020')
  })
})
