import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { freePort, smallClone } from './smallClone'

/** Says what the real app says, serves its port, and stops in good order: slowly, and only at the first signal. */
const APP = `
import { createServer } from 'node:http'
const local = 'http://localhost:' + process.env.PORT
const say = (message: object) => process.send?.(message)
say({ stage: 'store' })
say({ stage: 'demo' })
createServer().listen(Number(process.env.PORT), '127.0.0.1', () =>
  say({
    stage: 'ready', local, network: JSON.parse(process.env.NETWORK ?? '[]'), database: 'embedded store in ./data',
    keyNotice: 'A master key was made.',
    fingerprint: '7F3A-91C2-0B6E-0000-1111-2222-3333-4444',
    firstAdmin: null,
    demo: {
      password: 'ourplan-demo-only',
      people: [{ email: 'wren@demo.ourplan', name: 'Wren', role: 'facilitator' }],
      meetings: [{ title: 'The Rivera family', joinUrl: local + '/j/MAPLE' }],
    },
  }),
)
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    console.log('heard ' + signal)
    setTimeout(() => { console.log('wrote everything'); process.exit(Number(process.env.LEAVES_WITH ?? 0)) }, 300)
  })
`

let clone: ReturnType<typeof smallClone>
afterEach(() => clone.remove())

function ready(app = APP) {
  clone = smallClone(app)
  clone.installed()
  return clone
}
const log = () => readFileSync(join(clone.root, 'data/ourplan.log'), 'utf8')

describe('a person types npm start', () => {
  test('[RU1] and a clone with nothing in it is installed, built and running, each long step told', async () => {
    clone = smallClone(APP)
    const first = clone.start({ PORT: await freePort(), npm_execpath: clone.npm() })
    await first.says('✓ Installing packages')
    await first.says('✓ Building the pages and the server')
    await first.says('OurPlan is ready')
    expect(first.output()).toMatch(/✓ Building .* \d+\.\d s/)
  })

  test('[RU7] and reads where to go: this machine, phones, database, log, demo meeting and logins', async () => {
    const PORT = await freePort()
    const command = ready().start({ PORT, NETWORK: '["http://192.168.1.5:3000"]' })
    await command.says('Ctrl+C stops it')
    const lines = command.output()
    expect(lines).toContain(`On this machine   http://localhost:${PORT}\n`)
    expect(lines).toContain('On phones         http://192.168.1.5:3000')
    expect(lines).toContain('Database          embedded store in ./data\n')
    expect(lines).toContain(`Log               ${join(clone.root, 'data/ourplan.log')}\n`)
    expect(lines).toContain('Seals are signed  by key 7F3A-91C2-0B6E-0000-1111-2222-3333-4444\n')
    expect(lines).toContain('A master key was made.')
    expect(lines).toContain(`The Rivera family: http://localhost:${PORT}/j/MAPLE`)
    expect(lines).toContain('ourplan-demo-only')
    expect(lines).toMatch(/wren@demo\.ourplan +Wren, facilitator/)
  })

  test('[RU7] and is warned when phones cannot reach it', async () => {
    const command = ready().start({ PORT: await freePort() })
    await command.says('Ctrl+C stops it')
    expect(command.output()).toMatch(/On phones +cannot reach this/)
  })

  test('[RU18] into a file, and no colours or cursor movements are in it', async () => {
    const command = ready().start({ PORT: await freePort() })
    await command.says('Ctrl+C stops it')
    expect(command.output()).not.toMatch(/[\x1b\r]/)
  })

  test('[RU3] a second time, and nothing is installed or built', async () => {
    const first = ready().start({ PORT: await freePort() })
    await first.says('OurPlan is ready')
    first.process.kill('SIGTERM')
    await first.exit
    const second = clone.start({ PORT: await freePort() })
    await second.says('OurPlan is ready')
    expect(second.output()).not.toMatch(/Installing|Building/)
  })

  test('[RU13] and the settings in .env count, those of the shell before them', async () => {
    const [fromFile, fromShell] = [await freePort(), await freePort()]
    ready().write('.env', `PORT=${fromFile}\nDATA_DIR=./elsewhere\n`)
    const first = clone.start()
    await first.says(`On this machine   http://localhost:${fromFile}\n`)
    expect(existsSync(join(clone.root, 'elsewhere/ourplan.log'))).toBe(true)
    const second = clone.start({ PORT: fromShell })
    await second.says(`On this machine   http://localhost:${fromShell}\n`)
  })
})

describe('a person stops it', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '[RU8] with %s, and the app writes everything down before it goes',
    async (signal) => {
      const command = ready().start({ PORT: await freePort() })
      await command.says('Ctrl+C stops it')
      command.process.kill(signal)
      command.process.kill(signal) // npm and the terminal both deliver one Ctrl+C
      expect(await command.exit).toBe(0)
      expect(log()).toBe(`heard ${signal}\nwrote everything\n`)
      expect(command.output()).toContain('Everything is kept')
    },
  )

  test('[RU8] by closing the terminal, and the app stops in the same good order', async () => {
    const command = ready().start({ PORT: await freePort() })
    await command.says('Ctrl+C stops it')
    command.process.stdout?.destroy()
    command.process.stderr?.destroy()
    command.process.kill('SIGHUP')
    expect(await command.exit).toBe(0)
    expect(log()).toBe('heard SIGTERM\nwrote everything\n')
  })

  test.each([
    ['npm', 'SIGTERM'],
    ['the command', 'SIGKILL'],
  ] as const)('[RU8] by killing %s, and the app stops in the same good order', async (who, signal) => {
    const command = ready().start({ PORT: await freePort(), npm_lifecycle_event: 'start' }, who === 'npm')
    await command.says('Ctrl+C stops it')
    command.process.kill(signal)
    await expect.poll(log, { timeout: 10_000 }).toBe('heard SIGTERM\nwrote everything\n')
  })

  test('[RU8] and the exit code of the app is the exit code of the command', async () => {
    const command = ready().start({ PORT: await freePort(), LEAVES_WITH: '7' })
    await command.says('Ctrl+C stops it')
    command.process.kill('SIGTERM')
    expect(await command.exit).toBe(7)
  })
})

describe('something is in the way', () => {
  test('[RU6] another program has the port: a sentence says so, before anything is installed', async () => {
    clone = smallClone(APP)
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const command = clone.start({ PORT: String(port) })
    expect(await command.exit).toBe(1)
    other.close()
    expect(command.output()).toContain(`Port ${port} is taken by another program`)
    expect(command.output()).toContain(`PORT=${port + 1} npm start`)
    expect(command.output()).not.toMatch(/Installing|    at /)
  })

  test('[RU6] HOST is no address of this machine: a sentence says so', async () => {
    const command = ready().start({ PORT: await freePort(), HOST: '203.0.113.7' })
    expect(await command.exit).toBe(1)
    expect(command.output()).toContain('HOST is 203.0.113.7, but this machine cannot listen there')
  })

  test('[RU6] the data folder cannot be written: a sentence says which and what to do', async () => {
    ready().write('data', 'a file where the folder should be')
    const command = clone.start({ PORT: await freePort() })
    expect(await command.exit).toBe(1)
    expect(command.output()).toContain(`OurPlan cannot write to its data folder ${join(clone.root, 'data')}`)
    expect(command.output()).toContain('DATA_DIR=')
  })

  test('[RU6] another OurPlan has the data folder: who it is, the wait, and the reason it could not start', async () => {
    const command = ready(`
      process.send?.({ stage: 'waiting', pid: 4711 })
      process.send?.({ stage: 'failed', message: 'the data folder is in use by process 4711' }, () => process.exit(3))
    `).start({ PORT: await freePort() })
    expect(await command.exit).toBe(3)
    expect(command.output()).toContain('Waiting for the data folder: process 4711 is using it')
    expect(command.output()).toContain(
      'OurPlan could not start: the data folder is in use by process 4711. The whole log is in',
    )
  })

  test('[RU6] the database of MONGODB_URI does not answer: the reason, and where to look', async () => {
    const command = ready(`
      process.send?.({ stage: 'store' })
      process.send?.({ stage: 'failed', message: 'connect ECONNREFUSED 127.0.0.1:1' }, () => process.exit(1))
    `).start({ PORT: await freePort(), MONGODB_URI: 'mongodb://127.0.0.1:1/ourplan' })
    expect(await command.exit).toBe(1)
    expect(command.output()).toContain(
      'connect ECONNREFUSED 127.0.0.1:1. Look at MONGODB_URI: is that database running',
    )
  })

  test('[RU9] the app breaks while starting: its last lines are shown, and never those of an earlier start', async () => {
    mkdirSync(join(ready(`throw new Error('no such thing')`).root, 'data'))
    writeFileSync(join(clone.root, 'data/ourplan.log'), 'an earlier line\n')
    const command = clone.start({ PORT: await freePort() })
    expect(await command.exit).toBe(1)
    expect(command.output()).toContain('Error: no such thing')
    expect(command.output()).toContain('server/main.ts:1')
    expect(command.output()).toContain('OurPlan stopped before it was ready')
    expect(command.output()).not.toContain('an earlier line')
  })

  test('[RU9] the app ends quietly before it is ready: that is no success', async () => {
    const command = ready('process.exit(0)').start({ PORT: await freePort() })
    expect(await command.exit).toBe(1)
  })

  test('[RU9] a source does not build: the place in the source is shown, and the app is not started', async () => {
    const command = ready('const = 1').start({ PORT: await freePort() })
    expect(await command.exit).toBe(1)
    expect(command.output()).toContain('server/main.ts:1')
    expect(command.output()).not.toContain('Starting')
  })
})

describe('the log', () => {
  test('[RU10] can be read by this account only, even when it was open to all before', async () => {
    mkdirSync(join(ready().root, 'data'))
    writeFileSync(join(clone.root, 'data/ourplan.log'), '', { mode: 0o644 })
    const command = clone.start({ PORT: await freePort() })
    await command.says('OurPlan is ready')
    expect(statSync(join(clone.root, 'data/ourplan.log')).mode & 0o777).toBe(0o600)
  })

  test('[RU10] that has grown large is set aside once, and a new one begins', async () => {
    mkdirSync(join(ready().root, 'data'))
    appendFileSync(join(clone.root, 'data/ourplan.log'), 'x'.repeat(10_000_001))
    const command = clone.start({ PORT: await freePort() })
    await command.says('OurPlan is ready')
    expect(statSync(join(clone.root, 'data/ourplan.log.1')).size).toBe(10_000_001)
    expect(log()).toBe('')
  })
})
