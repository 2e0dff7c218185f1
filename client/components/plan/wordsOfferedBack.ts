import { defineAsyncComponent } from 'vue'

/** Loaded when the server turned words away, so there is a line to load it on; most people never meet it. */
export const RefusedWords = defineAsyncComponent(() => import('./RefusedWords.vue'))
