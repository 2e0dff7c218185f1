import { describe, expect, it } from 'vitest'
import { wordingsOf } from '../../shared/wordings'
import { LINE } from '../support/unsaid'

const breakfast = { ...LINE, words: 'Desayuno a las 7:15.', other: ' Breakfast at 7:15. ', language: 'es' as const }
const spanish = { text: 'Desayuno a las 7:15.', language: 'es' }
const english = { text: 'Breakfast at 7:15.', language: 'en' }

describe('words in two languages', () => {
  it('[LG2] stand as they were said and then in the other language, a reader’s own first', () => {
    expect(wordingsOf(breakfast)).toEqual([spanish, english])
    expect(wordingsOf(breakfast, 'es')).toEqual([spanish, english])
    expect(wordingsOf(breakfast, 'en')).toEqual([english, spanish])
  })

  it('[LG2] stand alone where nobody wrote the other, and have no language where nobody told', () => {
    expect(wordingsOf({ ...breakfast, other: '  ' }, 'en')).toEqual([spanish])
    expect(wordingsOf({ ...breakfast, words: '' }, 'es')).toEqual([english])
    expect(wordingsOf({ ...breakfast, language: null }, 'en')).toEqual([
      { ...spanish, language: undefined },
      { ...english, language: undefined },
    ])
    expect(wordingsOf({ ...LINE, words: '' })).toEqual([])
  })
})
