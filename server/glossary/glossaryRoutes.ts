import { Router } from 'express'
import type { Glossary } from '../../shared/glossary'
import type { Access } from '../access/Access'
import { serve } from '../http/serve'

interface Needs {
  access: Access
  /** The county’s own short forms. */
  glossary: Glossary
}

/** What the county says its own short forms stand for. */
export function createGlossaryRoutes({ access, glossary }: Needs): Router {
  const router = Router()
  serve(router, 'readGlossary', access.participant('meeting:read'), async () => ({ county: glossary }))
  return router
}
