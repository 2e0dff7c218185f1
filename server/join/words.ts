import { existsSync, readFileSync } from 'node:fs'
import {
  compile,
  createCoreContext,
  registerMessageCompiler,
  registerMessageResolver,
  resolveValue,
  translate,
} from '@intlify/core-base'
import { LANGUAGES, type Language } from '../../shared/meeting'

registerMessageCompiler(compile)
registerMessageResolver(resolveValue)

/** Says the words behind a key in one language. */
export type Say = (key: string, params?: Record<string, string | number>) => string

/** The same files the pages use: beside the bundle (`dist/locales`), or in the sources. */
function readLocale(language: Language): Record<string, unknown> {
  const places = ['../locales/', '../../client/locales/'].map(
    (folder) => new URL(folder + language + '.json', import.meta.url),
  )
  const file = places.find((place) => existsSync(place))
  if (!file) throw new Error(`The words for "${language}" are missing.`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** Reads the words of every language, once. */
export function loadWords(): Record<Language, Say> {
  const speakers = LANGUAGES.map((language): [Language, Say] => {
    const context = createCoreContext({
      locale: language,
      messages: { [language]: readLocale(language) as never },
      missingWarn: false,
      fallbackWarn: false,
    })
    return [language, (key, params = {}) => String(translate(context, key, params))]
  })
  return Object.fromEntries(speakers) as Record<Language, Say>
}
