import fc from 'fast-check'
import { Window } from 'happy-dom'
import { describe, expect, it } from 'vitest'
import { fill, html } from '../../../server/join/html'

function read(markup: string) {
  const { document } = new Window()
  document.body.innerHTML = markup
  return document.body
}

describe('writing pages', () => {
  it('[ME22] never lets words become markup, in text and in attributes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>"\'&;=/ab{}') }), (words) => {
        const page = read(html`<p title="${words}">${words}</p>`.text)
        expect(page.children.length).toBe(1)
        expect(page.querySelector('p')!.textContent).toBe(words)
        expect(page.querySelector('p')!.getAttribute('title')).toBe(words)
        expect(page.querySelector('p')!.attributes.length).toBe(1)
      }),
    )
  })

  it('[ME22] puts in what it made itself as it is, also in lists, and leaves out what is not there', () => {
    const list = ['<1>', '2'].map((each) => html`<li>${each}</li>`)
    expect(html`${list}${null}${undefined}${false}${0}`.text).toBe('<li>&lt;1&gt;</li><li>2</li>0')
  })

  it('[ME22] marks words up where a sentence says so, and nowhere else', () => {
    expect(fill('For {family} & {nobody}', { family: html`<b>${'<x>'}</b>` }).text).toBe('For <b>&lt;x&gt;</b> &amp; ')
  })
})
