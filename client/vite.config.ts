import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import tailwind from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { minify } from 'terser'
import icons from 'unplugin-icons/vite'
import { defineConfig, type Plugin, type Rolldown } from 'vite'
import { OTHER_ERRORS, OTHER_WORDS } from './otherWords.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What every page of a meeting is made of; whoever comes to the room needs all of it. */
const ROOM =
  /client.(pages.RoomPage|components.plan|components.room.(MeetingRoom|RoomTabs)|composables.(TextBinding|useLasting|useLivePlan|usePlanText|useWide)|live)|shared.(chapters|planFrames|standing|textDiff|writePlan)|fractional-indexing/

const OURS = /(client|shared).[\w/]+\.(ts|vue)/
/** Shared by several other pages, but no family’s phone in the room needs it. */
const NOT_THE_ROOMS = new RegExp(
  [
    'components.(QrCode|StaffBar|MeetingBar|LeaveWords|PersonName|releases.RedisclosureNote).vue',
    'components.plan.(OtherWords|PlanReader|PlanWords|ReadGoal|ReadLines|ReadPromise|RefusedWords|TimesField|ToldChapters).vue',
    'components.(aside|before|confidence|deciding|inviting|needs|onCall|programs|scaling|screening|seats|signature|steps|watch|words).',
    'stores.(answers|needs|seats)',
    'client.otherRoutes',
    'composables.useClock.ts',
    'shared.(accountRoutes|before|holidays|invite|ruleClocks|missingSeats|need\\w*|onCall\\w*|otherRoutes|seats|supporter\\w*).ts',
    'shared.(commitments|confidence|decision|planDiff|promise|redisclosure|release\\w*|scaling|signature|version).ts',
    'shared.(hoursThatCount|programDates|programOffice|relativeAid|screening|services).ts',
    // What the plan watches out for is reckoned once the page stands.
    'shared.(askedActions|glossary|ideaGroups|promiseSentence|readability|shortFormsIn|smallSteps|wordings).ts',
    'shared.(byPerson|clashes|days|gaps|load|occurrences|watchPlan|wayBetween|whoComes|zoneClock).ts',
  ].join('|'),
)

/** The small controls of a line: fetched once the page stands. */
const CONTROLS =
  /client.components.(plan.(ItemControls|GoalControls|ActionMoves|ClosingButtons|DayField|MoveButtons|PlaceField|RemovedNotes?|WhoField)|versions.WhoWrote)\.vue/

const isLeftOut = (id: string) => NOT_THE_ROOMS.test(id) || CONTROLS.test(id)

/** A phone on a slow line pays for every request and packs one file better than ten, so it gets five instead of forty. */
const FEW_FILES = [
  { name: 'line', test: /node_modules.(yjs|lib0|y-|socket\.io|engine\.io|@socket\.io)/ },
  { name: 'frame', test: /node_modules.(@?vue|petite-vue|pinia|@intlify|zod)/ },
  { name: 'shared', test: (id: string) => OURS.test(id) && !isLeftOut(id), minShareCount: 3 },
  { name: 'room', test: (id: string) => ROOM.test(id) && !isLeftOut(id) },
  { name: 'controls', test: CONTROLS },
  // One name each instead of several in the list of files that every page loads.
  { name: 'before', test: /client.(components.before|composables.useClock)|shared.(days|holidays|ruleClocks)\.ts/ },
  { name: 'needs', test: /client.(components.needs.(MyNeeds|NeedActs|NeedForm|NeedStanding)|stores.needs)/ },
]

export default defineConfig({
  root: here('.'),
  plugins: [
    keepVueShakable(),
    vue({ features: { optionsAPI: false } }),
    tailwind(),
    // Sentences are compiled at build time: no compiler travels to the phone, and none needs `unsafe-eval`.
    leaveOutOtherTransports(),
    leaveOutColouredWarnings(),
    leaveOutWhatOnlyTheServerReads(),
    splitWords(),
    vueI18n({
      include: [here('./locales/*.json')],
      runtimeOnly: true,
      compositionOnly: true,
      fullInstall: false,
      dropMessageCompiler: true,
    }),
    packTwice(),
    icons({ compiler: 'vue3', scale: 1.25, defaultClass: 'icon', iconCustomizer: hideFromReaders }),
  ],
  build: {
    outDir: here('../dist/client'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // Making a shape does nothing by itself: what no page reads goes.
    rolldownOptions: { treeshake: { manualPureFunctions: ['z'] }, output: { codeSplitting: { groups: FEW_FILES } } },
  },
})

/** Two packers, one after the other, find 3 KB more than either of them in what every phone has to load. */
function packTwice(): Plugin {
  return {
    name: 'pack-twice',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        const packed = await minify(chunk.code, { module: true, compress: { passes: 3, ecma: 2020 }, ecma: 2020 })
        chunk.code = packed.code!
      }
    },
  }
}

/** Icons stand beside words and say nothing of their own. */
function hideFromReaders(_collection: string, _icon: string, props: Record<string, string>): void {
  props['aria-hidden'] = 'true'
}

/** The announcing wire is a WebSocket or nothing, as the plan's is: polling is code no page runs. */
function leaveOutOtherTransports(): Plugin {
  return {
    name: 'leave-out-other-transports',
    transform(_code, id) {
      if (!/(engine|socket)\.io-client.build/.test(id)) return null
      const chooses = id.endsWith('/engine.io-client/build/esm/transports/index.js')
      const code = "import { WS } from './websocket.js'; export const transports = { websocket: WS };"
      return { ...(chooses && { code }), moduleSideEffects: false }
    },
  }
}

/** Yjs warns programmers in colour; in black and white it keeps 4 KB of painting off every phone. */
function leaveOutColouredWarnings(): Plugin {
  return {
    name: 'leave-out-coloured-warnings',
    transform(_code, id) {
      if (!id.endsWith('/lib0/logging.js')) return null
      const colours = "export const BOLD = '', UNBOLD = '', RED = '', ORANGE = '';"
      return `${colours} export const { log: print, warn } = console;`
    },
  }
}

/** In the tables for both ends. */
const ONLY_SERVER: Record<string, string[]> = {
  api: ['does', 'query', 'body', 'answer', 'status'],
  account: ['does', 'query', 'body', 'answer', 'status'],
  accountRoutes: ['does', 'query', 'body', 'answer', 'status'],
  before: ['does', 'query', 'body', 'answer', 'status'],
  otherRoutes: ['does', 'query', 'body', 'answer', 'status'],
  errors: ['http', 'message'],
}

/** The table that pages of the room do not bring along: `client/otherRoutes.ts` does. */
const LATER = 'OTHER_ROUTES'

/** Tables for both ends say more than a page needs: it says errors in its own words, and calls routes without checking. */
function leaveOutWhatOnlyTheServerReads(): Plugin {
  return {
    name: 'leave-out-what-only-the-server-reads',
    transform(code, id) {
      if (!/shared.\w+\.ts$/.test(id)) return null
      // What both ends agree on does nothing by being read: schemas that no page asks for go with their modules.
      const left = { moduleSideEffects: false }
      const fields = ONLY_SERVER[basename(id, '.ts')]
      return fields ? { ...left, code: leaveOutImports(leaveOutFields(code, this.parse(code), fields)) } : left
    },
  }
}

/**
 * One file a language for people who write the words, two for pages: what the room says, and what the other pages say
 * beside it. The pages at the door come from the server whole; their words travel with neither.
 */
function splitWords(): Plugin {
  const OTHERS = /\.others\.json$/
  return {
    name: 'split-words',
    enforce: 'pre',
    resolveId: (id, from) => (OTHERS.test(id) && from ? resolve(dirname(from), id) : null),
    load: (id) => (OTHERS.test(id) ? readFileSync(id.replace('.others', ''), 'utf8') : null),
    transform(code, id) {
      if (!/client.locales.\w+(\.others)?\.json$/.test(id)) return null
      const { door: _door, errors, ...words } = JSON.parse(code) as Record<string, Record<string, unknown>>
      const keep = (all: Record<string, unknown>, others: readonly string[]) =>
        Object.fromEntries(Object.entries(all).filter(([name]) => others.includes(name) === OTHERS.test(id)))
      return JSON.stringify({ ...keep(words, OTHER_WORDS), errors: keep(errors!, OTHER_ERRORS) })
    },
  }
}

/** petite-vue-i18n takes the whole of Vue for one function; naming that function keeps 20 KB off every phone. */
function keepVueShakable(): Plugin {
  return {
    name: 'keep-vue-shakable',
    transform(code, id) {
      if (!id.includes('/petite-vue-i18n/dist/')) return null
      return code.replace(
        "import * as Vue from 'vue';",
        "import { getCurrentInstance as vueInstance } from 'vue'; const Vue = { getCurrentInstance: vueInstance };",
      )
    },
  }
}

type Program = ReturnType<Rolldown.PluginContext['parse']>

/** The module without these fields of the tables it exports as `{ name: { field: value } }`. */
function leaveOutFields(code: string, program: Program, fields: readonly string[]): string {
  const spans: [number, number][] = []
  const visit = (object: unknown, depth: number): void => {
    const { type, properties = [] } = object as { type: string; properties?: Property[] }
    if (type !== 'ObjectExpression') return
    for (const { key, argument, value, start, end } of properties) {
      // Routes of another table are taken in whole and cut where they stand, but for those that come later.
      if (argument?.name === LATER) spans.push([start, end])
      if (!key) continue
      if (depth === 0) visit(value, 1)
      else if (fields.includes(key.name)) spans.push([start, end])
    }
  }
  for (const statement of program.body) {
    const { declaration } = statement as { declaration?: { declarations?: { init: unknown }[] } }
    for (const { init } of declaration?.declarations ?? []) visit(init, 0)
  }
  return spans.reduceRight((left, [start, end]) => left.slice(0, start) + left.slice(end).replace(/^\s*,/, ''), code)
}

/** Without what it imported for these fields alone: a module that is named brings all of itself along. */
function leaveOutImports(code: string): string {
  const IMPORT = /import\s*\{([^}]*)\}\s*from\s*['"][^'"]+['"];?/g
  const rest = code.replace(IMPORT, '')
  const isUsed = (name: string) =>
    new RegExp(
      `\\b${name
        .trim()
        .split(/\s+as\s+/)
        .at(-1)}\\b`,
    ).test(rest)
  return code.replace(IMPORT, (whole, names: string) =>
    names
      .split(',')
      .filter((one) => one.trim())
      .some(isUsed)
      ? whole
      : '',
  )
}

interface Property {
  /** None where another object is spread. */
  key?: { name: string }
  argument?: { name: string }
  value: unknown
  start: number
  end: number
}
