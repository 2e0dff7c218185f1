// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { createI18n } from 'petite-vue-i18n'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import ConfidenceStatement from '../../client/components/confidence/ConfidenceStatement.vue'
import { findWords } from '../../client/findWords'
import en from '../../client/locales/en.json'
import es from '../../client/locales/es.json'

const spoken: string[] = []

beforeEach(() => {
  spoken.length = 0
  class Utterance {
    constructor(readonly text: string) {}
  }
  vi.stubGlobal('SpeechSynthesisUtterance', Utterance)
  vi.stubGlobal('speechSynthesis', { speak: ({ text }: Utterance) => spoken.push(text), cancel: () => undefined })
})
afterEach(() => void vi.unstubAllGlobals())

const open = (locale: 'en' | 'es', sign: boolean) => {
  const i18n = createI18n({ legacy: false, locale, messages: { en, es } as never, messageResolver: findWords })
  return mount(ConfidenceStatement, { props: { sign }, global: { plugins: [i18n] } })
}

describe('what stays in the room, at the door of the app', () => {
  it('[MT37] stands in one’s own language, says that nobody has to sign it, and is read aloud on request', async () => {
    const page = open('es', true)
    const lines = page.findAll('li').map((line) => line.text())
    expect(lines).toEqual(
      (['reads', 'released', 'stays', 'danger', 'looked', 'sign'] as const).map((line) => es.confidence[line]),
    )
    expect(spoken).toEqual([])
    await page.get('button').trigger('click')
    expect(spoken).toEqual([es.confidence.title, ...lines])
    // Who is here for their work is asked to say that they keep to it: there it would be untrue.
    expect(open('en', false).text()).not.toContain(en.confidence.sign)
  })
})
