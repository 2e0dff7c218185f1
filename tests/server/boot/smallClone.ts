import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '../../..')

const BUNDLERS = ['vite', 'esbuild']

/** The real npm; the bundlers are lent afterwards, so that no registry is asked. */
const NPM = `
import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
execFileSync('npm', process.argv.slice(2), { stdio: 'inherit' })
mkdirSync('node_modules', { recursive: true })
for (const name of ${JSON.stringify(BUNDLERS)})
  symlinkSync(${JSON.stringify(join(PROJECT, 'node_modules'))} + '/' + name, 'node_modules/' + name)
`

/** What a person sees and gets of one command: its output so far, a wait for words in it, its exit code. */
export interface Command {
  process: ChildProcess
  output(): string
  says(words: string): Promise<void>
  exit: Promise<number | null>
}

/**
 * A clone of the project with the real boot folder and an app of a few lines, so that what happens around the app can be
 * seen in seconds. The app is the text of server/main.ts.
 */
export function smallClone(app: string) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'ourplan-clone-')))
  cpSync(join(PROJECT, 'server/boot'), join(root, 'server/boot'), { recursive: true })
  cpSync(join(PROJECT, 'tsconfig.base.json'), join(root, 'tsconfig.base.json'))
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
    return join(root, path)
  }
  write('package.json', JSON.stringify({ name: 'small', type: 'module', engines: { node: '^20.19 || >=22.12' } }))
  write('package-lock.json', JSON.stringify({ name: 'small', lockfileVersion: 3, packages: { '': { name: 'small' } } }))
  write('server/main.ts', app)
  write('server/embedded-mongo/main.ts', 'export {}')
  write('server/keys.ts', 'export {}')
  write('server/embedded-mongo/storeWorker.ts', 'export {}')
  write('client/vite.config.ts', 'export default {}')
  write('client/index.html', '<!doctype html><title>small</title>')
  write('client/locales/en.json', '{}')

  const started: ChildProcess[] = []
  const run = (script: string, env: NodeJS.ProcessEnv = {}, args: string[] = [], through: string[] = []): Command => {
    const [program = '', ...rest] = [...through, process.execPath, join(root, script), ...args]
    const child = spawn(program, rest, {
      cwd: root,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, HOST: '127.0.0.1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    started.push(child)
    return watch(child)
  }
  return {
    root,
    write,
    run,
    /** throughShell: as npm does it. The shell has more to do afterwards, so it cannot make place for node. */
    start: (env: NodeJS.ProcessEnv = {}, throughShell = false) =>
      run('server/boot/start.mjs', env, [], throughShell ? ['sh', '-c', '"$0" "$@"; true'] : []),
    /** As after a complete `npm ci`. */
    installed() {
      write('node_modules/.package-lock.json', JSON.stringify({ packages: {} }))
      for (const name of BUNDLERS) symlinkSync(join(PROJECT, 'node_modules', name), join(root, 'node_modules', name))
    },
    /** For npm_execpath: npm, and packages that come without asking a registry. */
    npm: () => write('npm.mjs', NPM),
    remove() {
      for (const child of started) child.kill('SIGKILL')
      rmSync(root, { recursive: true, force: true })
    },
  }
}

function watch(child: ChildProcess): Command {
  let output = ''
  const changed = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      output += chunk
      for (const look of changed) look()
    })
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  const says = (words: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (output.includes(words)) resolve()
      }
      changed.add(look)
      look()
      exit.then(() => reject(new Error(`Ended without saying "${words}":\n${output}`)))
    })
  return { process: child, output: () => output, says, exit }
}

/** A port that nobody uses at this moment. */
export async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return String(port)
}
