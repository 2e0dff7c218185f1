import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import tailwind from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import icons from 'unplugin-icons/vite'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** A phone on a slow line pays for every request, so what pages share comes in three files instead of thirty. */
const FEW_FILES = [
  { name: 'line', test: /node_modules.(yjs|lib0|y-|socket\.io|engine\.io|@socket\.io)/ },
  { name: 'frame', test: /node_modules/, minShareCount: 2 },
  { name: 'shared', test: /(client|shared).[\w/]+\.(ts|vue)/, minShareCount: 3 },
]

export default defineConfig({
  root: here('.'),
  plugins: [
    keepVueShakable(),
    vue({ features: { optionsAPI: false } }),
    tailwind(),
    // Sentences are compiled at build time: no compiler travels to the phone, and none needs `unsafe-eval`.
    vueI18n({
      include: [here('./locales/*.json')],
      runtimeOnly: true,
      compositionOnly: true,
      fullInstall: false,
      dropMessageCompiler: true,
    }),
    icons({ compiler: 'vue3', scale: 1.25, defaultClass: 'icon', iconCustomizer: hideFromReaders }),
  ],
  build: {
    outDir: here('../dist/client'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups: FEW_FILES } } },
  },
})

/** Icons stand beside words and say nothing of their own. */
function hideFromReaders(_collection: string, _icon: string, props: Record<string, string>): void {
  props['aria-hidden'] = 'true'
}

/** vue-i18n takes the whole of Vue for one function; naming that function keeps 20 KB off every phone. */
function keepVueShakable(): Plugin {
  return {
    name: 'keep-vue-shakable',
    transform(code, id) {
      if (!id.includes('/vue-i18n/dist/')) return null
      return code.replace(
        "import * as Vue from 'vue';",
        "import { getCurrentInstance as vueInstance } from 'vue'; const Vue = { getCurrentInstance: vueInstance };",
      )
    },
  }
}
