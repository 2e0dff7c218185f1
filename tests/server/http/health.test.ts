import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/startTestApp'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ config: { host: '0.0.0.0', trustProxy: 1 } })
})
afterAll(() => app.close())

const get = (path: string, headers: Record<string, string> = {}) => fetch(app.url + path, { headers })

describe('what machines ask', () => {
  it('[AC52] says that the process lives and that its database answers', async () => {
    const alive = await get('/healthz')
    expect([alive.status, await alive.json()]).toEqual([200, { ok: true }])
    const ready = await get('/readyz')
    expect([ready.status, await ready.json()]).toEqual([200, { ok: true }])
  })

  it('[AC53] counts for this machine', async () => {
    const answer = await get('/metrics')
    expect(answer.status).toBe(200)
    const text = await answer.text()
    expect(text).toContain('process_resident_memory_bytes')
    expect(text).toContain('ourplan_live_plans 0')
    expect(text).toContain('ourplan_http_request_seconds_count{method="GET",route="/healthz",status="200"}')
  })

  it('[AC53] counts no address, so no code and no id', async () => {
    await get('/j/ABCDEFGH')
    await get('/wherever/ABCDEFGH')
    const text = await (await get('/metrics')).text()
    expect(text).toContain('route="/j/:code",status="404"')
    expect(text).not.toContain('ABCDEFGH')
  })

  it.each(['x-forwarded-for', 'x-real-ip', 'forwarded', 'via', 'x-forwarded-proto'])(
    '[AC53] hides the counts from whoever came through a proxy that says %s',
    async (header) => {
      const answer = await get('/metrics', { [header]: '127.0.0.1' })
      expect(answer.status).toBe(404)
      expect(await answer.json()).toMatchObject({ error: { code: 'route/not-found' } })
    },
  )

  it('[AC53] hides the counts from other machines', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4')
    // A machine without a network has no other address to be asked at.
    if (!outside) return
    const { port } = new URL(app.url)
    expect((await fetch(`http://${outside.address}:${port}/metrics`)).status).toBe(404)
  })
})

describe('without a database', () => {
  it('[AC52] the process lives but is not ready', async () => {
    const lonely = await startTestApp()
    await lonely.app.parts.db.close()
    expect((await fetch(`${lonely.url}/healthz`)).status).toBe(200)
    const ready = await fetch(`${lonely.url}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([503, { ok: false }])
    await lonely.close()
  })
})
