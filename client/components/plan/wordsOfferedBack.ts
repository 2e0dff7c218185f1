import { defineAsyncComponent } from 'vue'
import { withOtherWords } from '../../i18n'

/** Loaded when the server turned words away, so there is a line to load it on; most people never meet it. */
export const RefusedWords = defineAsyncComponent(withOtherWords(() => import('./RefusedWords.vue')))
