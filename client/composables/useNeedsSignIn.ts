import { watch, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { isRefusal } from '../messages'
import { signInPath } from '../signInPath'

/** Leads to the sign-in page, and back afterwards, when a page's problem is that nobody is signed in. */
export function useNeedsSignIn(problem: Ref<unknown>): void {
  const route = useRoute()
  const router = useRouter()
  watch(problem, (now) => {
    if (isRefusal(now, 'session/missing')) void router.replace(signInPath(route.fullPath))
  })
}
