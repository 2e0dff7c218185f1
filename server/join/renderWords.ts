import { wordingsOf, type Worded, type Wording } from '../../shared/wordings'
import { html, type Html } from './html'
import type { Voice } from './renderPage'

/** The attribute that says in which language words are, where that is known. */
export const inLanguage = ({ language }: Wording) => language && html` lang="${language}"`

/** The words of an item in each language they are written in, the reader's own first. */
export function renderWords({ language }: Voice, item: Worded): Html[] {
  return wordingsOf(item, language).map((said, index) =>
    index === 0
      ? html`<p${inLanguage(said)}>${said.text}</p>`
      : html`<p class="soft" ${inLanguage(said)}>${said.text}</p>`,
  )
}
