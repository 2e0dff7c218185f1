import { defineAsyncComponent } from 'vue'
import { withOtherWords } from '../../i18n'

/** While people write, nobody needs the plan as pages to read only: it comes with the news that it is. */
export const PlanReader = defineAsyncComponent(withOtherWords(() => import('./PlanReader.vue')))
