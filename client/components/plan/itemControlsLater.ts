import { defineAsyncComponent } from 'vue'
import { withOtherWords } from '../../i18n'
import { whenIdle } from '../../whenIdle'

const ofItem = () => import('./ItemControls.vue')
const ofGoal = () => import('./GoalControls.vue')
/** What those controls show in their turn: a line that is gone by then would leave a hole in them. */
const inControls = [
  withOtherWords(() => import('../aside/PileField.vue')),
  withOtherWords(() => import('../aside/LaterButton.vue')),
  withOtherWords(() => import('./TimesField.vue')),
]
const ofRemovedOne = () => import('./RemovedNote.vue')
const ofRemoved = () => import('./RemovedNotes.vue')

/** A page of words stands before the small controls of one line are there; nobody reaches for them sooner. */
export const ItemControls = defineAsyncComponent(ofItem)
export const GoalControls = defineAsyncComponent(ofGoal)
export const RemovedNote = defineAsyncComponent(ofRemovedOne)
export const RemovedNotes = defineAsyncComponent(ofRemoved)
/** Where there are two languages in the room. */
export const OtherText = defineAsyncComponent(withOtherWords(() => import('./OtherText.vue')))
export const OtherWords = defineAsyncComponent(withOtherWords(() => import('./OtherWords.vue')))
/** Where something waits for later, or ideas are put together. */
export const BelowGoals = defineAsyncComponent(withOtherWords(() => import('../aside/BelowGoals.vue')))
export const IdeaLists = defineAsyncComponent(withOtherWords(() => import('../aside/IdeaLists.vue')))
/** What short forms stand for, below words that may have some. */
export const ShortForms = defineAsyncComponent(withOtherWords(() => import('../words/ShortForms.vue')))
export const hasCapitals = (words: string) => /[A-Z]{2}/.test(words)

/** Fetches them before somebody reaches for them. */
export const fetchItemControls = () =>
  whenIdle(() => Promise.all([ofItem(), ofGoal(), ofRemoved(), ...inControls.map((fetch) => fetch())]))
