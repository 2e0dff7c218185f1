import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { provideChromium } from '../../../server/boot/provideChromium.mjs'
import { closingLine, countTests } from '../../../server/boot/test.mjs'

let bin: string
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'ourplan-bin-'))
})
afterEach(() => rmSync(bin, { recursive: true }))

const program = (name: string, script = '#!/bin/sh\n') => {
  writeFileSync(join(bin, name), script)
  chmodSync(join(bin, name), 0o755)
  return join(bin, name)
}

describe('npm test needs a browser', () => {
  test.each(['chromium', 'chromium-browser', 'google-chrome'])('[RU11] and takes %s from PATH', async (name) => {
    const path = program(name)
    expect(await provideChromium({ env: { PATH: `/nowhere:${bin}` } })).toBe(path)
  })

  test('[RU11] and takes the one that CHROMIUM_PATH names before any other', async () => {
    program('chromium')
    const path = program('my-chrome')
    expect(await provideChromium({ env: { PATH: bin, CHROMIUM_PATH: path } })).toBe(path)
  })

  test('[RU11] and never another one when CHROMIUM_PATH is wrong', async () => {
    program('chromium')
    const asked = provideChromium({ env: { PATH: bin, CHROMIUM_PATH: join(bin, 'gone') } })
    await expect(asked).rejects.toThrow(`CHROMIUM_PATH is ${join(bin, 'gone')}, but there is no program there`)
  })

  test('[RU11] and says how to get one when there is none and it may not install', async () => {
    const asked = provideChromium({ env: { PATH: '' }, uid: 1000, system: 'debian' })
    await expect(asked).rejects.toThrow('none was found. Install it with: sudo apt-get install chromium')
  })

  test('[RU11] and says so on other systems, whoever asks', async () => {
    const asked = provideChromium({ env: { PATH: '' }, uid: 0, system: 'darwin' })
    await expect(asked).rejects.toThrow('Install Chromium or Google Chrome')
  })

  test('[RU11] and installs it itself as root on Debian', async () => {
    const chromium = join(bin, 'chromium')
    const installs = `#!/bin/sh\n[ "$1" = install ] && printf '#!/bin/sh\\n' > ${chromium} && /bin/chmod +x ${chromium}\nexit 0\n`
    program('apt-get', installs)
    expect(await provideChromium({ env: { PATH: bin }, uid: 0, system: 'debian' })).toBe(chromium)
  })

  test('[RU11] and fails with the words of apt when that does not work', async () => {
    program('apt-get', '#!/bin/sh\necho "E: Unable to locate package chromium" >&2\nexit 100\n')
    const asked = provideChromium({ env: { PATH: bin }, uid: 0, system: 'debian' })
    await expect(asked).rejects.toMatchObject({
      evidence: ['E: Unable to locate package chromium'],
      message: expect.stringContaining('Install Chromium by hand'),
    })
  })
})

describe('the line that closes npm test', () => {
  const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }
  const file = (status: string, ...tests: string[]) => ({
    status,
    assertionResults: tests.map((status) => ({ status })),
  })

  test('[RU12] counts what passed and failed, and what was skipped only if something was', () => {
    expect(closingLine(countTests(report, true))).toBe('5 passed, 0 failed')
    const some = { ...report, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 }
    expect(closingLine(countTests(some, false))).toBe('5 passed, 2 failed, 2 skipped')
  })

  test('[RU12] counts a file that could not be loaded as a failure', () => {
    const broken = { ...report, testResults: [file('failed'), file('passed', 'passed')] }
    expect(countTests(broken, false).failed).toBe(1)
  })

  test('[RU12] counts a failed test once, not again as a failed file', () => {
    const failed = { ...report, numFailedTests: 1, testResults: [file('failed', 'failed', 'passed')] }
    expect(countTests(failed, false).failed).toBe(1)
  })

  test('[RU12] counts a run that crashed, or failed outside its tests, as a failure', () => {
    expect(countTests(null, false).failed).toBe(1)
    expect(countTests(report, false).failed).toBe(1)
  })
})
