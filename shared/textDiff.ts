import { WORDS_MAX } from './plan'

/** One place where a text changed: `remove` units at `at` gave way to `insert`. */
export interface TextEdit {
  at: number
  remove: number
  insert: string
}

/** A change of a `Y.Text` as its event tells it. */
export type TextDelta = readonly { retain?: number; insert?: unknown; delete?: number }[]

/** An edit on its way over changes of others: what is left to remove may lie in several pieces. */
export interface CarriedEdit {
  at: number
  remove: { from: number; to: number }[]
  insert: string
}

const JOINS_LEFT = /^[\p{M}\p{Emoji_Modifier}\u200d\ufe0e\ufe0f\u{e0020}-\u{e007f}]/u
const FLAG_HALF = /^\p{Regional_Indicator}/u

function pointAt(text: string, index: number): string {
  return String.fromCodePoint(text.codePointAt(index) ?? 0)
}

function isLow(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xdc00
}

function isHigh(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xd800
}

/** Would a cut at `index` split what a person sees as one sign: a surrogate pair, an accent, a joined emoji, a flag? */
function splits(text: string, index: number): boolean {
  if (index <= 0 || index >= text.length) return false
  if (isLow(text, index) && isHigh(text, index - 1)) return true
  if (text[index - 1] === '\u200d') return true
  const right = pointAt(text, index)
  if (JOINS_LEFT.test(right)) return true
  return FLAG_HALF.test(right) && index >= 2 && FLAG_HALF.test(pointAt(text, index - 2))
}

/**
 * The smallest edit that makes `after` from `before`, never cutting a sign in two; null when they are equal.
 *
 * @param caret where the caret stands in `after`: of several equal places ("aa" to "aaa") the one typed at is taken
 */
export function diffText(before: string, after: string, caret = after.length): TextEdit | null {
  if (before === after) return null
  const shorter = Math.min(before.length, after.length)
  const sameEnd = (suffix: number) => before[before.length - 1 - suffix] === after[after.length - 1 - suffix]

  let suffix = 0
  while (suffix < Math.min(shorter, after.length - caret) && sameEnd(suffix)) suffix++
  let prefix = 0
  while (prefix < shorter - suffix && before[prefix] === after[prefix]) prefix++
  while (suffix < shorter - prefix && sameEnd(suffix)) suffix++

  while (prefix > 0 && (splits(before, prefix) || splits(after, prefix))) prefix--
  const splitsEnd = () => splits(before, before.length - suffix) || splits(after, after.length - suffix)
  while (suffix > 0 && splitsEnd()) suffix--

  return { at: prefix, remove: before.length - suffix - prefix, insert: after.slice(prefix, after.length - suffix) }
}

export function applyEdit(text: string, edit: TextEdit): string {
  return text.slice(0, edit.at) + edit.insert + text.slice(edit.at + edit.remove)
}

/** The edit as a delta, the form in which others' changes come. */
export function toDelta(edit: TextEdit | null): TextDelta {
  return edit ? [{ retain: edit.at }, { insert: edit.insert }, { delete: edit.remove }] : []
}

function carryOverInsert(edit: CarriedEdit, at: number, length: number): CarriedEdit {
  const remove = edit.remove.flatMap(({ from, to }) => {
    if (at <= from) return [{ from: from + length, to: to + length }]
    if (at >= to) return [{ from, to }]
    return [
      { from, to: at },
      { from: at + length, to: to + length },
    ]
  })
  return { ...edit, remove, at: at <= edit.at ? edit.at + length : edit.at }
}

function carryOverDelete(edit: CarriedEdit, at: number, length: number): CarriedEdit {
  const move = (index: number) => (index <= at ? index : Math.max(at, index - length))
  const remove = edit.remove.map(({ from, to }) => ({ from: move(from), to: move(to) })).filter((r) => r.to > r.from)
  return { ...edit, remove, at: move(edit.at) }
}

/** The same intention in a text that others changed meanwhile: what they wrote stays, inside a removed span too. */
export function carryEdit(edit: CarriedEdit, delta: TextDelta): CarriedEdit {
  let index = 0
  for (const step of delta) {
    if (step.retain !== undefined) index += step.retain
    else if (typeof step.insert === 'string') {
      edit = carryOverInsert(edit, index, step.insert.length)
      index += step.insert.length
    } else if (step.delete !== undefined) edit = carryOverDelete(edit, index, step.delete)
  }
  return edit
}

export function startCarrying(edit: TextEdit): CarriedEdit {
  return { at: edit.at, insert: edit.insert, remove: edit.remove ? [{ from: edit.at, to: edit.at + edit.remove }] : [] }
}

/** A carried edit as single edits, the last place first, so that each one's place still holds. */
export function landEdit(edit: CarriedEdit): TextEdit[] {
  const removals = edit.remove.map(({ from, to }) => ({ at: from, remove: to - from, insert: '' }))
  const insertion = edit.insert ? [{ at: edit.at, remove: 0, insert: edit.insert }] : []
  return [...removals, ...insertion].sort((a, b) => b.at - a.at || b.remove - a.remove)
}

/** What I made of `base`, on top of what `theirs` made of it. */
export function mergeText(base: string, mine: string, theirs: string): string {
  const edit = diffText(base, mine)
  if (!edit) return theirs
  return landEdit(carryEdit(startCarrying(edit), toDelta(diffText(base, theirs)))).reduce(applyEdit, theirs)
}

/** As much of `insert` as there is room for beside `length` units, never half a sign. */
export function fitWords(insert: string, length: number): string {
  let end = Math.max(0, Math.min(insert.length, WORDS_MAX - length))
  while (end > 0 && splits(insert, end)) end--
  return insert.slice(0, end)
}
