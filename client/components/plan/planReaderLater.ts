import { defineAsyncComponent } from 'vue'

/** While people write, nobody needs the plan as pages to read only: it comes with the news that it is. */
export const PlanReader = defineAsyncComponent(() => import('./PlanReader.vue'))
