import { Window } from 'happy-dom'
import { expect, it } from 'vitest'
import { DOOR_SCRIPT } from '../../../server/join/doorScript'

/** The script of the door in a page with three sentences to read, in a browser that can speak or cannot. */
function openDoor(canSpeak: boolean) {
  const page = new Window()
  page.document.documentElement.lang = 'es'
  page.document.body.innerHTML = `<a class="leave" href="/">x</a><p data-keys></p>
    <ul id="words"><li>Uno.</li><li>Dos.</li></ul><button data-read-aloud="words" hidden></button>`
  const said: string[] = []
  const voice = {
    speaking: false,
    speak: (one: { words: string; lang: string }) => {
      voice.speaking = true
      said.push(`${one.lang} ${one.words}`)
    },
    cancel: () => {
      voice.speaking = false
      said.push('silence')
    },
  }
  class Utterance {
    lang = ''
    constructor(readonly words: string) {}
  }
  const browser = canSpeak ? { speechSynthesis: voice, SpeechSynthesisUtterance: Utterance } : {}
  const globals = { window: browser, ...browser, document: page.document, location: { replace: () => undefined } }
  const names = [...Object.keys(globals), 'addEventListener']
  const values = [...Object.values(globals), page.addEventListener.bind(page)]
  new Function(...names, DOOR_SCRIPT)(...values)
  const button = page.document.querySelector('button')! as unknown as HTMLButtonElement
  const leave = page.document.querySelector('a')! as unknown as HTMLAnchorElement
  return { button, leave, said }
}

it('[MT31] a browser that can speak reads it aloud when asked to, and falls silent when asked again', () => {
  const { button, said } = openDoor(true)
  expect(button.hidden).toBe(false)
  button.click()
  expect(said.splice(0)).toEqual(['silence', 'es-US Uno.', 'es-US Dos.'])
  button.click()
  expect(said).toEqual(['silence'])
})

it('[MT31] it falls silent when somebody leaves', () => {
  const { button, leave, said } = openDoor(true)
  button.click()
  leave.click()
  expect(said.at(-1)).toBe('silence')
})

it('[MT31] where a browser cannot speak nothing offers it', () => {
  expect(openDoor(false).button.hidden).toBe(true)
})
