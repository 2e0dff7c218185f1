import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '../../shared/meeting'
import { localMinute, momentOf } from '../../shared/localMinute'
import { RECIPIENTS, type ReleaseForm } from '../../shared/release'
import { ELEMENTS, elementsOf, missingElements } from '../../shared/releaseElements'
import { tellRelease, tellSignature } from '../../shared/releaseWords'
import { GATED, type Gated } from '../../shared/roles'

const form = (...sections: Gated[]): ReleaseForm => ({
  about: { name: 'Mateo', as: 'parent' },
  sections: sections.map((section) => ({ section, told: `Some of ${section}`, discloser: 'mental-health' })),
  recipients: ['school'],
  members: [],
  purpose: 'own-words',
  ownPurpose: 'The bus',
  until: '2027-06-10T17:00',
})
const around = {
  timeZone: 'America/Los_Angeles',
  signer: 'Elena',
  members: ['Pilar'],
  expiresAt: new Date('2027-06-11T00:00:00Z'),
}

describe('what a permission must say', () => {
  it('[RE4] health needs what 45 CFR 164.508 names, substance use what 42 CFR 2.31 names', () => {
    const lawOf = (section: Gated) => Object.values(ELEMENTS).map((of: Partial<Record<Gated, string>>) => of[section])
    for (const part of ['(c)(1)(i)', '(c)(1)(ii)', '(c)(1)(iii)', '(c)(1)(iv)', '(c)(1)(v)', '(c)(1)(vi)']) {
      expect(lawOf('health'), part).toContain(`45 CFR 164.508${part}`)
    }
    for (const part of ['(c)(2)(i)', '(c)(2)(ii)', '(c)(2)(iii)', '(c)(4)']) {
      expect(lawOf('health'), part).toContain(`45 CFR 164.508${part}`)
    }
    for (let part = 1; part <= 9; part++) expect(lawOf('substance-use')).toContain(`42 CFR 2.31(a)(${part})`)
    for (let part = 1; part <= 3; part++) expect(lawOf('education')).toContain(`34 CFR 99.30(b)(${part})`)
    expect(lawOf('benefits')).toContain('WIC 10850, WIC 18964')
  })

  it('[RE9] one sitting asks for everything that any of its sections needs, so that a family signs once', () => {
    const both = elementsOf(['benefits', 'substance-use'])
    for (const section of ['benefits', 'substance-use'] as const) {
      expect(both).toEqual(expect.arrayContaining(elementsOf([section])))
    }
    expect(elementsOf(['benefits'])).not.toContain('notes')
    const said = tellRelease(form('benefits', 'substance-use'), { ...around, language: 'en' })
    expect(said.map(({ text }) => text).join(' ')).toMatch(/42 CFR part 2.*WIC 10850|WIC 10850.*42 CFR part 2/)
    expect(missingElements({ ...form('benefits'), signature: 'Elena Luna' })).toEqual([])
  })

  it('[RE27] a single name is a signature, no name is none', () => {
    expect(missingElements({ ...form('benefits'), signature: 'Elena' })).toEqual([])
    expect(missingElements({ ...form('benefits'), signature: '' })).toEqual(['signature'])
  })

  it.each(LANGUAGES)('[RE7] every element that a section needs is said in a sentence of its own (%s)', (language) => {
    for (const section of GATED) {
      const signature = tellSignature({ signature: 'Elena Luna', at: new Date(0) }, { ...around, language })
      const lines = [...tellRelease(form(section), { ...around, language }), ...signature]
      expect(new Set(lines.map(({ element }) => element)), section).toEqual(new Set(elementsOf([section])))
      for (const { text } of lines) expect(text).toMatch(/^[^…]+$/)
    }
  })

  it('[RE7] the sentences name the whole of what was chosen, and a gap where nothing was', () => {
    const say = (one: ReleaseForm, more = {}) =>
      tellRelease(one, { ...around, language: 'en', ...more }).map(({ text }) => text)
    expect(say(form('health'))).toEqual([
      'This is about Mateo.',
      'I, Elena, sign as the parent of Mateo.',
      'About health and treatment, the one who tells is: the therapist (mental health).',
      'What may be told about health and treatment: Some of health',
      'A therapist’s or counselor’s own notes of our talks are not part of this.',
      'Only these may see it: the school and Pilar.',
      'What it is for: The bus.',
      'It ends by itself on June 10, 2027 at 5:00 PM (PDT).',
      'I can end it at any time: with one tap on this page, or by writing to the facilitator. What somebody has seen by then, they have seen.',
      'I do not have to sign. My care does not depend on it, and nothing in this meeting does.',
      'Who sees my health information might tell others, and then health privacy law may no longer protect it.',
      'I get a copy of this. It stays on this page, and I can print it.',
    ])
    const empty: ReleaseForm = { ...form('health'), recipients: [], purpose: null, until: null }
    empty.sections = [{ section: 'health', told: '' }]
    const gaps = say(empty, { members: [], expiresAt: null }).filter((line) => line.includes('…'))
    expect(gaps).toHaveLength(5)
    const everybody = say({ ...form('education'), recipients: [...RECIPIENTS] }, { language: 'es' }).join(' ')
    expect(everybody).toContain('bienestar infantil, CalWORKs/TANF, la escuela')
  })
})

describe('the minute it ends', () => {
  it('[RE5] is the one the clock of the place shows, in summer and winter, on the day the clock changes too', () => {
    const zone = 'America/Los_Angeles'
    const cases: [string, string | null][] = [
      ['2027-06-10T17:00', '2027-06-11T00:00:00.000Z'],
      ['2027-01-10T17:00', '2027-01-11T01:00:00.000Z'],
      ['2027-03-14T01:59', '2027-03-14T09:59:00.000Z'],
      ['2027-03-14T02:30', null],
      ['2027-03-14T03:00', '2027-03-14T10:00:00.000Z'],
      ['2027-11-07T01:30', '2027-11-07T08:30:00.000Z'],
      ['2027-11-07T02:00', '2027-11-07T10:00:00.000Z'],
      ['2027-02-30T10:00', null],
      ['2027-13-01T10:00', null],
    ]
    for (const [local, moment] of cases) expect(momentOf(local, zone)?.toISOString() ?? null, local).toBe(moment)
    for (const other of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'UTC']) {
      expect(localMinute(momentOf('2027-06-10T00:05', other)!, other), other).toBe('2027-06-10T00:05')
    }
  })
})
