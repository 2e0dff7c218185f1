import { createI18n } from 'petite-vue-i18n'
import { LANGUAGES, type Language } from '../shared/meeting'
import { findWords } from './findWords'
import type en from './locales/en.json'

const STORED = 'ourplan.language'

export const i18n = createI18n<[typeof en], Language, false>({
  legacy: false,
  locale: 'en',
  messageResolver: findWords,
  messages: {} as Record<Language, typeof en>,
})

/** Languages by the name their own speakers give them. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', es: 'Español' }

type Words = Record<Language, () => Promise<{ default: object }>>

/** A phone loads the words of its own language only, and of those what its pages say. */
const ROOM_WORDS: Words = {
  en: () => import('./locales/en.json'),
  es: () => import('./locales/es.json'),
}
const OTHER_WORDS: Words = {
  en: () => import('./locales/en.others.json'),
  es: () => import('./locales/es.others.json'),
}
const wanted = new Set([ROOM_WORDS])
let speaking: Language = 'en'

function isLanguage(text: string | null | undefined): text is Language {
  return LANGUAGES.includes(text as Language)
}

/** The language this person chose on this browser; storage may be forbidden, then nobody chose. */
function chosenLanguage(): Language | null {
  try {
    const stored = localStorage.getItem(STORED)
    return isLanguage(stored) ? stored : null
  } catch {
    return null
  }
}

function browserLanguage(): Language {
  const wished = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())
  return wished.find(isLanguage) ?? 'en'
}

async function learn(language: Language): Promise<void> {
  const pieces = await Promise.all([...wanted].map((words) => words[language]()))
  for (const { default: words } of pieces) i18n.global.mergeLocaleMessage(language, words)
}

/** A page that says more than the room does comes together with those words (`otherWords.ts`), and what only such pages ask for. */
export function withOtherWords<Page>(load: () => Promise<Page>): () => Promise<Page> {
  return async () => {
    wanted.add(OTHER_WORDS)
    const [page] = await Promise.all([load(), learn(speaking), import('./otherRoutes')])
    return page
  }
}

async function show(language: Language): Promise<void> {
  speaking = language
  await learn(language)
  i18n.global.locale.value = language
  document.documentElement.lang = language
}

/** Speaks the chosen language, else the browser's. */
export async function startLanguage(): Promise<void> {
  await show(chosenLanguage() ?? browserLanguage())
}

/** Speaks `language` from now on, also next time. */
export async function chooseLanguage(language: Language): Promise<void> {
  await show(language)
  try {
    localStorage.setItem(STORED, language)
  } catch {
    // Only the next visit would have known.
  }
}

/** Speaks the language a person gave at the door, unless they chose one on this browser. */
export async function suggestLanguage(language: Language): Promise<void> {
  if (!chosenLanguage()) await show(language)
}
