import { io, type Socket } from 'socket.io-client'
import { onScopeDispose, ref, type Ref } from 'vue'
import * as z from 'zod/mini'
import { isErrorCode, PlanError } from '../../shared/errors'
import {
  ANNOUNCEMENTS,
  type Announced,
  type Announcement,
  type ClientEvents,
  type ServerEvents,
} from '../../shared/events'

export type Listeners = { [A in Announcement]?: (payload: Announced<A>) => void }

interface Options {
  /** After every entering, the first and those after a lost line: read afresh what may have been missed. */
  entered: () => void
  /** The server does not let this page follow the meeting (any more). */
  refused?: (problem: PlanError) => void
  listeners: Listeners
}

/** Hands announcements on once they have the shape they should have; what is not understood is left out. */
function listen(socket: Socket<ServerEvents, ClientEvents>, listeners: Listeners): void {
  for (const name of Object.keys(listeners) as Announcement[]) {
    const listener = listeners[name] as (payload: unknown) => void
    const hear = (payload: unknown) => {
      const understood = z.safeParse(ANNOUNCEMENTS[name] as z.ZodMiniType, payload)
      if (understood.success) listener(understood.data)
    }
    ;(socket as Socket).on(name, hear)
  }
}

/**
 * Follows a meeting's announcements while the component lives.
 *
 * @returns `connected`: is the line up now
 */
export function useMeetingSocket(
  meetingId: string,
  as: 'participant' | 'projector',
  options: Options,
): { connected: Ref<boolean> } {
  const connected = ref(false)
  const socket: Socket<ServerEvents, ClientEvents> = io({ transports: ['websocket'], reconnectionDelayMax: 5000 })

  socket.on('connect', () => {
    socket.emit('meeting:enter', { meetingId, as }, (result) => {
      if ('ok' in result) {
        connected.value = true
        options.entered()
      } else {
        options.refused?.(new PlanError(isErrorCode(result.error.code) ? result.error.code : 'server/trouble'))
      }
    })
  })
  // A browser that the server does not know (any more) does not come to entering.
  socket.on('connect_error', () => !socket.active && options.refused?.(new PlanError('session/missing')))
  socket.on('disconnect', (reason) => {
    connected.value = false
    // The server closes a line when rights change; asking again tells what they are now.
    if (reason === 'io server disconnect') socket.connect()
  })
  listen(socket, options.listeners)
  // The network is back: not waiting for the next attempt.
  const nudge = () => !socket.connected && socket.disconnect().connect()
  addEventListener('online', nudge)
  onScopeDispose(() => {
    removeEventListener('online', nudge)
    socket.disconnect()
  })
  return { connected }
}
