import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  applyEdit,
  carryEdit,
  diffText,
  fitWords,
  landEdit,
  mergeText,
  startCarrying,
  toDelta,
} from '../../shared/textDiff'
import { WORDS_MAX } from '../../shared/plan'

const SIGNS = ['a', 'a', 'b', ' ', '\n', 'é', 'e\u0301', 'ñ', '😀', '👩‍👩‍👧', '👩‍👩‍👦', '👍🏽', '🇲🇽', '🇺🇸', '日', 'क्षि', '❤️']
const words = fc.array(fc.constantFrom(...SIGNS), { maxLength: 12 }).map((signs) => signs.join(''))
const seeded = { seed: 20270302, numRuns: 2_000 }
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const boundaries = (text: string) => new Set([...graphemes.segment(text)].map(({ index }) => index).concat(text.length))

describe('the difference between two texts', () => {
  it('[PL50] gives exactly what the person sees in the field, wherever the caret stands', () => {
    fc.assert(
      fc.property(words, words, fc.nat(40), (before, after, caret) => {
        const edit = diffText(before, after, Math.min(caret, after.length))
        expect(edit ? applyEdit(before, edit) : before).toBe(after)
        expect(edit === null).toBe(before === after)
      }),
      seeded,
    )
  })

  it('[PL50] touches nothing beside the place that changed', () => {
    expect(diffText('Bring a bed', 'Bring a big bed')).toEqual({ at: 9, remove: 0, insert: 'ig b' })
    expect(diffText('Bring a bed', 'Bring a big bed', 12)).toEqual({ at: 8, remove: 0, insert: 'big ' })
    expect(diffText('aaaa', 'aaaaa', 2)).toEqual({ at: 1, remove: 0, insert: 'a' })
    expect(diffText('aaaa', 'aaa', 1)).toEqual({ at: 1, remove: 1, insert: '' })
  })

  it('[PL51] never cuts a sign in two: accents, joined emoji, skin tones, flags', () => {
    fc.assert(
      fc.property(words, words, fc.nat(40), (before, after, caret) => {
        const edit = diffText(before, after, Math.min(caret, after.length))
        if (!edit) return
        const cuts = boundaries(before)
        expect(cuts.has(edit.at) && cuts.has(edit.at + edit.remove)).toBe(true)
        expect(edit.insert).not.toMatch(/\p{Cs}/u)
      }),
      seeded,
    )
    expect(diffText('👩‍👩‍👧', '👩‍👩‍👦')).toEqual({ at: 0, remove: 8, insert: '👩‍👩‍👦' })
    expect(diffText('I like 😀', 'I like 😁')).toEqual({ at: 7, remove: 2, insert: '😁' })
  })

  it('[PL51] stops at the longest words allowed without leaving half a sign', () => {
    expect(fitWords('abc', WORDS_MAX - 2)).toBe('ab')
    expect(fitWords('a😀', WORDS_MAX - 2)).toBe('a')
    expect(fitWords('abc', WORDS_MAX)).toBe('')
  })
})

describe('two people in one field', () => {
  const write = (text: Y.Text, after: string) => {
    const edit = diffText(text.toString(), after)
    if (!edit) return
    text.delete(edit.at, edit.remove)
    text.insert(edit.at, edit.insert)
  }

  it('[PL52] end with the same words, and nothing either of them added is lost', () => {
    fc.assert(
      fc.property(words, words, words, (base, first, second) => {
        const [one, two] = [new Y.Doc(), new Y.Doc()]
        one.getText('words').insert(0, base)
        Y.applyUpdate(two, Y.encodeStateAsUpdate(one))
        const added = [first, second].map((after) => diffText(base, after)?.insert ?? '')
        write(one.getText('words'), first)
        write(two.getText('words'), second)
        Y.applyUpdate(two, Y.encodeStateAsUpdate(one))
        Y.applyUpdate(one, Y.encodeStateAsUpdate(two))
        const merged = one.getText('words').toString()
        expect(two.getText('words').toString()).toBe(merged)
        expect(merged).not.toMatch(/\p{Cs}/u)
        for (const insert of added) expect(merged).toContain(insert)
      }),
      seeded,
    )
  })

  it('[PL52] an edit carried over others’ changes removes only what it meant and keeps what they wrote', () => {
    fc.assert(
      fc.property(words, words, words, (base, mine, theirs) => {
        const [my, their] = [diffText(base, mine), diffText(base, theirs)]
        const merged = mergeText(base, mine, theirs)
        if (!my || !their) {
          expect(merged).toBe(my ? mine : theirs)
          return
        }
        expect(merged).toContain(their.insert)
        expect(merged).toContain(my.insert)
        const gone = new Set<number>()
        for (const edit of [my, their]) for (let i = 0; i < edit.remove; i++) gone.add(edit.at + i)
        expect(merged.length).toBe(base.length - gone.size + my.insert.length + their.insert.length)
      }),
      seeded,
    )
  })

  it('[PL52] an edit carried over several changes of others lands where the words it meant are now', () => {
    const edit = diffText('Call the company', 'Call the power company')!
    const away = carryEdit(startCarrying(edit), [{ insert: 'Dana: ' }])
    const further = carryEdit(away, [{ retain: 6 }, { delete: 4 }, { insert: 'Phone' }])
    const text = landEdit(further).reduce(applyEdit, 'Dana: Phone the company')
    expect(text).toBe('Dana: Phone the power company')
    expect(toDelta(null)).toEqual([])
  })
})
