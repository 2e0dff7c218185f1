import { defineStore } from 'pinia'
import { ref, watch, type Ref } from 'vue'
import type { DecisionView, PositionWords } from '../../shared/decision'
import type { ActionItem } from '../../shared/plan'
import type { PromisesView, PromiseWords } from '../../shared/promise'
import type { ScaleView, ScaleWords, ScoreWords } from '../../shared/scaling'
import { call } from '../api'
import { useCan } from '../composables/useCan'
import { useMeeting } from './meeting'

/** What people in this meeting are asked and answered, as far as this person may see it; asked for anew at every news. */
export const useAnswers = defineStore('answers', () => {
  const meetings = useMeeting()
  const mayRead = useCan('plan:read')
  const params = () => ({ meetingId: meetings.meeting?.id ?? '' })
  const decision: Ref<DecisionView | null> = ref(null)
  const promises: Ref<PromisesView | null> = ref(null)
  const scale: Ref<ScaleView | null> = ref(null)

  async function load(): Promise<void> {
    const { of } = meetings.answersNews
    // The curtain may fall between one answer and the next.
    const isAsked = (one: typeof of) => mayRead.value && (!of || of === one)
    if (isAsked('decision')) decision.value = await call('readDecision', { params: params() })
    if (isAsked('promises')) promises.value = await call('readPromises', { params: params() })
    if (isAsked('scaling')) scale.value = await call('readScale', { params: params() })
  }

  // What cannot be read now, behind the curtain or without a line, comes with the next news: the curtain's end is some.
  watch(
    () => [meetings.meeting?.id, meetings.meeting?.phase, meetings.answersNews],
    ([id, phase], before) => {
      if (id !== before?.[0]) decision.value = promises.value = scale.value = null
      // Then all of it is news, which comes back here.
      if (phase !== before?.[1] && meetings.answersNews.of) meetings.answersNews = {}
      else if (id && mayRead.value) void load().catch(() => undefined)
    },
    { immediate: true },
  )

  return {
    decision,
    promises,
    scale,

    /** Does a promise bear this person's name? One that was written a moment ago says so by itself. */
    isMine: ({ id, whoId }: ActionItem): boolean =>
      whoId === meetings.me?.id || (promises.value?.mine.includes(id) ?? false),

    async answerPromise(body: PromiseWords): Promise<void> {
      promises.value = await call('answerPromise', { params: params(), body })
    },

    async lead(step: 'ask' | 'show' | 'cover'): Promise<void> {
      decision.value = await call('leadDecision', { params: params(), body: { step } })
    },

    async takePosition(body: PositionWords): Promise<void> {
      decision.value = await call('takePosition', { params: params(), body })
    },

    async askScale(body: ScaleWords): Promise<void> {
      scale.value = await call('askScale', { params: params(), body })
    },

    async closeScale(askId: string, step: 'show' | 'stop'): Promise<void> {
      scale.value = await call('closeScale', { params: params(), body: { askId, step } })
    },

    async giveScore(body: ScoreWords): Promise<void> {
      scale.value = await call('giveScore', { params: params(), body })
    },

    async settle(words: string): Promise<void> {
      decision.value = await call('settleDecision', { params: params(), body: { words } })
    },
  }
})
