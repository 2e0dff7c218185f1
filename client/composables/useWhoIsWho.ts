import { ref, watch, type Ref } from 'vue'
import type { ContactWords, WhoIsWho } from '../../shared/whoIsWho'
import { call } from '../api'
import { useMeeting } from '../stores/meeting'

/** Who is who in a meeting, asked for anew at every news of its people; and what one does there oneself. */
export function useWhoIsWho(meetingId: string) {
  const meetings = useMeeting()
  const params = { meetingId }
  const team: Ref<WhoIsWho | null> = ref(null)
  const problem = ref<unknown>(null)
  let asked = 0

  /** Of two answers the one asked for last stands: what somebody took back does not come again with a slow line. */
  async function take(asking: () => Promise<WhoIsWho>): Promise<void> {
    const turn = ++asked
    const answer = await asking()
    if (turn === asked) team.value = answer
  }

  async function load(): Promise<void> {
    try {
      await take(() => call('readWhoIsWho', { params }))
      problem.value = null
    } catch (refusal) {
      team.value = null
      problem.value = refusal
    }
  }

  watch(
    () => [meetings.meeting, meetings.me?.state, meetings.people, meetings.answersNews] as const,
    ([meeting, state]) => {
      const { of } = meetings.answersNews
      if (meeting && state === 'admitted' && (!of || of === 'contacts' || of === 'promises')) void load()
    },
    { immediate: true },
  )

  return {
    team,
    problem,
    load,
    share: (body: ContactWords) => take(() => call('shareContact', { params, body })),

    async withdraw(): Promise<void> {
      await call('withdrawContact', { params })
      await load()
    },

    /** @param from who leads as this page shows it */
    async handOver(from: string, to: string): Promise<void> {
      try {
        await take(() => call('handOverLead', { params, body: { from, to } }))
      } catch (refusal) {
        // Who leads now says why.
        await load()
        throw refusal
      }
    },
  }
}
