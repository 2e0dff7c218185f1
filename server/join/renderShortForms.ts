import type { Glossary } from '../../shared/glossary'
import type { Plan } from '../../shared/plan'
import { shortFormsIn } from '../../shared/shortFormsIn'
import { html, type Html } from './html'
import type { Voice } from './renderPage'

/** At the end of the page: what the short forms on it stand for. */
export function renderShortForms({ say, language }: Voice, plan: Plan, county: Glossary): Html | false {
  const forms = shortFormsIn(plan, language, county)
  return (
    forms.length > 0 &&
    html`<h2>${say('words.title')}</h2>
      <ul>
        ${forms.map(([short, says]) => html`<li><b>${short}:</b> ${says}</li>`)}
      </ul>`
  )
}
