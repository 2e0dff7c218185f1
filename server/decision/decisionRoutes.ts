import { Router } from 'express'
import type { DecisionView } from '../../shared/decision'
import type { Access, Visitor } from '../access/Access'
import { authorize } from '../access/authorize'
import { serve } from '../http/serve'
import { by } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Decisions } from './decisions'

interface Needs {
  access: Access
  decisions: Decisions
  record: RecordKeeper
  /** Of whom the viewer may not know that they are in the meeting. */
  hiddenFrom(viewer: Visitor): Promise<Set<string>>
  /** Pages ask again what was answered: everybody's, or only those of who leads and who answered. */
  answersChanged(visitor: Visitor, of: 'decision', everybody: boolean): void
}

/** Asking about the decision, answering for oneself, and showing what everybody said. */
export function createDecisionRoutes({ access, decisions, record, hiddenFrom, answersChanged }: Needs): Router {
  const router = Router()
  /** That somebody asked or answered, never what. */
  const note = (
    visitor: Visitor,
    what: 'decision-asked' | 'answers-shown' | 'decision-answered' | 'decision-settled' | 'decision-typed',
  ) => record.report({ what, ...by(visitor), about: {} })
  const view = async (visitor: Visitor): Promise<DecisionView> => decisions.view(visitor, await hiddenFrom(visitor))

  serve(router, 'readDecision', access.participant('plan:read'), ({ visitor }) => view(visitor))

  serve(router, 'readWallDecision', access.projector('plan:read'), ({ visitor }) => view(visitor))

  serve(router, 'leadDecision', access.participant('answers:ask'), async ({ visitor, body }) => {
    if (body.step === 'ask') await decisions.ask(visitor)
    else await decisions.show(visitor, body.step === 'show')
    if (body.step !== 'cover') note(visitor, body.step === 'ask' ? 'decision-asked' : 'answers-shown')
    answersChanged(visitor, 'decision', true)
    return view(visitor)
  })

  serve(router, 'takePosition', access.participant('plan:read'), async ({ visitor, body }) => {
    authorize(visitor, body.for ? 'answers:ask' : 'answers:give')
    const shown = await decisions.answer(visitor, body)
    note(visitor, body.for ? 'decision-typed' : 'decision-answered')
    answersChanged(visitor, 'decision', shown)
    return view(visitor)
  })

  serve(router, 'settleDecision', access.participant('decision:settle'), async ({ visitor, body }) => {
    await decisions.settle(visitor, body.words)
    note(visitor, 'decision-settled')
    answersChanged(visitor, 'decision', true)
    return view(visitor)
  })

  serve(router, 'setRelative', access.participant('decision:relative'), async ({ visitor, body }) => {
    await decisions.setRelative(visitor, body.name)
    answersChanged(visitor, 'decision', true)
    return view(visitor)
  })

  return router
}
