import { hash, verify } from '@node-rs/argon2'
import { PASSWORD_MIN } from '../../shared/account'
import { PlanError } from '../../shared/errors'
import { DEMO_PASSWORD } from '../demo/demoPeople'

/** Whose password it is to be. */
interface Owner {
  name: string
  email: string
}

/** So few different signs are a pattern, however long. */
const SIGNS_MIN = 5
/** Words of this length or shorter say nothing about a password that has them in it. */
const SHORT_WORD = 3
const ROWS = ['abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm', '0123456789', '9876543210']

let known: Promise<ReadonlySet<string>> | undefined

/** Passwords that were found in breaches, in small letters; read when the first password is chosen. */
function knownPasswords(): Promise<ReadonlySet<string>> {
  known ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(Object.values(dictionary).flatMap((words) => words as string[])),
  )
  return known
}

/** One spelling for what looks the same, on whatever keyboard it was typed (SP 800-63B-4, 3.1.1.2). */
const spelled = (password: string) => password.normalize('NFKC')
/** As people count: signs, not halves of them. */
const lengthOf = (password: string) => [...spelled(password)].length

/** Is it one piece said several times, such as `abcabcabc`? @returns the piece, or the whole */
function pieceOf(text: string): string {
  const again = `${text}${text}`.indexOf(text, 1)
  return again < text.length ? text.slice(0, again) : text
}

const isRow = (text: string) => ROWS.some((row) => row.repeat(text.length / row.length + 2).includes(text))

/** What anybody would try first for this person here. */
function ownWords({ name, email }: Owner): string[] {
  const words = `${name} ${email} ourplan our plan`.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  return words.filter((word) => word.length > SHORT_WORD).sort((a, b) => b.length - a.length)
}

/** What is left of it without the words that say whose it is, and without what people put between and behind. */
function withoutOwnWords(text: string, owner: Owner): string {
  return ownWords(owner)
    .reduce((rest, word) => rest.replaceAll(word, ''), text)
    .replace(/[\d\s\p{P}\p{S}]+/gu, '')
}

async function isGuessable(password: string, owner: Owner): Promise<boolean> {
  const text = spelled(password).toLowerCase()
  const words = await knownPasswords()
  const piece = pieceOf(text)
  if (text === DEMO_PASSWORD || words.has(text) || words.has(piece)) return true
  if (new Set(text).size < SIGNS_MIN || isRow(text) || isRow(piece)) return true
  const rest = withoutOwnWords(text, owner)
  const named = rest.length < text.replace(/[\d\s\p{P}\p{S}]+/gu, '').length
  return named && (rest.length <= SHORT_WORD || words.has(rest))
}

/** Looks at nothing: for passwords that nobody chose here. */
export const hashPassword = (password: string): Promise<string> => hash(spelled(password))

/**
 * A password somebody chose, as it is stored. There are no rules of what must be in it: long enough, and not one that
 * is tried first.
 *
 * @param besideCode is there a second factor? Then it may be shorter
 * @throws account/password-short, account/password-short-code, account/password-known
 */
export async function storePassword(
  password: string,
  owner: Owner,
  besideCode: boolean,
): Promise<{ passwordHash: string; passwordShort: boolean }> {
  const length = lengthOf(password)
  if (besideCode && length < PASSWORD_MIN.withCode) throw new PlanError('account/password-short-code')
  if (!besideCode && length < PASSWORD_MIN.alone) throw new PlanError('account/password-short')
  if (await isGuessable(password, owner)) throw new PlanError('account/password-known')
  return { passwordHash: await hashPassword(password), passwordShort: length < PASSWORD_MIN.alone }
}

/** Checked where there is no password, so that both answers take the same work. */
const nobodysHash = hash('there is no such account')

/** Is it the password behind this hash? Takes as long where there is none. */
export async function isPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  const right = await verify(passwordHash ?? (await nobodysHash), spelled(password))
  return Boolean(passwordHash) && right
}
