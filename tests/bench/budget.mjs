// What a family's phone has to load, against the limits we promise. Needs a build: npm run build.
import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))
const ROOM_MOST = 140 * 1024
const DOOR_MOST = 14 * 1024

const manifest = JSON.parse(readFileSync(join(DIST, 'client/.vite/manifest.json'), 'utf8'))
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1).padStart(7)} KB`
const gzipped = (file) => gzipSync(readFileSync(join(DIST, 'client', file)), { level: 9 }).length

/** Parts of the room that load on demand and that no family's phone asks for. */
const PROFESSIONALS_ONLY = [
  'AddPerson',
  'AmendPlan',
  'DoorList',
  'FamilyCurtain',
  'FamilyTimeControl',
  'FamilyVoice',
  'JoiningPanel',
  'KeepConfidence',
  'LeadRail',
  'KeepApart',
  'LeadScale',
  'LinkPanel',
  'LookButton',
  'MemberChoice',
  'PersonDialog',
  'PrepPage',
  'ProjectorButton',
  'RecapPage',
  'SeatsAndNeeds',
  'SignaturesComing',
  'WantedHere',
]
/** Loaded by a family's phone when it comes to that, and shown below with what it adds. */
const ON_OCCASION = {
  WaitingRoom: 'at the door, until one is let in',
  ConfidenceStatement: 'what stays in the room and what must be told, at the door',
  RemovedRoom: 'for who was taken out',
  PeopleSide: 'who is in the meeting, and the ways out, right after the page stands',
  MyNeeds: 'what one needs to be able to take part, at the door and before the meeting',
  PlanReader: 'a plan that can only be read',
  MyPart: 'one’s own promises, and signing',
  SignPlan: 'one’s name under the sealed plan',
  ItemControls: 'the small controls of a line, right after the page stands',
  GoalControls: 'those of a goal, in the same file',
  RemovedNote: 'that somebody removed what one writes in, in the same file',
  RemovedNotes: 'what one just took away, with the way back, right after the page stands',
  BelowGoals: 'where hopes wait for later, or are many',
  IdeaLists: 'ideas in groups, for later or parked',
  PileField: 'to put an idea aside, while one is at it',
  LaterButton: 'to put a hope to later, while one is at it',
  ShortForms: 'what short forms stand for, where there may be some',
  ReadingHint: 'how hard one’s words are to read; for professionals',
  AskedOfMe: 'what a person is asked to answer for themself',
  BelowPromise: 'the small steps of a promise, where it has some or while one is at it',
  OwnerSaid: 'what the owner of a promise said to it',
  TheDecision: 'what everybody said to the decision',
  TheScale: 'how things are from 0 to 10, and how that went from meeting to meeting',
  OtherWords: 'the words in the other language, where there are two in the room',
  LookHere: 'what the facilitator points at',
  SpeakPanel: 'who would like to speak',
  TimesField: 'when and where somebody has to be',
  WatchOut: 'what the plan watches out for, once something in it has a time',
  ClashNote: 'on a promise that cannot be kept beside another, in the same file',
  WhileAway: 'words that came too late for a sealed plan',
  NameDialog: 'another name for oneself',
  RefusedWords: 'words that were turned away',
  JustUs: 'private family time',
  GatedPart: 'a part that a release opens',
  ItemHistory: 'who wrote a promise',
}
const isOneOf = (names) => (chunk) => names.some((name) => chunk.endsWith(`/${name}.vue`))
const isLeftOut = isOneOf([...PROFESSIONALS_ONLY, ...Object.keys(ON_OCCASION)])
const isFamilys = (chunk) => !isLeftOut(chunk)

/** What comes with the other pages: their words, and the routes that only they ask for. */
const isWithOthers = (chunk) => chunk.startsWith('locales/') || chunk === 'otherRoutes.ts'

/** Files of a chunk, of what it imports, and of what it may load later. */
function collect(chunk, later, files = new Set(), seen = new Set()) {
  if (seen.has(chunk)) return files
  seen.add(chunk)
  const { file, css = [], imports = [], dynamicImports = [] } = manifest[chunk]
  for (const one of [file, ...css]) files.add(one)
  for (const next of [...imports, ...(later ? dynamicImports.filter(isFamilys) : [])]) {
    // What the entry may load later are the other pages.
    if (next !== 'index.html' && !isWithOthers(next)) collect(next, later, files, seen)
  }
  return files
}

/** The room with the words of one language, the longer ones. */
function roomFiles() {
  const entry = collect('index.html', false)
  const room = collect('pages/RoomPage.vue', true)
  const words = ['en', 'es'].map((language) => manifest[`locales/${language}.json`].file)
  const longest = words.sort((a, b) => gzipped(b) - gzipped(a))[0]
  return [...new Set([...entry, ...room, longest])]
}

/** The words that pages beside the room bring along, in the longer language. */
function otherWords() {
  const files = ['en', 'es'].map((language) => manifest[`locales/${language}.others.json`].file)
  return files.sort((a, b) => gzipped(b) - gzipped(a))[0]
}

/** Asks the built server for the page behind a join link of a demo meeting. */
async function doorPage() {
  const dataDir = mkdtempSync(join(tmpdir(), 'ourplan-budget-'))
  const env = { ...process.env, HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, NODE_ENV: '', MONGODB_URI: '' }
  const server = fork(join(DIST, 'server/main.js'), { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  try {
    const ready = await new Promise((resolve, reject) => {
      server.on('message', (message) => message.stage === 'ready' && resolve(message))
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    })
    const path = new URL(ready.demo.meetings[0].joinUrl).pathname
    return await (await fetch(new URL(path, ready.local))).text()
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function judge(what, bytes, most) {
  const fits = bytes <= most
  console.log(`${kilobytes(bytes)}  ${what}, ${fits ? 'within' : 'OVER'} the limit of ${most / 1024} KB\n`)
  if (!fits) process.exitCode = 1
}

console.log('The room on a family’s phone, gzip:')
const sizes = roomFiles().map((file) => [file, gzipped(file)])
for (const [file, bytes] of sizes.sort((a, b) => b[1] - a[1])) console.log(`${kilobytes(bytes)}  ${file}`)
judge(
  'all scripts and styles of the room',
  sizes.reduce((sum, [, bytes]) => sum + bytes, 0),
  ROOM_MOST,
)

const sum = (files) => files.reduce((total, file) => total + gzipped(file), 0)
const loaded = new Set(sizes.map(([file]) => file))
console.log('Beside that, once, when it comes to it (the first two with the other pages):')
for (const file of [otherWords(), manifest['otherRoutes.ts'].file]) console.log(`${kilobytes(gzipped(file))}  ${file}`)
for (const [name, when] of Object.entries(ON_OCCASION)) {
  const chunk = Object.keys(manifest).find(isOneOf([name]))
  if (chunk)
    console.log(`${kilobytes(sum([...collect(chunk, true)].filter((file) => !loaded.has(file))))}  ${name}: ${when}`)
}
console.log()

const door = await doorPage()
judge('the page behind a join link, styles included', gzipSync(door, { level: 9 }).length, DOOR_MOST)
const scripts = [...door.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag)
console.log(`Its scripts: ${scripts.join(' ') || 'none'}`)
if (!/<form[^>]+method="post"/i.test(door) || !/<button/i.test(door)) {
  console.log('The page has no form that works without scripts.')
  process.exitCode = 1
}
