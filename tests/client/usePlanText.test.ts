// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import * as Y from 'yjs'
import { usePlanText } from '../../client/composables/usePlanText'
import { WORDS_MAX } from '../../shared/plan'

/** A field on Dana's phone, and Quill's copy of the same plan. */
function openField(words: string, options: Parameters<typeof usePlanText>[2] = {}) {
  const [dana, quill] = [new Y.Doc(), new Y.Doc()]
  dana.getText('question').insert(0, words)
  Y.applyUpdate(quill, Y.encodeStateAsUpdate(dana))
  quill.on('update', (update: Uint8Array) => Y.applyUpdate(dana, update, 'line'))
  const field = document.createElement('textarea')
  document.body.append(field)
  scope = effectScope()
  scope.run(() =>
    usePlanText(
      () => field,
      () => dana.getText('question'),
      options,
    ),
  )
  field.focus()
  return { field, mine: dana.getText('question'), theirs: quill.getText('question'), dana }
}

/** Types as a browser does: the value changes at the caret, then `input` tells. */
function type(field: HTMLTextAreaElement, words: string, start = field.selectionStart, end = field.selectionEnd): void {
  field.value = field.value.slice(0, start) + words + field.value.slice(end)
  field.setSelectionRange(start + words.length, start + words.length)
  field.dispatchEvent(new InputEvent('input', { inputType: 'insertText' }))
}

const press = (field: HTMLElement, key: string, shiftKey = false) =>
  field.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, shiftKey, cancelable: true, bubbles: true }))

let scope: EffectScope

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  scope.stop()
  document.body.replaceChildren()
  vi.useRealTimers()
})

describe('writing in a field', () => {
  it('[PL53] Dana’s typing reaches the plan as she types, and nothing else in the field is touched', () => {
    const { field, mine, theirs } = openField('Bring a bed')
    const deltas: unknown[] = []
    mine.observe((event) => void deltas.push(event.delta))
    type(field, 'big ', 8, 8)
    expect(mine.toString()).toBe('Bring a big bed')
    expect(deltas).toEqual([[{ retain: 8 }, { insert: 'big ' }]])
    theirs.insert(0, 'Please: ')
    expect(field.value).toBe('Please: Bring a big bed')
  })

  it('[PL54] her caret stays beside her own words while Quill writes before, after and at it', () => {
    const { field, theirs } = openField('Call the company')
    field.setSelectionRange(9, 9)
    theirs.insert(0, 'Dana: ')
    expect(field.selectionStart).toBe(15)
    theirs.insert(15, ' power')
    expect([field.selectionStart, field.selectionEnd]).toEqual([15, 15])
    theirs.delete(0, 6)
    expect(field.selectionStart).toBe(9)
  })

  it('[PL54] what she has selected stays selected, though Quill writes inside it', () => {
    const { field, theirs } = openField('Call the company today')
    field.setSelectionRange(5, 16)
    theirs.insert(9, 'power ')
    theirs.insert(0, '> ')
    expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe('the power company')
    theirs.delete(0, theirs.length)
    expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(['', 0, 0])
  })

  it('[PL51] an emoji changed for its neighbour goes out whole', () => {
    const { field, mine, theirs } = openField('Happy 😀')
    type(field, '😁', 6, 8)
    expect(mine.toString()).toBe('Happy 😁')
    theirs.insert(6, '👩‍👩‍👧 ')
    expect(field.value).not.toMatch(/\p{Cs}/u)
  })

  it('[PL53] pasted lines stay lines, and become spaces where words are one line', () => {
    const { field, mine } = openField('')
    type(field, 'one\ntwo')
    expect(mine.toString()).toBe('one\ntwo')
    scope.stop()
    const line = openField('', { oneLine: true })
    type(line.field, 'one\ntwo')
    expect([line.mine.toString(), line.field.value]).toEqual(['one two', 'one two'])
  })

  it('[PL53] words longer than a field may hold are cut at its end, in the field too', () => {
    const { field, mine } = openField('x'.repeat(WORDS_MAX - 1))
    type(field, 'ab', 3, 3)
    expect(mine.length).toBe(WORDS_MAX)
    expect(field.value).toBe(mine.toString())
  })
})

describe('an input method that composes', () => {
  const begin = (field: HTMLElement) => field.dispatchEvent(new CompositionEvent('compositionstart'))
  const end = (field: HTMLElement) => field.dispatchEvent(new CompositionEvent('compositionend'))

  it('[PL55] is left alone: nothing is pushed or pulled until it is done, then both people’s words stand', () => {
    const { field, mine, theirs } = openField('Rosa ')
    begin(field)
    type(field, 'ね', 5, 5)
    theirs.insert(0, 'Abuela ')
    theirs.insert(theirs.length, 'sleeps over')
    expect(mine.toString()).toBe('Abuela Rosa sleeps over')
    expect(field.value).toBe('Rosa ね')
    type(field, '猫', 5, 6)
    end(field)
    expect(mine.toString()).toBe('Abuela Rosa sleeps over猫')
    expect(field.value).toBe(mine.toString())
    expect(field.selectionStart).toBe(field.value.length)
  })

  it('[PL55] replaces only what it meant, when Quill wrote into the very word', () => {
    const { field, mine, theirs } = openField('the paymnt plan')
    begin(field)
    type(field, 'payment', 4, 10)
    theirs.insert(7, '-X-')
    theirs.delete(0, 4)
    end(field)
    expect(mine.toString()).toContain('-X-')
    expect(mine.toString().replace('-X-', '')).toBe('payment plan')
    expect(field.value).toBe(mine.toString())
  })

  it('[PL56] tells at once that words are held back, and saves half a word after a rest', () => {
    const held: boolean[] = []
    const { field, mine } = openField('', { hold: (handOver) => void held.push(handOver !== null) })
    begin(field)
    type(field, 'Ro')
    expect(held).toEqual([true])
    expect(mine.toString()).toBe('')
    vi.advanceTimersByTime(2_000)
    expect([mine.toString(), held.at(-1)]).toEqual(['Ro', false])
    type(field, 'sa')
    end(field)
    expect([mine.toString(), held.at(-1)]).toEqual(['Rosa', false])
  })

  it('[PL56] hands over what it holds when the page asks for it', () => {
    let handOver: (() => void) | null = null
    const { field, mine } = openField('', { hold: (held) => (handOver = held) })
    begin(field)
    type(field, 'Ro')
    handOver!()
    expect([mine.toString(), handOver]).toEqual(['Ro', null])
  })
})

describe('taking typing back', () => {
  it('[PL57] Ctrl+Z takes back Dana’s words only, Shift brings them again, and Quill’s stay', () => {
    const { field, mine, theirs } = openField('Bring')
    type(field, ' a bed', 5, 5)
    theirs.insert(0, 'Quill: ')
    expect(press(field, 'z')).toBe(false)
    expect([mine.toString(), field.value, field.selectionStart]).toEqual(['Quill: Bring', 'Quill: Bring', 12])
    press(field, 'Z', true)
    expect(field.value).toBe('Quill: Bring a bed')
    expect(field.selectionStart).toBe(field.value.length)
  })

  it('[PL57] never takes back what stood there before she came', () => {
    const { field } = openField('Bring')
    press(field, 'z')
    expect(field.value).toBe('Bring')
  })

  it('[PL53] after the component is gone the field is nobody’s', () => {
    const { field, mine, dana } = openField('Bring')
    scope.stop()
    type(field, '!')
    expect(mine.toString()).toBe('Bring')
    expect((dana as unknown as { _observers: Map<string, unknown> })._observers.has('beforeTransaction')).toBe(false)
  })
})
