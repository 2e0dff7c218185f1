import { existsSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isBuilt } from '../../../server/boot/build.mjs'
import { fingerprint } from '../../../server/boot/fingerprint.mjs'
import { isInstalled } from '../../../server/boot/install.mjs'
import { nodeVersionProblem } from '../../../server/boot/nodeVersionProblem.mjs'
import { progress } from '../../../server/boot/progress.mjs'
import { lockPath, withLock } from '../../../server/boot/withLock.mjs'
import { smallClone } from './smallClone'

const INSTALL = 'server/boot/install.mjs'
const BUILD = 'server/boot/build.mjs'
/** An npm that is cut off in the middle: some of the packages are there, and it never ends. */
const NPM_CUT_OFF = `
import { mkdirSync, writeFileSync } from 'node:fs'
mkdirSync('node_modules/half', { recursive: true })
writeFileSync('begun', String(process.pid))
setInterval(() => {}, 1000)
`

let clone: ReturnType<typeof smallClone>
beforeEach(() => {
  clone = smallClone('export {}')
})
afterEach(() => clone.remove())

const appears = async (path: string) => {
  await expect.poll(() => existsSync(path) && readFileSync(path, 'utf8') !== '', { timeout: 10_000 }).toBe(true)
}

describe('packages', () => {
  test('[RU1] are installed when there are none, and not again while the lockfile stays the same', async () => {
    const first = clone.run(INSTALL)
    expect(await first.exit).toBe(0)
    expect(first.output()).toContain('✓ Installing packages')
    const second = clone.run(INSTALL)
    expect(await second.exit).toBe(0)
    expect(second.output()).toBe('')
  })

  test('[RU1] are installed again when the lockfile changed', async () => {
    await clone.run(INSTALL).exit
    expect(isInstalled(clone.root)).toBe(true)
    clone.write('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/one': { version: '1.0.0' } } }))
    expect(isInstalled(clone.root)).toBe(false)
  })

  test('[RU1] that somebody installed by hand are taken as they are, if all of them are there', () => {
    const one = { 'node_modules/one': { version: '1.0.0', integrity: 'sha512-one' } }
    const elsewhere = { 'node_modules/for-another-system': { version: '2.0.0', optional: true } }
    clone.write('package-lock.json', JSON.stringify({ packages: { '': {}, ...one, ...elsewhere } }))
    clone.write('node_modules/.package-lock.json', JSON.stringify({ packages: {} }))
    expect(isInstalled(clone.root)).toBe(false)
    clone.write('node_modules/.package-lock.json', JSON.stringify({ packages: one }))
    expect(isInstalled(clone.root)).toBe(true)
  })

  test('[RU2] whose install was cut off are installed again the next time', async () => {
    const npm = clone.write('npm.mjs', NPM_CUT_OFF)
    const cutOff = clone.run(INSTALL, { npm_execpath: npm })
    await appears(join(clone.root, 'begun'))
    cutOff.process.kill('SIGKILL')
    await cutOff.exit.finally(() => process.kill(Number(readFileSync(join(clone.root, 'begun'), 'utf8')), 'SIGKILL'))
    expect(isInstalled(clone.root)).toBe(false)
    const again = clone.run(INSTALL)
    expect(await again.exit).toBe(0)
    expect(again.output()).toContain('✓ Installing packages')
    expect(existsSync(join(clone.root, 'node_modules/half'))).toBe(false)
  })

  test('[RU2] are not left half-installed by an npm that runs on when the person stops the command', async () => {
    const npm = clone.write('npm.mjs', NPM_CUT_OFF)
    const stopped = clone.run(INSTALL, { npm_execpath: npm })
    await appears(join(clone.root, 'begun'))
    stopped.process.kill('SIGTERM')
    expect(await stopped.exit).toBe(143)
    expect(() => process.kill(Number(readFileSync(join(clone.root, 'begun'), 'utf8')), 0)).toThrow('ESRCH')
  })

  test('[RU9] that npm cannot install: its own words are shown, then what to do', async () => {
    const npm = clone.write('npm.mjs', `console.error('npm error network'); process.exit(1)`)
    const command = clone.run(INSTALL, { npm_execpath: npm })
    expect(await command.exit).toBe(1)
    expect(command.output()).toContain('npm error network')
    expect(command.output()).toContain('Check the connection')
    expect(command.output()).not.toContain('BootProblem')
  })
})

describe('the build', () => {
  beforeEach(() => clone.installed())

  test('[RU3] is made of pages, programs and languages, and is current until a source changes', async () => {
    expect(isBuilt(clone.root)).toBe(false)
    expect(await clone.run(BUILD).exit).toBe(0)
    for (const file of ['client/index.html', 'locales/en.json', 'server/main.js', 'server/storeWorker.js'])
      expect(existsSync(join(clone.root, 'dist', file)), file).toBe(true)
    expect(existsSync(join(clone.root, 'dist/server/embedded-mongo.js'))).toBe(true)
    expect(isBuilt(clone.root)).toBe(true)
    clone.write('shared/plan.ts', 'export const one = 1')
    expect(isBuilt(clone.root)).toBe(false)
  })

  test('[RU2] that was cut off is made again: an old build is never taken for the new one', async () => {
    await clone.run(BUILD).exit
    clone.write(
      'client/vite.config.ts',
      `import { writeFileSync } from 'node:fs'
      writeFileSync('begun', String(process.pid))
      await new Promise(() => setInterval(() => {}, 1000))
      export default {}`,
    )
    const cutOff = clone.run(BUILD)
    await appears(join(clone.root, 'begun'))
    cutOff.process.kill('SIGKILL')
    await cutOff.exit
    expect(isBuilt(clone.root)).toBe(false)
    clone.write('client/vite.config.ts', 'export default {}')
    expect(await clone.run(BUILD).exit).toBe(0)
    expect(isBuilt(clone.root)).toBe(true)
  })

  test('[RU4] asked for by three commands at once is made whole, and by one of them', async () => {
    clone.write(
      'client/vite.config.ts',
      `import { appendFileSync } from 'node:fs'
      appendFileSync('builds', 'one more\\n')
      export default {}`,
    )
    const commands = [1, 2, 3].map(() => clone.run(BUILD, {}, ['--if-changed']))
    expect(await Promise.all(commands.map(({ exit }) => exit))).toEqual([0, 0, 0])
    expect(isBuilt(clone.root)).toBe(true)
    expect(readFileSync(join(clone.root, 'builds'), 'utf8')).toBe('one more\n')
  })

  test('[RU9] without its sources fails and names the missing one', async () => {
    rmSync(join(clone.root, 'client/vite.config.ts'))
    const command = clone.run(BUILD)
    expect(await command.exit).toBe(1)
    expect(command.output()).toContain('client/vite.config.ts')
    expect(command.output()).not.toContain('    at ')
  })
})

describe('the fingerprint of sources', () => {
  const look = () => fingerprint(clone.root, ['server', 'client', 'absent'])

  test('[RU3] is the same after a touch, a new dot file or a change elsewhere', () => {
    const before = look()
    utimesSync(join(clone.root, 'server/main.ts'), 0, 0)
    clone.write('server/.main.ts.swp', 'an editor was here')
    clone.write('README.md', 'words')
    expect(look()).toBe(before)
  })

  test.each([
    ['a content', () => clone.write('server/main.ts', 'export { }')],
    ['a new file', () => clone.write('server/more.ts', '')],
    ['a name', () => clone.write('absent', '')],
  ])('[RU3] changes with %s', (_, change) => {
    const before = look()
    change()
    expect(look()).not.toBe(before)
  })

  test('[RU3] tells a file that was split in two from the one it was', () => {
    clone.write('client/a', 'xclient/b')
    const whole = look()
    clone.write('client/a', 'x')
    clone.write('client/b', '')
    expect(look()).not.toBe(whole)
  })
})

describe('two commands at once', () => {
  test('[RU4] take turns, in one process as well as in several', async () => {
    let inside = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++inside)
      await new Promise((resolve) => setImmediate(resolve))
      inside--
    }
    await Promise.all([1, 2, 3, 4].map(() => withLock(clone.root, 'turns', work)))
    expect(most).toBe(1)
  })

  test('[RU4] and the one that has its turn dies: the other goes on', async () => {
    const holder = clone.write(
      'hold.mjs',
      `
      import { withLock } from './server/boot/withLock.mjs'
      await withLock(${JSON.stringify(clone.root)}, 'dies', () => new Promise(() => setInterval(() => console.log('held'), 20)))
    `,
    )
    const command = clone.run(holder.slice(clone.root.length + 1))
    await command.says('held')
    command.process.kill('SIGKILL')
    await command.exit
    expect(existsSync(lockPath(clone.root, 'dies'))).toBe(true)
    expect(await withLock(clone.root, 'dies', async () => 'went on')).toBe('went on')
    expect(existsSync(lockPath(clone.root, 'dies'))).toBe(false)
  })

  test('[RU4] and the work of one fails: the other goes on', async () => {
    await expect(withLock(clone.root, 'fails', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await withLock(clone.root, 'fails', async () => 'went on')).toBe('went on')
  })
})

describe('the version of Node', () => {
  const RANGE = '^20.19 || >=22.12'

  test.each(['20.19.0', '20.20.2', '22.12.0', '22.20.1', '23.0.0', '24.1.0'])('[RU5] %s runs OurPlan', (version) => {
    expect(nodeVersionProblem(version, RANGE)).toBeNull()
  })

  test.each(['12.22.12', '18.20.4', '20.18.3', '21.7.3', '22.11.0'])(
    '[RU5] %s is refused in one sentence',
    (version) => {
      expect(nodeVersionProblem(version, RANGE)).toContain(
        `OurPlan needs Node.js 20.19 or a later 20.x, or 22.12 or anything newer`,
      )
      expect(nodeVersionProblem(version, RANGE)).toContain(`this is ${version}`)
    },
  )

  test.each(['server/boot/start.mjs', 'server/boot/test.mjs', BUILD])(
    '[RU5] %s says it and ends with 1',
    async (script) => {
      clone.write('package.json', JSON.stringify({ type: 'module', engines: { node: '>=99.0' } }))
      const command = clone.run(script)
      expect(await command.exit).toBe(1)
      expect(command.output()).toContain('OurPlan needs Node.js 99.0 or anything newer')
      expect(command.output()).not.toContain('    at ')
    },
  )
})

describe('a long step', () => {
  test('[RU18] counts its seconds in place in a terminal', () => {
    const screen: string[] = []
    const step = progress('Installing packages', { isTTY: true, write: (text) => screen.push(text) })
    step.done()
    expect(screen[0]).toMatch(/^\r.*… Installing packages .*0\.0 s/)
    expect(screen.at(-1)).toMatch(/✓.*Installing packages .* s.*\n$/)
  })
})
