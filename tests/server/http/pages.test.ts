import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { APP_PATHS } from '../../../server/http/pages'

/** The address of the page that says that there is nothing. */
const NOWHERE = '/:rest(.*)*'

it('[WH14] every page that people come to by a press also opens by its address, and the server says that it is there', async () => {
  const router = await readFile(new URL('../../../client/router.ts', import.meta.url), 'utf8')
  const pages = [...router.matchAll(/path: '([^']+)'/g)].map(([, path]) => path).filter((path) => path !== NOWHERE)
  expect([...pages].sort()).toEqual([...APP_PATHS].sort())
})
