import { describe, expect, it } from 'vitest'
import { findShortForms, GLOSSARY } from '../../shared/glossary'
import { countSyllables, readingLevel } from '../../shared/readability'

describe('how hard words are to read', () => {
  it('[WA9] goes by syllables, as each language speaks them', () => {
    const english = {
      bed: 1,
      table: 2,
      make: 1,
      bedtime: 2,
      wanted: 2,
      called: 1,
      family: 3,
      agreement: 3,
      psychological: 5,
    }
    for (const [word, count] of Object.entries(english)) expect(countSyllables(word, 'en'), word).toBe(count)
    const spanish = {
      sol: 1,
      casa: 2,
      bueno: 2,
      día: 2,
      familia: 3,
      escuela: 3,
      guerra: 2,
      quiero: 2,
      leer: 2,
      ciudad: 2,
      responsabilidad: 6,
    }
    for (const [word, count] of Object.entries(spanish)) expect(countSyllables(word, 'es'), word).toBe(count)
  })

  it('[WA9] tells plain words from an office’s, in both languages', () => {
    const plain = {
      en: 'Bring a bed for Rosa. She sleeps over on school nights.',
      es: 'Traiga una cama para Rosa. Ella duerme aquí.',
    }
    const office = {
      en: 'Participation in the comprehensive psychological evaluation is mandatory for reunification.',
      es: 'La participación obligatoria en la evaluación psicológica condiciona la reunificación familiar correspondiente.',
    }
    for (const language of ['en', 'es'] as const) {
      expect(readingLevel(plain[language], language)!.level, language).toBe('easy')
      expect(readingLevel(office[language], language)!.level, language).toBe('hard')
      expect(readingLevel(office[language], language)!.hardWords).toHaveLength(3)
    }
  })

  it('[WA9] calls nothing hard for being short, and says nothing of what has no words', () => {
    for (const words of ['Parenting class', 'Job club', 'Call Holt.'])
      expect(readingLevel(words, 'en')!.level).not.toBe('hard')
    expect(readingLevel('Terapia', 'es')!.level).not.toBe('hard')
    expect(readingLevel(' 12:30! ', 'en')).toBeNull()
  })
})

describe('short forms', () => {
  it('[WA10] are found and explained in both languages', () => {
    const found = findShortForms('The IEP goes to the TDM; ask CalWORKs, not XYZ. OK?', 'en')
    expect(found.map(({ short }) => short)).toEqual(['IEP', 'TDM', 'CalWORKs', 'XYZ'])
    expect(found[0]).toMatchObject({ at: 4, says: 'a school’s plan for a child who learns in another way' })
    expect(found[3]!.says).toBeNull()
    expect(findShortForms('Los TDMs', 'es')[0]!.says).toBe('una reunión para decidir juntos dónde vive un niño')
    expect(findShortForms('CALL ME AT THREE', 'en')).toEqual([])
  })

  it('[WA10] go by what a county says about its own', () => {
    const county = { TIP: { en: 'a tip', es: 'un consejo' } }
    expect(findShortForms('The TIP', 'en', county)[0]!.says).toBe('a tip')
    for (const [short, { en, es }] of Object.entries(GLOSSARY)) expect(en && es, short).toBeTruthy()
  })
})
