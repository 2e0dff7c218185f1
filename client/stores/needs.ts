import { defineStore } from 'pinia'
import { ref, watch, type Ref } from 'vue'
import type { Need, NeedWords } from '../../shared/need'
import type { NeedAct } from '../../shared/needKinds'
import { can } from '../../shared/roles'
import type { Supporter, SupporterWords } from '../../shared/supporter'
import { call } from '../api'
import { useMeeting } from './meeting'

/** What people need to take part, and whom the family wants there, as far as this person may know; asked for anew at every news. */
export const useNeeds = defineStore('needs', () => {
  const meetings = useMeeting()
  const params = () => ({ meetingId: meetings.meeting?.id ?? '' })
  /** Null before they came. */
  const needs: Ref<Need[] | null> = ref(null)
  const supporters: Ref<Supporter[] | null> = ref(null)

  function mayKnowSupporters(): boolean {
    const { me, meeting } = meetings
    return !!me && !!meeting && me.state === 'admitted' && can(me.role, 'supporter:read', meeting)
  }

  async function load(): Promise<void> {
    needs.value = (await call('listNeeds', { params: params() })).needs
    supporters.value = mayKnowSupporters() ? (await call('listSupporters', { params: params() })).supporters : null
  }

  // Who comes and goes changes what is known of others too; what cannot be asked now comes with the next news.
  watch(
    () => [
      meetings.meeting?.id,
      meetings.me?.state,
      meetings.meeting?.phase,
      meetings.answersNews,
      meetings.people.map(({ id, state, name }) => id + state + name).join(),
    ],
    ([id], before) => {
      if (id !== before?.[0]) needs.value = supporters.value = null
      const { of } = meetings.answersNews
      const isAboutOthers = before && of && of !== 'needs' && before[3] !== meetings.answersNews
      if (id && !isAboutOthers) void load().catch(() => undefined)
    },
    { immediate: true },
  )

  return {
    needs,
    supporters,

    async say(body: NeedWords): Promise<void> {
      needs.value = (await call('sayNeed', { params: params(), body })).needs
    },

    /** @param whom who is asked, or whose yes is written down */
    async change({ id }: Need, act: NeedAct, whom: string | null = null): Promise<void> {
      try {
        needs.value = (await call('changeNeed', { params: { ...params(), needId: id }, body: { act, whom } })).needs
      } catch (refusal) {
        // What it is now says why.
        await load().catch(() => undefined)
        throw refusal
      }
    },

    async wish(body: SupporterWords): Promise<void> {
      supporters.value = (await call('wishSupporter', { params: params(), body })).supporters
    },

    async takeBack({ id }: Supporter): Promise<void> {
      await call('takeBackSupporter', { params: { ...params(), supporterId: id } })
      supporters.value = (supporters.value ?? []).filter((one) => one.id !== id)
    },

    /** Puts them on the list of who is asked to come. */
    async invite({ id }: Supporter): Promise<void> {
      await call('inviteSupporter', { params: { ...params(), supporterId: id } })
      await load()
    },

    async mark({ id }: Supporter, asked: boolean): Promise<void> {
      const answer = await call('markSupporter', { params: { ...params(), supporterId: id }, body: { asked } })
      supporters.value = answer.supporters
    },
  }
})
