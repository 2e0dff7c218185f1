import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { API, type RouteName } from '../../../shared/api'
import { admitted, guest, staff, type Someone } from '../../support/people'
import { startTestApp, type TestApp } from '../../support/startTestApp'

const UNKNOWN = '507f1f77bcf86cd799439011'
const withIds = (Object.keys(API) as RouteName[]).filter((name) => API[name].path.includes(':'))

let app: TestApp
let wren: Someone
let strangers: Someone[]
/** Another family's things, by the names that addresses have for them. */
let theirs: Record<string, string>
/** What somebody of another family asks about from their own meeting. */
let ames: Someone

beforeAll(async () => {
  app = await startTestApp()
  wren = await staff(app, 'Wren')
  const family = await wren.createFamily()
  await wren.createMeeting({ familyId: family.id })
  const dana = await admitted(wren, 'Dana')
  const params = { meetingId: wren.meetingId, participantId: dana.participantId }
  const version = await wren.call('makeVersion', { params, body: { kind: 'checkpoint', label: 'A copy', basedOn: 0 } })
  const { link } = await wren.call('makeLink', { params, body: { email: null } })
  theirs = { ...params, familyId: family.id, versionId: version.id, linkId: link.id }
  ames = await staff(app, 'Ames')
  await ames.createMeeting()
  const rosa = await admitted(ames, 'Rosa')
  strangers = [ames, rosa, guest(app, 'Nobody'), await staff(app, 'Lund', { duty: 'agency', agency: 'school' })]
})
afterAll(() => app.close())

/** All of an answer that somebody can compare, but for when it came. */
async function whole(answer: Response) {
  const headers = [...answer.headers].filter(([name]) => name !== 'date')
  return { status: answer.status, headers, body: await answer.text() }
}

const fill = (path: string, ids: Record<string, string>) => path.replace(/:(\w+)/g, (_, id) => ids[id] ?? UNKNOWN)

describe('what somebody may not know', () => {
  it.each(withIds)('[WH13] is answered by %s like what is not there, to the last header', async (name) => {
    const { method, path } = API[name]
    const query = name === 'compareVersions' ? [`?from=${theirs.versionId}`, `?from=${UNKNOWN}`] : ['', '']
    const body = method === 'get' ? undefined : {}
    for (const stranger of strangers) {
      const known = await whole(await stranger.request(method, fill(path, theirs) + query[0], body))
      const unknown = await whole(await stranger.request(method, fill(path, {}) + query[1], body))
      expect(known.status, `${stranger.name} is refused`).toBeGreaterThanOrEqual(400)
      expect(known, `${stranger.name} asks ${name}`).toEqual(unknown)
    }
  })

  it('[WH13] is not there in a meeting of their own either', async () => {
    const own = `/api/meetings/${ames.meetingId}`
    const asks: [method: string, path: (id: string) => string, id: string, body?: (id: string) => unknown][] = [
      ['post', (id) => `${own}/participants/${id}/admission`, theirs.participantId!, () => ({ role: 'family' })],
      ['delete', (id) => `${own}/participants/${id}`, theirs.participantId!],
      ['put', (id) => `${own}/participants/${id}/hiding`, theirs.participantId!, () => ({ hidden: true })],
      ['post', (id) => `${own}/participants/${id}/links`, theirs.participantId!, () => ({ email: null })],
      ['get', (id) => `${own}/participants/${id}/links`, theirs.participantId!],
      ['delete', (id) => `${own}/participants/${strangers[1]!.participantId}/links/${id}`, theirs.linkId!],
      ['post', () => `${own}/restorations`, theirs.versionId!, (versionId) => ({ versionId })],
      ['post', () => '/api/meetings', theirs.familyId!, meetingIn],
    ]
    for (const [method, path, id, body] of asks) {
      const known = await whole(await ames.request(method, path(id), body?.(id)))
      const unknown = await whole(await ames.request(method, path(UNKNOWN), body?.(UNKNOWN)))
      expect([path(id), known.status]).toEqual([path(id), 404])
      expect(known).toEqual(unknown)
    }
  })
})

const meetingIn = (familyId: string) => ({
  familyId,
  kind: 'cft',
  title: 'A meeting',
  startsAt: '2027-03-02T18:00:00Z',
})
