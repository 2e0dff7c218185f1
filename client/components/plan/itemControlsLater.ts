import { defineAsyncComponent } from 'vue'
import { withOtherWords } from '../../i18n'

const ofItem = () => import('./ItemControls.vue')
const ofGoal = () => import('./GoalControls.vue')

/** A page of words stands before the small controls of one line are there; nobody reaches for them sooner. */
export const ItemControls = defineAsyncComponent(ofItem)
export const GoalControls = defineAsyncComponent(ofGoal)
/** Where there are two languages in the room. */
export const OtherWords = defineAsyncComponent(withOtherWords(() => import('./OtherWords.vue')))

/** Fetches them when the page has nothing else to do, so that they are there when the line is not. */
export function fetchItemControls(): void {
  // Not every phone tells when it rests; there, right after the page is drawn.
  const whenIdle = globalThis.requestIdleCallback ?? setTimeout
  whenIdle(() => void Promise.all([ofItem(), ofGoal()]).catch(() => undefined))
}
