import { type Part, partKey, PLAN_PART } from '../../shared/part'
import { LivePage } from './livePage'
import type { Someone } from './people'

/** Opens a person's page on the plan of their meeting, or on another part of it, synced. */
export async function openPage(someone: Someone, part?: Part): Promise<LivePage> {
  const page = await startPage(someone, undefined, part)
  await page.until(({ provider }) => provider.synced)
  return page
}

/** The same without waiting: for those who may not come in. */
export async function startPage(someone: Someone, clientId?: number, part: Part = PLAN_PART): Promise<LivePage> {
  const { documents } = await someone.call('openLive', { params: { meetingId: someone.meetingId } })
  const { path, clientIds } = documents.find((document) => partKey(document) === partKey(part))!
  return new LivePage({ base: someone.app.url, cookie: someone.cookie, path, clientId: clientId ?? clientIds[0] })
}
