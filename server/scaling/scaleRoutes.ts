import { Router } from 'express'
import type { Meeting } from '../../shared/meeting'
import type { MeetingScales, ScaleView } from '../../shared/scaling'
import type { Access, Visitor } from '../access/Access'
import { authorize } from '../access/authorize'
import { serve } from '../http/serve'
import type { AdmitAcross } from '../meetings/admitAcross'
import type { Scales } from './scales'

interface Needs {
  access: Access
  scales: Scales
  /** Of whom the viewer may not know that they are, or were, in these meetings. */
  hiddenFrom(viewer: Visitor, meetingIds?: readonly string[]): Promise<Set<string>>
  showMeeting(meetingId: string): Promise<Meeting>
  admitAcross: AdmitAcross
  /** Pages ask again what was answered: everybody's, or only those of who leads and who answered. */
  answersChanged(visitor: Visitor, of: 'scaling', everybody: boolean): void
}

/** Asking how things are from 0 to 10, answering for oneself, and what was said meeting by meeting. */
export function createScaleRoutes({ access, scales, hiddenFrom, showMeeting, admitAcross, answersChanged }: Needs) {
  const router = Router()
  const view = async (visitor: Visitor): Promise<ScaleView> => scales.view(visitor, await hiddenFrom(visitor))

  async function told(reader: Visitor): Promise<MeetingScales> {
    const { id, title, startsAt, timeZone } = await showMeeting(reader.meetingId)
    const rounds = await scales.shownTo(reader, await hiddenFrom(reader))
    return { meeting: { id, title, startsAt, timeZone }, rounds }
  }

  serve(router, 'readScale', access.participant('plan:read'), ({ visitor }) => view(visitor))

  serve(router, 'readWallScale', access.projector('plan:read'), ({ visitor }) => view(visitor))

  serve(router, 'readScales', admitAcross('version:read'), async ({ visitor: { readers } }) => {
    const all = await Promise.all(readers.map(told))
    const asked = all.filter(({ rounds }) => rounds.length > 0)
    return { scales: asked.sort((a, b) => Date.parse(a.meeting.startsAt) - Date.parse(b.meeting.startsAt)) }
  })

  serve(router, 'askScale', access.participant('answers:ask'), async ({ visitor, body }) => {
    await scales.ask(visitor, body)
    answersChanged(visitor, 'scaling', true)
    return view(visitor)
  })

  serve(router, 'closeScale', access.participant('answers:ask'), async ({ visitor, body }) => {
    await scales.close(visitor, body.askId, body.step)
    answersChanged(visitor, 'scaling', true)
    return view(visitor)
  })

  serve(router, 'giveScore', access.participant('plan:read'), async ({ visitor, body }) => {
    authorize(visitor, body.for ? 'answers:ask' : 'answers:give')
    const shown = await scales.answer(visitor, body)
    // How many answered is told to all; behind the curtain of family time there is nobody to count for.
    answersChanged(visitor, 'scaling', shown || visitor.phase === 'open')
    return view(visitor)
  })

  return router
}
