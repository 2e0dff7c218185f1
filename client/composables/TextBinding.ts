import * as Y from 'yjs'
import {
  carryEdit,
  diffText,
  fitWords,
  landEdit,
  startCarrying,
  type TextDelta,
  type TextEdit,
} from '../../shared/textDiff'

export type TextFieldElement = HTMLTextAreaElement | HTMLInputElement

export interface TextBindingOptions {
  /** A line of words: Enter and pasted line ends become spaces. */
  oneLine?: boolean
  /**
   * The field holds words the document does not have yet, because an input method composes. Told with a way to hand
   * them over at once, and with null when there are none any more.
   */
  hold?: (handOver: (() => void) | null) => void
  /** The field shows these words now. */
  shown?: (words: string) => void
}

interface Composition {
  /** What the field and the document both said when it began. */
  base: string
  /** What others changed since. */
  deltas: TextDelta[]
}

/** Somebody who stops in the middle of a word should not have it unsaved for long; in milliseconds. */
const COMPOSING_REST = 2_000

/** Keeps one field and one `Y.Text` the same, with the caret where the person left it. */
export class TextBinding {
  #field: TextFieldElement
  #text: Y.Text
  #options: TextBindingOptions
  #composition: Composition | null = null
  #rest: ReturnType<typeof setTimeout> | undefined
  #selection: { start: Y.RelativePosition; end: Y.RelativePosition } | null = null
  #history: Y.UndoManager | null = null
  #listening = new AbortController()

  constructor(field: TextFieldElement, text: Y.Text, options: TextBindingOptions = {}) {
    this.#field = field
    this.#text = text
    this.#options = options
    text.observe(this.#hear)
    const on = <K extends keyof HTMLElementEventMap>(name: K, handle: (event: HTMLElementEventMap[K]) => void) =>
      (field as HTMLElement).addEventListener(name, handle, { signal: this.#listening.signal })
    on('input', () => this.#input())
    on('beforeinput', (event) => this.#beforeInput(event))
    on('keydown', (event) => this.#keydown(event))
    on('compositionstart', () => this.#compose())
    on('compositionend', () => this.#settle())
    on('focus', () => this.#focus())
    on('blur', () => this.#blur())
    this.#show()
    if (this.#focused) this.#focus()
  }

  destroy(): void {
    this.#settle()
    this.#blur()
    this.#history?.destroy()
    this.#text.unobserve(this.#hear)
    this.#listening.abort()
  }

  get #focused(): boolean {
    return this.#field.ownerDocument.activeElement === this.#field
  }

  // From the field to the document

  /** What stands in the field, as it may stand in the document (same length, so places stay places). */
  #written(): string {
    return this.#options.oneLine ? this.#field.value.replace(/[\r\n]/g, ' ') : this.#field.value
  }

  #input(): void {
    if (this.#composition) {
      this.#holdComposed()
      return
    }
    const edit = diffText(this.#text.toString(), this.#written(), this.#field.selectionEnd ?? undefined)
    if (edit) this.#land([edit])
    const caret = this.#field.selectionEnd
    if (this.#field.value === this.#text.toString()) this.#options.shown?.(this.#field.value)
    else this.#show(caret === null ? undefined : { start: caret, end: caret })
  }

  /** Writes edits into the document in one transaction; `this` is its origin. */
  #land(edits: TextEdit[]): void {
    this.#text.doc?.transact(() => {
      for (const { at, remove, insert } of edits) {
        if (remove) this.#text.delete(at, remove)
        const fitting = fitWords(insert, this.#text.length)
        if (fitting) this.#text.insert(at, fitting)
      }
    }, this)
  }

  #beforeInput(event: InputEvent): void {
    if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return
    event.preventDefault()
    this.#travel(event.inputType === 'historyUndo' ? 'undo' : 'redo')
  }

  #keydown(event: KeyboardEvent): void {
    if (event.isComposing || this.#composition) return
    if (event.key === 'Enter' && this.#options.oneLine) event.preventDefault()
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    if (key !== 'z' && key !== 'y') return
    event.preventDefault()
    this.#travel(key === 'y' || event.shiftKey ? 'redo' : 'undo')
  }

  /** Takes back (or brings back) this person's own typing; a browser's own undo would take others' words along. */
  #travel(way: 'undo' | 'redo'): void {
    this.#history?.[way]()
  }

  // While an input method composes, nothing is pushed from the field or pulled into it

  #compose(): void {
    this.#composition = { base: this.#text.toString(), deltas: [] }
  }

  #holdComposed(): void {
    this.#options.hold?.(() => this.#settle())
    this.#options.shown?.(this.#field.value)
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.#restComposing(), COMPOSING_REST)
  }

  /** Saves half a word after a while. Not once others changed the field: then the two texts differ until the end. */
  #restComposing(): void {
    const composition = this.#composition
    if (!composition || composition.deltas.length > 0) return
    const edit = diffText(composition.base, this.#written(), this.#field.selectionEnd ?? undefined)
    if (edit) this.#land([edit])
    composition.base = this.#text.toString()
    if (composition.base === this.#field.value) this.#options.hold?.(null)
  }

  /** The composed words go on top of what others changed meanwhile. */
  #settle(): void {
    clearTimeout(this.#rest)
    const composition = this.#composition
    if (!composition) return
    this.#composition = null
    const caret = this.#field.selectionEnd ?? this.#field.value.length
    const edit = diffText(composition.base, this.#written(), caret)
    const carried = composition.deltas.reduce(carryEdit, startCarrying(edit ?? { at: caret, remove: 0, insert: '' }))
    this.#land(landEdit(carried))
    const removedBefore = carried.remove.reduce((sum, { from, to }) => sum + (to <= carried.at ? to - from : 0), 0)
    const beyond = edit ? caret - edit.at - edit.insert.length : 0
    const at = carried.at - removedBefore + carried.insert.length + beyond
    this.#options.hold?.(null)
    this.#show({ start: at, end: at })
  }

  // From the document to the field

  #hear = (event: Y.YTextEvent, transaction: Y.Transaction): void => {
    if (transaction.origin === this) return
    if (this.#composition) {
      this.#composition.deltas.push(event.delta)
      return
    }
    const travelled = transaction.origin === this.#history && this.#history !== null
    this.#show(travelled ? changedPlace(event.delta) : this.#keptSelection())
  }

  #show(selection?: { start: number; end: number } | null): void {
    const words = this.#text.toString()
    if (this.#field.value !== words) {
      const direction = this.#field.selectionDirection ?? undefined
      this.#field.value = words
      // Only where the person is: some browsers focus the field whose selection is set.
      if (selection && this.#focused) this.#field.setSelectionRange(selection.start, selection.end, direction)
    }
    this.#options.shown?.(words)
  }

  /** Before any change: tie the caret to the signs beside it. A lone caret stays behind what was typed before it. */
  #rememberSelection = (): void => {
    if (this.#composition) return
    const { selectionStart, selectionEnd } = this.#field
    if (selectionStart === null || selectionEnd === null) return
    const tie = (index: number, side: number) => Y.createRelativePositionFromTypeIndex(this.#text, index, side)
    this.#selection = {
      start: tie(selectionStart, selectionStart === selectionEnd ? -1 : 0),
      end: tie(selectionEnd, -1),
    }
  }

  #keptSelection(): { start: number; end: number } | null {
    const doc = this.#text.doc
    if (!this.#selection || !doc) return null
    const start = Y.createAbsolutePositionFromRelativePosition(this.#selection.start, doc)
    const end = Y.createAbsolutePositionFromRelativePosition(this.#selection.end, doc)
    return start && end && { start: start.index, end: Math.max(start.index, end.index) }
  }

  /** Only the field one is in needs a caret and a history: a plan has many fields, and each change would pass them all. */
  #focus(): void {
    this.#text.doc?.on('beforeTransaction', this.#rememberSelection)
    this.#history ??= new Y.UndoManager(this.#text, { trackedOrigins: new Set([this]) })
  }

  #blur(): void {
    this.#text.doc?.off('beforeTransaction', this.#rememberSelection)
    this.#selection = null
    this.#history?.stopCapturing()
  }
}

/** The caret after a change: behind what it brought, or where it took something away. */
function changedPlace(delta: TextDelta): { start: number; end: number } {
  let [index, place] = [0, 0]
  for (const step of delta) {
    if (step.retain !== undefined) index += step.retain
    else {
      if (typeof step.insert === 'string') index += step.insert.length
      place = index
    }
  }
  return { start: place, end: place }
}
