import { defineAsyncComponent } from 'vue'
import { withOtherWords } from '../../i18n'
import { idle } from '../../whenIdle'

// What a plan watches out for is reckoned once the page stands, when the phone has nothing else to do.
const note = withOtherWords(() => import('../watch/ClashNote.vue'))
const all = withOtherWords(() => import('../watch/WatchOut.vue'))

/** On a promise: who cannot be there, and why. */
export const ClashNote = defineAsyncComponent(() => idle().then(note))
/** Beside the plan, or above it on a phone: all of it. */
export const WatchOut = defineAsyncComponent(() => idle().then(all))
