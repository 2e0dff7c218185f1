import { type Request, Router } from 'express'
import type { Participant } from '../../shared/meeting'
import type { Announced } from '../../shared/events'
import type { Access, Visitor } from '../access/Access'
import { authorize } from '../access/authorize'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import { admitToVersion } from '../versions/admitToVersion'
import type { Versions } from '../versions/versions'
import type { Signatures } from './signatures'

interface Needs {
  access: Access
  versions: Versions
  signatures: Signatures
  record: RecordKeeper
  participants: { read(meetingId: string, participantId: string): Promise<Participant> }
  /** Tells pages of a meeting how many have signed; of somebody hidden only who leads, and the person. */
  tell(meetingId: string, news: Announced<'signatures:changed'>, hidden: string | null): void
}

/** Signing a sealed version, and who did. */
export function createSignatureRoutes(needs: Needs): Router {
  const { access, signatures, record, participants, tell } = needs
  const admitTo = admitToVersion(needs)
  const router = Router()

  async function tellOf({ meetingId }: Visitor, versionId: string, participantId: string): Promise<void> {
    const { hidden } = await participants.read(meetingId, participantId)
    tell(meetingId, { versionId, signed: await signatures.count(meetingId, versionId) }, hidden ? participantId : null)
  }

  serve(router, 'signVersion', access.participant('version:sign'), async ({ visitor, body }) => {
    const participantId = body.participantId ?? visitor.participantId!
    if (participantId !== visitor.participantId) authorize(visitor, 'version:sign-for')
    if (await signatures.sign(visitor, body)) {
      const about = { versionId: body.versionId }
      if (participantId !== visitor.participantId)
        record.report({ what: 'signed-for', ...by(visitor), about: { ...about, participantId } })
      else if (body.did === 'signed') record.report({ what: 'version-signed', ...by(visitor), about })
      await tellOf(visitor, body.versionId, participantId)
    }
    return { signatures: await signatures.list(body.versionId, visitor) }
  })

  const admitReader = (request: Request) => admitTo(String(request.params.versionId), request)
  serve(router, 'listSignatures', admitReader, async ({ visitor, params }) => ({
    signatures: await signatures.list(params.versionId, visitor),
  }))

  return router
}
