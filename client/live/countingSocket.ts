import { carriesWords } from '../../shared/planFrames'

export type SocketKind = new (url: string | URL, protocols?: string | string[]) => WebSocket

/**
 * A WebSocket for the stock provider that tells of every frame with words it sent; the server acknowledges how many
 * of them are durable.
 */
export function countingSocket(Base: SocketKind, sent: (frame: Uint8Array) => void): typeof WebSocket {
  class CountingSocket extends Base {
    override send(data: Parameters<WebSocket['send']>[0]): void {
      super.send(data)
      if (data instanceof Uint8Array && carriesWords(data)) sent(data)
    }
  }
  return CountingSocket as unknown as typeof WebSocket
}
