import { describe, expect, it } from 'vitest'
import en from '../../client/locales/en.json'
import es from '../../client/locales/es.json'
import { byDay } from '../../client/components/record/byDay'
import { type RecordLine, type What, WHATS } from '../../shared/record'

/** In the house's chain alone, for somebody's safety not on the page, or of a family that nobody reads any more. */
const UNSEEN: What[] = [
  'signed-in',
  'sign-in-failed',
  'signed-out',
  'sessions-ended',
  'password-changed',
  'codes-on',
  'codes-off',
  'invited',
  'invitation-accepted',
  'duty-changed',
  'account-closed',
  'account-opened',
  'codes-reset',
  'on-call-changed',
  'hidden',
  'shown-again',
  'family-expunged',
]

const line = (seq: number, words: Partial<RecordLine> = {}): RecordLine => ({
  seq,
  at: `2027-03-0${seq > 3 ? 2 : 3}T18:00:00Z`,
  what: 'plan-opened',
  who: 'Quill',
  standing: 'agency',
  agency: 'child-welfare',
  meetingId: null,
  whom: null,
  about: {},
  ...words,
})

describe('the page of who looked', () => {
  it('[RC15] has a sentence in both languages for everything a family can read there', () => {
    const told = WHATS.filter((what) => !UNSEEN.includes(what)).sort()
    for (const words of [en, es]) expect(Object.keys(words.record.did).sort()).toEqual(told)
  })

  it('[RC16] says once what somebody did again and again on one day, and never mixes people or days', () => {
    const lines = [line(6), line(5), line(4, { who: 'Park' }), line(3), line(2), line(1, { what: 'version-read' })]
    const days = byDay(lines, (at) => at.slice(0, 10))
    expect(
      days.map(({ day, told }) => [day, told.map(({ line: { who, what }, times }) => [who, what, times])]),
    ).toEqual([
      [
        '2027-03-02',
        [
          ['Quill', 'plan-opened', 2],
          ['Park', 'plan-opened', 1],
        ],
      ],
      [
        '2027-03-03',
        [
          ['Quill', 'plan-opened', 2],
          ['Quill', 'version-read', 1],
        ],
      ],
    ])
  })
})
