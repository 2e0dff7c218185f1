import { ref, watch, type Ref } from 'vue'
import type { Meeting } from '../../../shared/meeting'
import type { PollAnswer, TimePoll } from '../../../shared/timePoll'
import { call } from '../../api'
import { useTry } from '../../composables/useTry'
import { useMeeting } from '../../stores/meeting'

/** The times offered for a meeting, read again at every news of them, and what one says about them. */
export function useTimePoll(meeting: () => Meeting) {
  const store = useMeeting()
  const { busy, problem, attempt } = useTry()
  const poll: Ref<TimePoll | null> = ref(null)
  const params = () => ({ meetingId: meeting().id })

  async function load(): Promise<void> {
    const view = await call('readPoll', { params: params() }).catch(() => null)
    if (view) poll.value = view.poll
  }
  watch(
    // Who comes and goes is asked too, and is not any more.
    () => [store.beforeNews, store.people.map(({ id, role, name }) => id + role + name).join()] as const,
    ([{ of }, people], before) => ((of ?? 'poll') === 'poll' || people !== before?.[1]) && void load(),
    { immediate: true },
  )

  /** What it is now says why something was refused. */
  const lookAgain = (act: () => Promise<{ poll: TimePoll | null }>) =>
    attempt(async () => {
      try {
        poll.value = (await act()).poll
      } catch (refusal) {
        await load()
        throw refusal
      }
    })

  /** One after the other: of several presses in a row, on a slow line too, none is lost. */
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const mine = last.then(act)
    last = mine
    return mine
  }

  return {
    poll,
    busy,
    problem,

    /** @throws what was refused, for the form to say */
    async offer(times: string[]): Promise<void> {
      poll.value = (await call('askPoll', { params: params(), body: { times } })).poll
    },

    /** @param whom for whom who leads writes it down; left out for oneself */
    answer: ({ id: pollId }: TimePoll, time: number, answer: PollAnswer, whom?: string) =>
      inTurn(() =>
        lookAgain(() => {
          const body = { pollId, answers: [{ time, answer }], ...(whom ? { for: whom } : {}) }
          return call('answerPoll', { params: params(), body })
        }),
      ),

    pick: ({ id: pollId }: TimePoll, time: number) =>
      lookAgain(() => {
        const body = { step: 'pick', pollId, time, from: meeting().startsAt } as const
        return call('leadPoll', { params: params(), body })
      }),

    takeBack: ({ id: pollId }: TimePoll) =>
      lookAgain(() => call('leadPoll', { params: params(), body: { step: 'take-back', pollId } })),
  }
}
