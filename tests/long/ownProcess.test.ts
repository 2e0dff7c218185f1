import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startStoreProcess } from '../support/storeProcess'

it('[ST17] every test of the app passes with MONGODB_URI pointing to the embedded store as its own process', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ourplan-own-process-'))
  const store = await startStoreProcess(dataDir)
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'fast', '--reporter=dot']
  const child = spawn(process.execPath, vitest, { env: { ...process.env, MONGODB_URI: store.uri }, stdio: 'pipe' })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(String(text)))
  const [code] = (await once(child, 'close')) as [number | null]
  expect(code, said.join('').slice(-4_000)).toBe(0)
  expect(await store.stop()).toBe(0)
  await rm(dataDir, { recursive: true })
})
