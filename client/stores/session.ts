import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Person } from '../../shared/api'
import { call } from '../api'

/** Who is signed in on this browser. A family's phone has nobody signed in; its meetings know it by cookie. */
export const useSession = defineStore('session', () => {
  const person = ref<Person | null>(null)

  async function load(): Promise<void> {
    person.value = (await call('whoAmI')).person
  }

  async function signIn(email: string, password: string): Promise<void> {
    person.value = await call('signIn', { body: { email, password } })
  }

  async function signOut(): Promise<void> {
    await call('signOut')
    person.value = null
  }

  return { person, load, signIn, signOut }
})
