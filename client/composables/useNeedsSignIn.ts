import { watch, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { isRefusal } from '../messages'
import { signInPath } from '../signInPath'
import { useSession } from '../stores/session'

/**
 * When a page's problem is that nobody is signed in: who was signed in on it does so again in place, with everything
 * they typed still there; everybody else is led to the sign-in page, and back afterwards.
 */
export function useNeedsSignIn(problem: Ref<unknown>): void {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()
  watch(problem, (now) => {
    if (!isRefusal(now, 'session/missing')) return
    if (session.person) session.over = true
    else void router.replace(signInPath(route.fullPath))
  })
}
