import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NoLine } from '../../client/api'
import { OTHER_WORDS } from '../../client/otherWords'
import en from '../../client/locales/en.json'
import es from '../../client/locales/es.json'
import { messageFor, sentenceFor } from '../../client/messages'
import { ERRORS, PlanError, type ErrorCode } from '../../shared/errors'
import { COLUMNS } from '../../shared/plan'
import { ROLES } from '../../shared/roles'
import { VersionReason } from '../../shared/version'

type Words = { [key: string]: string | Words }

/** Every sentence of a locale file by its full key. */
function flatten(words: Words, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
    ),
  )
}

const english = flatten(en)
const spanish = flatten(es)
const blanks = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(vue|ts)$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
}

/** The sources a page is made of, without those that come together with the other pages' words. */
function sourcesFrom(file: string, known = new Set<string>()): Set<string> {
  const found = [file, `${file}.ts`].find((path) => /\.(vue|ts)$/.test(path) && existsSync(path))
  if (!found || known.has(found)) return known
  known.add(found)
  const source = readFileSync(found, 'utf8').replaceAll(/withOtherWords\(\(\) => import\([^)]*\)\)/g, '')
  for (const [, path] of source.matchAll(/(?:from |import\(?)\s*'(\.[^']+)'/g)) {
    sourcesFrom(join(dirname(found), path!), known)
  }
  return known
}

describe('the words of the pages', () => {
  it('[UI10] says everything in Spanish that it says in English, with the same names in it', () => {
    expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort())
    for (const [key, sentence] of english) expect(blanks(spanish.get(key)!), key).toEqual(blanks(sentence))
  })

  it('[UI10] has no sentence left empty', () => {
    for (const [key, sentence] of [...english, ...spanish]) expect(sentence.trim(), key).not.toBe('')
  })

  it('[UI11] asks only for sentences that exist', () => {
    const asked = sources('client').flatMap((source) =>
      [...source.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key]) => key!),
    )
    expect(asked.length).toBeGreaterThan(50)
    expect(asked.filter((key) => !english.has(key))).toEqual([])
  })

  it('[UI11] has a word for every part, column and reason', () => {
    const asked = [
      ...ROLES.map((role) => `people.role.${role}`),
      ...COLUMNS.map((column) => `common.column.${column}`),
      ...VersionReason.options.map((reason) => `versions.reason.${reason}`),
    ]
    expect(asked.filter((key) => !english.has(key))).toEqual([])
  })

  it('[UI52] loads the words of a page with it; in the room, none that only other pages say', () => {
    const inRoom = sourcesFrom('client/main.ts')
    expect([...inRoom]).toContain('client/components/plan/PlanBoard.vue')
    const others = new RegExp(`\\bt\\(\\s*['\`](?:${OTHER_WORDS.join('|')})\\.`)
    expect([...inRoom].filter((file) => others.test(readFileSync(file, 'utf8')))).toEqual([])
  })

  it('[UI12] has a sentence for everything that can be refused, and for nothing else', () => {
    const asked = [...(Object.keys(ERRORS) as ErrorCode[]).map(sentenceFor), 'errors.noLine']
    const said = [...english.keys()].filter((key) => key.startsWith('errors.'))
    expect(said.sort()).toEqual(asked.sort())
    expect(sentenceFor('plan/old-generation')).toBe('errors.planOldGeneration')
  })

  it('[UI12] tells a lost line from a refusal, and a bug from both', () => {
    expect(messageFor(new NoLine())).toBe('errors.noLine')
    expect(messageFor(new PlanError('meeting/ended'))).toBe('errors.meetingEnded')
    expect(messageFor(new TypeError('x is not a function'))).toBe('errors.serverTrouble')
  })
})
