import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadWords } from '../../server/join/words'
import en from '../../client/locales/en.json'
import { LANGUAGES } from '../../shared/meeting'

type Words = { [key: string]: string | Words }

function keysOf(words: Words, prefix = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  )
}

const sources = ['client', 'server/join', 'server/links', 'server/inviting', 'shared'].flatMap((folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(vue|ts)$/.test(entry.name))
    .map((entry) => ({
      name: join(entry.parentPath, entry.name),
      text: readFileSync(join(entry.parentPath, entry.name), 'utf8'),
    })),
)
const keys = keysOf(en)
const namespaces = Object.keys(en).join('|')

/** Every key that stands in a source: `door.welcome`, or with holes to be filled, `common.column.${agency}`. */
function askedIn(text: string): string[] {
  const key = new RegExp(`(['\`])((?:${namespaces})\\.(?:[\\w.-]|\\$\\{[^}]*\\})+)\\1`, 'g')
  return [...text.matchAll(key)].map(([, , asked]) => asked!)
}

const pattern = (asked: string) => new RegExp(`^${asked.replace(/\$\{[^}]*\}/g, '[\\w-]+').replaceAll('.', '\\.')}$`)

/** The names a call gives: `say('door.letIn', { lead: … })`. */
function blanksGiven(text: string): { key: string; given: string[] }[] {
  const call = /\b(?:say|t)\(\s*'([\w.-]+)'\s*(?:,\s*\{([^}]*)\})?\s*,?\s*\)/g
  return [...text.matchAll(call)].map(([, key, blanks = '']) => ({
    key: key!,
    given: [...blanks.matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name]) => name!),
  }))
}

const needed = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
const sentenceOf = (key: string) =>
  key.split('.').reduce<string | Words | undefined>((words, part) => (words as Words | undefined)?.[part], en)

describe('the words of the door and of the app', () => {
  it('[UI1] are there wherever a source asks for them', () => {
    const missing = sources.flatMap(({ name, text }) =>
      askedIn(text)
        .filter((asked) => !keys.some((key) => pattern(asked).test(key)))
        .map((asked) => `${asked} in ${name}`),
    )
    expect(missing).toEqual([])
  })

  it('[UI1] are given every name they need', () => {
    const calls = sources.flatMap(({ name, text }) => blanksGiven(text).map((call) => ({ name, ...call })))
    expect(calls.length).toBeGreaterThan(100)
    const short = calls.filter(({ key, given }) => {
      const sentence = sentenceOf(key)
      return typeof sentence === 'string' && needed(sentence).some((blank) => !given.includes(blank))
    })
    expect(short).toEqual([])
  })

  it('[UI1] can be said in every language, names filled in', () => {
    const words = loadWords()
    for (const language of LANGUAGES) {
      for (const key of keys.filter((each) => each.startsWith('door.'))) {
        const blanks = Object.fromEntries(needed(sentenceOf(key) as string).map((name) => [name, `<${name}>`]))
        const said = words[language](key, blanks)
        expect(said, key).not.toContain(key)
        expect(said, key).not.toMatch(/[{}]/)
        for (const name of Object.values(blanks)) expect(said, key).toContain(name)
      }
    }
  })

  it('[UI2] are all said somewhere', () => {
    const asked = sources.flatMap(({ text }) => askedIn(text).map(pattern))
    expect(keys.filter((key) => !asked.some((each) => each.test(key)))).toEqual([])
  })
})
