import { defineAsyncComponent } from 'vue'
import { withOtherWords } from '../../i18n'
import { whenIdle } from '../../whenIdle'

const ofItem = () => import('./ItemControls.vue')
const ofGoal = () => import('./GoalControls.vue')

/** A page of words stands before the small controls of one line are there; nobody reaches for them sooner. */
export const ItemControls = defineAsyncComponent(ofItem)
export const GoalControls = defineAsyncComponent(ofGoal)
/** Where there are two languages in the room. */
export const OtherWords = defineAsyncComponent(withOtherWords(() => import('./OtherWords.vue')))

/** Fetches them before somebody reaches for them. */
export const fetchItemControls = () => whenIdle(() => Promise.all([ofItem(), ofGoal()]))
