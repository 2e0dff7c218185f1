import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Person, Staying } from '../../shared/account'
import { call } from '../api'

/** Who is signed in on this browser. A family's phone has nobody signed in; its meetings know it by cookie. */
export const useSession = defineStore('session', () => {
  const person = ref<Person | null>(null)
  const staying = ref<Staying | null>(null)
  /** Somebody was signed in on this page and is not any more; what they typed is still here. */
  const over = ref(false)

  /** Asks who it is. The page stays as it is where the session is over. */
  async function load(): Promise<void> {
    const now = await call('whoAmI')
    staying.value = now.staying
    if (person.value && !now.person) over.value = true
    else person.value = now.person
  }

  /** Somebody is here: the session goes on. */
  async function stay(): Promise<void> {
    staying.value = await call('staySignedIn')
  }

  /** @param code of the second factor */
  async function signIn(email: string, password: string, code?: string): Promise<void> {
    const before = person.value
    person.value = await call('signIn', { body: { email, password, ...(code && { code }) } })
    if (!over.value) return
    over.value = false
    // Somebody else now: nothing of the page before is theirs.
    if (before && before.id !== person.value.id) return location.reload()
    // Lines that the server closed come back, as after a lost network.
    dispatchEvent(new Event('online'))
  }

  async function signOut(): Promise<void> {
    await call('signOut')
    person.value = staying.value = null
    over.value = false
  }

  return { person, staying, over, load, stay, signIn, signOut }
})
