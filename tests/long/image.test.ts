import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { fingerprint } from '../../server/boot/fingerprint.mjs'
import { readDockerfile, type Copy, type Stage } from '../server/boot/readDockerfile'
import { freePort } from '../server/boot/smallClone'

// There is no Docker where the tests run. So this follows the Dockerfile step by step in plain folders, with the Node
// that the image has, and then does with the result what Docker and compose would do.

const WORKDIR = '/app'
/** Two installs and a build, on a machine that is busy with other things. */
const BUILD_MS = 600_000
const stages = readDockerfile('Dockerfile')
const image = stages.at(-1)!
const compose = parse(readFileSync('docker-compose.yml', 'utf8'))

let temp: string
let env: NodeJS.ProcessEnv
let database: ChildProcess
const started: ChildProcess[] = []

const rootOf = (stage: Stage) => join(temp, `stage-${stages.indexOf(stage)}`)
const app = () => join(rootOf(image), WORKDIR)

beforeAll(async () => {
  temp = realpathSync(mkdtempSync(join(tmpdir(), 'ourplan-image-')))
  const PATH = `${imageNode()}${delimiter}${process.env.PATH}`
  for (const stage of stages) build(stage, { ...process.env, PATH })
  database = run(['node', 'dist/server/embedded-mongo.js', '--data', join(temp, 'database'), '--port', '0'], { PATH })
  const MONGODB_URI = (await said(database, /listening on (\S+)/))[1]
  const key = join(temp, 'master-key')
  const makeKey = compose.services.secrets.command.map((word: string) =>
    word === compose.services.app.environment.OURPLAN_MASTER_KEY_FILE ? key : word,
  )
  execFileSync(makeKey[0], makeKey.slice(1), { cwd: app(), env: { PATH } })
  env = {
    PATH,
    ...image.env,
    PORT: await freePort(),
    HOST: '127.0.0.1',
    DATA_DIR: join(temp, 'data'),
    MONGODB_URI,
    OURPLAN_MASTER_KEY_FILE: key,
  }
  mkdirSync(env.DATA_DIR!)
}, BUILD_MS)

afterAll(() => {
  for (const child of started) child.kill('SIGKILL')
  rmSync(temp, { recursive: true, force: true })
})

/** The folder of the Node that the image is made of; npm has its binaries as packages. */
function imageNode() {
  const [, major] = /^node:(\d+)-/.exec(image.image)!
  const folder = join(temp, 'node')
  mkdirSync(folder)
  execFileSync('npm', [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--engine-strict=false',
    `node-${process.platform}-${process.arch}@${major}`,
  ])
  return join(folder, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin')
}

/** COPY and `RUN npm …`, as Docker does them; what Debian installs is left out. */
function build(stage: Stage, environment: NodeJS.ProcessEnv) {
  const workdir = join(rootOf(stage), WORKDIR)
  mkdirSync(workdir, { recursive: true })
  for (const step of stage.steps) {
    if (typeof step !== 'string') put(step, workdir)
    else if (step.startsWith('npm '))
      execFileSync('sh', ['-c', step], { cwd: workdir, env: environment, stdio: 'pipe' })
  }
}

function put({ from, sources, target }: Copy, workdir: string) {
  const origin = from === null ? process.cwd() : rootOf(stages.find(({ name }) => name === from)!)
  for (const source of sources) {
    const into = target.endsWith('/') ? join(target, basename(source)) : target
    mkdirSync(dirname(resolve(workdir, into)), { recursive: true })
    cpSync(join(origin, source), resolve(workdir, into), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => from !== null || basename(path) !== 'node_modules',
    })
  }
}

function run([program = '', ...args]: string[], environment: NodeJS.ProcessEnv) {
  const child = spawn(program, args, { cwd: app(), env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  return child
}

function said(child: ChildProcess, words: RegExp) {
  return new Promise<RegExpExecArray>((done, fail) => {
    let output = ''
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk) => {
        output += chunk
        const match = words.exec(output)
        if (match) done(match)
      })
    child.once('close', () => fail(new Error(`Ended without saying ${words}:\n${output}`)))
  })
}

const ended = (child: ChildProcess) => new Promise<number | null>((done) => child.once('close', done))

const isHealthy = async () => {
  const [program = '', ...args] = image.healthcheck
  return promisify(execFile)(program, args, { env }).then(
    () => true,
    () => false,
  )
}

describe('the image', () => {
  test('[RU15] comes up healthy, serves the pages, writes only into its volume, and stops in good order', async () => {
    const before = fingerprint(app(), ['dist', 'server', 'package.json'])
    expect(await isHealthy()).toBe(false)
    const child = run(image.command, env)
    await expect.poll(isHealthy, { timeout: 60_000, interval: 500 }).toBe(true)
    const page = await fetch(`http://127.0.0.1:${env.PORT}/`)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<html')
    child.kill('SIGTERM')
    expect(await ended(child)).toBe(0)
    expect(fingerprint(app(), ['dist', 'server', 'package.json'])).toBe(before)
    expect(existsSync(join(app(), 'data'))).toBe(false)
  })

  test.each(['MONGODB_URI', 'OURPLAN_MASTER_KEY_FILE'])('[RU16] refuses to start without %s', async (name) => {
    const child = run(image.command, { ...env, [name]: undefined })
    const [words] = await said(child, /In production [A-Z_]+ must [^\n]+/)
    expect(words).toContain(name.replace('_FILE', ''))
    expect(await ended(child)).not.toBe(0)
  })

  test('[RU15] holds no developer’s package', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
    const there = Object.keys(devDependencies).filter((name) => existsSync(join(app(), 'node_modules', name)))
    // esbuild and vite would be megabytes; a production package may bring one of the others along as its own.
    expect(there).not.toEqual(expect.arrayContaining(['vite']))
    expect(there).not.toEqual(expect.arrayContaining(['esbuild']))
  })
})
