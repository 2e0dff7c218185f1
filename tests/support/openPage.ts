import { LivePage } from './livePage'
import type { Someone } from './people'

/** Opens a person's page on the plan of their meeting, synced. */
export async function openPage(someone: Someone): Promise<LivePage> {
  const page = await startPage(someone)
  await page.until(({ provider }) => provider.synced)
  return page
}

/** The same without waiting: for those who may not come in. */
export async function startPage(someone: Someone, clientId?: number): Promise<LivePage> {
  const { documents } = await someone.call('openLive', { params: { meetingId: someone.meetingId } })
  const { path, clientIds } = documents[0]!
  return new LivePage({ base: someone.app.url, cookie: someone.cookie, path, clientId: clientId ?? clientIds[0] })
}
