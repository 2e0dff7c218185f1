import { afterEach, describe, expect, it, vi } from 'vitest'
import { call, NoLine } from '../../client/api'

function answerWith(status: number, body: unknown) {
  const answer = vi.fn(async (_url: string, _request: RequestInit) =>
    status === 204 ? new Response(null, { status }) : new Response(JSON.stringify(body), { status }),
  )
  vi.stubGlobal('fetch', answer)
  return answer
}

afterEach(() => vi.unstubAllGlobals())

describe('calling the server', () => {
  it('[UI15] fills the address and sends the words as JSON', async () => {
    const fetched = answerWith(200, {})
    await call('admit', { params: { meetingId: 'm1', participantId: 'p/2' }, body: { role: 'family' } })
    const [url, request] = fetched.mock.calls[0]!
    expect(url).toBe('/api/meetings/m1/participants/p%2F2/admission')
    expect(request).toMatchObject({ method: 'POST', body: '{"role":"family"}' })
  })

  it('[UI15] gives a refusal its own code back', async () => {
    answerWith(409, { error: { code: 'meeting/ended', message: 'whatever the server says' } })
    await expect(call('whoAmI')).rejects.toMatchObject({ name: 'PlanError', code: 'meeting/ended' })
  })

  it('[UI15] calls an answer nobody understands trouble, not success', async () => {
    answerWith(502, '<html>Bad gateway</html>')
    await expect(call('whoAmI')).rejects.toMatchObject({ code: 'server/trouble' })
  })

  it('[UI15] tells a line that is gone from a refusal', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    await expect(call('whoAmI')).rejects.toBeInstanceOf(NoLine)
  })

  it('[UI15] takes an empty answer for what it is', async () => {
    answerWith(204, null)
    await expect(call('signOut')).resolves.toBeUndefined()
  })
})
