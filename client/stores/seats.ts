import { defineStore } from 'pinia'
import { ref, watch, type Ref } from 'vue'
import { can } from '../../shared/roles'
import type { SeatsView } from '../../shared/seats'
import { call } from '../api'
import { useMeeting } from './meeting'

/** For which agencies nobody comes, for who leads; asked for anew when people come and go. */
export const useSeats = defineStore('seats', () => {
  const meetings = useMeeting()
  const params = () => ({ meetingId: meetings.meeting?.id ?? '' })
  /** Null where it cannot be told: before it came, behind the curtain, after the end. */
  const seats: Ref<SeatsView | null> = ref(null)

  async function load(): Promise<void> {
    const { me, meeting } = meetings
    const mayKnow = me?.state === 'admitted' && meeting && can(me.role, 'seat:fill', meeting)
    seats.value = mayKnow ? await call('readSeats', { params: params() }).catch(() => null) : null
  }

  watch(
    () => [
      meetings.meeting?.id,
      meetings.meeting?.phase,
      meetings.people.map(({ id, state, agency, here, attendance }) => [id, state, agency, here, attendance]).join(),
    ],
    () => void load(),
    { immediate: true },
  )

  return {
    seats,
    load,

    async fill(onCallId: string): Promise<void> {
      seats.value = await call('fillSeat', { params: { ...params(), onCallId } })
    },
  }
})
