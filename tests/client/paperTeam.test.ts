// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { createI18n } from 'petite-vue-i18n'
import { expect, test } from 'vitest'
import PaperTeam from '../../client/components/whoIsWho/PaperTeam.vue'
import { findWords } from '../../client/findWords'
import en from '../../client/locales/en.json'
import type { Meeting } from '../../shared/meeting'
import type { TeamPerson } from '../../shared/whoIsWho'

const person = (name: string, more: Partial<TeamPerson> = {}): TeamPerson => ({
  ...{ id: name, name, role: 'family', agency: null, attendance: null, me: false, hidden: false },
  ...{ leads: false, mayLead: false, contact: null, promises: [] },
  ...more,
})

test('[WW6] on the sheet for the fridge stands nobody of whom others must not learn that they were there, whoever prints it', () => {
  const i18n = createI18n({ legacy: false, locale: 'en', messages: { en }, messageResolver: findWords })
  const meeting = { familyName: 'Miles’s family', startsAt: '2027-03-02T18:00:00Z', timeZone: 'UTC' } as Meeting
  const rosa = { contact: { phone: '555-0177', email: null, to: 'everybody' }, hidden: true, me: true } as const
  const marsh = { contact: { phone: '555-0147', email: 'marsh@example.org', to: 'everybody' }, leads: true } as const
  const people = [
    person('Dana'),
    person('Rosa', rosa),
    person('Marsh', { ...marsh, role: 'agency', agency: 'calworks' }),
  ]
  const sheet = mount(PaperTeam, { props: { meeting, people }, global: { plugins: [i18n] } }).text()
  expect(sheet).not.toMatch(/Rosa|0177/)
  expect(sheet).toContain('555-0147')
  expect(sheet).toContain('Helps with cash aid')
  expect(sheet).toContain(en.whoIsWho.leads)
})
