import type { DemoFamily, DemoMeeting, DemoPermission } from './DemoFamily'

const FAMILY_AND_FRIENDS = ['Jules', 'Ada', 'Ben', 'Dee', 'Mo', 'Ruth'] as const
const AGENCIES = ['Vance', 'Iyer', 'Holt', 'Cole', 'Bly', 'Kim'] as const

/** What Ada gets, and how many hours are asked of her for it, is between her and those who work on it with her. */
const HOURS: DemoPermission = {
  by: 'Ada',
  form: {
    about: null,
    sections: [{ section: 'benefits', told: 'My cash aid and its hours.', discloser: 'calworks' }],
    recipients: ['calworks', 'facilitator'],
    members: [],
    purpose: 'benefits',
    ownPurpose: '',
    until: '2028-02-01T17:00',
  },
  signature: 'Ada Okafor',
  sitting: '6f6b61666f72000000000209',
}

/** The need of the plan that is asked about at each meeting, in the same words. */
const NEED_MET = {
  question: 'How well is this need met today: Jules needs to know one bad day won’t cost home',
  zero: 'Not at all',
  ten: 'As well as we hoped',
  item: 'okaforbadday0000',
}

/** Getting to know each other: what the family wants, is good at, and worries about. */
const ENGAGEMENT: DemoMeeting = {
  lead: 'Sol',
  kind: 'wraparound',
  title: 'Getting to know each other',
  question: 'What do we want life to be like?',
  startsAt: '2027-01-12T15:30:00-08:00',
  sealedAt: '2027-01-12T16:40:00-08:00',
  keptAs: 'What the family wants',
  people: FAMILY_AND_FRIENDS,
  supporters: [
    { by: 'Jules', name: 'Dee', relation: 'My coach', reach: '555-0161' },
    { by: 'Jules', name: 'Mo', relation: 'Our neighbor, and I trust Mo', reach: '' },
  ],
  words: [
    {
      by: 'Sol',
      purpose: 'To get to know each other, and to hear what Jules, who is 14, Ada and Jules’s stepfather Ben want.',
    },
    {
      by: 'Jules',
      vision: 'Quiet Sundays, and art school.',
      strengths: {
        okafordraws00000: { words: 'I draw every day.', who: 'Jules', day: '2027-01-12' },
        okafortrustsmo00: { words: 'I trust Mo.', who: 'Jules', day: '2027-01-12' },
      },
    },
    {
      by: 'Ada',
      worries: {
        okaforhospital00: { words: 'Jules had to stay in the hospital two times.' },
        okaforlease00000: { words: 'Our lease is ending.' },
      },
    },
    {
      by: 'Ben',
      worries: { okaforsuspended0: { words: 'School has suspended Jules more than once.' } },
    },
    { by: 'Sol', agreements: { okaforwho0000000: { words: 'Sol coordinates, and Ruth is our family partner.' } } },
  ],
}

/** Jules stays at home. */
const TEAM_DECISION: DemoMeeting = {
  lead: 'Nye',
  kind: 'tdm',
  title: 'Where will Jules live?',
  question: 'Can Jules stay at home?',
  facts: { why: 'placement-change', event: '2027-02-05' },
  startsAt: '2027-02-02T15:30:00-08:00',
  sealedAt: '2027-02-02T17:00:00-08:00',
  keptAs: 'Jules stays at home',
  people: [...FAMILY_AND_FRIENDS, 'Sol', ...AGENCIES],
  words: [
    {
      by: 'Nye',
      purpose: 'To decide together whether Jules stays at home.',
      agreements: {
        okaforstay000000: { words: 'Jules stays at home with Ada and Ben.' },
        okaforscale00000: { words: 'How safe it feels, from 0 to 10: on 2 February we said 5, 6 and 3.' },
      },
    },
  ],
  scale: {
    question: 'How safe is it for Jules at home today?',
    zero: 'Jules cannot stay tonight',
    ten: 'Everyone would let their own child stay',
    item: null,
    said: [
      { by: 'Jules', score: 5, higher: 'That nobody shouts.', named: false },
      { by: 'Ada', score: 6, higher: 'Somebody to call at night.' },
      { by: 'Vance', score: 3, higher: 'A plan for bad days.' },
    ],
  },
}

/** The first plan: a mission, what Jules needs, goals with promises, and what helps when it gets hard. */
const FIRST_PLAN: DemoMeeting = {
  lead: 'Sol',
  kind: 'wraparound',
  title: 'Our first plan',
  question: 'What will we do so that Jules is home through summer?',
  facts: { why: 'first-plan', event: '2027-01-12' },
  startsAt: '2027-02-09T15:30:00-08:00',
  sealedAt: '2027-02-09T17:00:00-08:00',
  keptAs: 'The first plan',
  people: [...FAMILY_AND_FRIENDS, ...AGENCIES],
  words: [
    { by: 'Sol', purpose: 'Our mission: home through summer, without police.' },
    { by: 'Ada', signs: HOURS },
    {
      by: 'Ada',
      under: HOURS,
      programs: {
        okaforcashaid000: {
          program: 'cash-aid',
          who: 'Ada',
          status: 'active',
          words: 'It is paid. Nobody has told me yet how many hours they want.',
          fixedBy: 'calworks',
          action: 'okaforhours00000',
        },
      },
    },
    { by: 'Ruth', worries: { okaforbadday0000: { words: 'Jules needs to know one bad day won’t cost home.' } } },
    {
      by: 'Sol',
      goals: {
        okaforhome000000: { words: 'Home through summer' },
        okaforart0000000: { words: 'Art school' },
      },
    },
    {
      by: 'Jules',
      actions: {
        okaforportfolio0: {
          goal: 'okaforart0000000',
          who: 'Jules',
          words: 'Finish my portfolio.',
          due: '2027-04-30',
        },
      },
      safety: {
        okaforheadphones: { part: 'helps', words: 'Put my headphones on.' },
        okaforwalk000000: { part: 'helps', words: 'Go for a walk with Mo.' },
      },
    },
    {
      by: 'Ada',
      actions: {
        okaforrespite000: {
          goal: 'okaforhome000000',
          who: 'Ada and Ben',
          words: 'Respite on first Saturdays.',
          on: '2027-03-06',
          repeats: 'monthly',
          attends: 'Ada\nBen',
        },
      },
    },
    {
      by: 'Vance',
      actions: {
        okaforrespitepay: {
          goal: 'okaforhome000000',
          who: 'Vance',
          words: 'Pay for the respite.',
          due: '2027-03-01',
        },
        okaforfeewaiver0: {
          goal: 'okaforart0000000',
          who: 'Vance',
          words: 'Get the fee for art school waived.',
          due: '2027-05-03',
        },
      },
    },
    {
      by: 'Cole',
      actions: {
        okaforcurfew0000: { goal: 'okaforhome000000', who: 'Cole', words: 'Change the curfew.', due: '2027-02-16' },
      },
    },
    {
      by: 'Bly',
      actions: {
        okafornewlease00: {
          goal: 'okaforhome000000',
          who: 'Bly',
          words: 'Settle the lease with Ada and Ben.',
          due: '2027-02-26',
        },
      },
    },
    {
      by: 'Iyer',
      actions: {
        okaforiep0000000: {
          goal: 'okaforart0000000',
          who: 'Iyer',
          words: 'Write the school plan (IEP) with Jules.',
          due: '2027-04-20',
        },
      },
    },
    {
      by: 'Holt',
      actions: {
        okaforcoping0000: {
          goal: 'okaforart0000000',
          who: 'Holt',
          words: 'Write a coping plan with Jules.',
          due: '2027-02-23',
        },
      },
      safety: {
        okaforcallholt00: { part: 'calls', words: 'Call Holt.' },
        okafor9880000000: { part: 'calls', words: 'Call or text 988, any hour.' },
      },
    },
    {
      by: 'Kim',
      actions: {
        okaforhours00000: {
          goal: 'okaforart0000000',
          who: 'Kim',
          words: 'Settle Ada’s hours with her.',
          due: '2027-04-01',
        },
      },
    },
    {
      by: 'Sol',
      agreements: {
        okaforday2800000: {
          words: 'We write this plan on day 28 after we first met, and look at it again by 10 April.',
        },
        okaforneedmet000: { words: 'How far Jules can count on home, from 0 to 10: 2 on 9 February.' },
        okafornatural000: { words: 'Of the 10 people who help us, 2 are our own: our coach Dee and our neighbor Mo.' },
      },
    },
  ],
  scale: {
    ...NEED_MET,
    said: [
      { by: 'Jules', score: 2 },
      { by: 'Ada', score: 2 },
    ],
  },
}

/** The plan is looked at 24 days late; what was promised is done, and more of those who help are friends. */
const REVIEW: DemoMeeting = {
  lead: 'Sol',
  kind: 'wraparound',
  title: 'How is the plan going?',
  question: 'What works, and what do we do next?',
  startsAt: '2027-05-04T15:30:00-07:00',
  sealedAt: '2027-05-04T16:45:00-07:00',
  keptAs: 'Promises kept',
  people: [...FAMILY_AND_FRIENDS, ...AGENCIES],
  words: [
    {
      by: 'Sol',
      worries: {
        okaforlate000000: {
          words: 'We wanted to look at this plan again by 10 April. We are 24 days late.',
          state: 'done',
          closedOn: '2027-05-04',
        },
      },
    },
    { by: 'Jules', actions: { okaforportfolio0: { state: 'done', closedOn: '2027-04-30' } } },
    { by: 'Ada', worries: { okaforlease00000: { state: 'done', closedOn: '2027-02-26' } } },
    {
      by: 'Vance',
      actions: {
        okaforrespitepay: { state: 'done', closedOn: '2027-03-01' },
        okaforfeewaiver0: { state: 'done', closedOn: '2027-05-03' },
      },
    },
    { by: 'Cole', actions: { okaforcurfew0000: { state: 'done', closedOn: '2027-02-16' } } },
    { by: 'Bly', actions: { okafornewlease00: { state: 'done', closedOn: '2027-02-26' } } },
    { by: 'Iyer', actions: { okaforiep0000000: { state: 'done', closedOn: '2027-04-20' } } },
    { by: 'Holt', actions: { okaforcoping0000: { state: 'done', closedOn: '2027-02-23' } } },
    { by: 'Kim', actions: { okaforhours00000: { state: 'done', closedOn: '2027-04-01' } } },
    {
      by: 'Kim',
      under: HOURS,
      programs: { okaforcashaid000: { said: 'Kim, on 1 April', hours: 20, next: 'report 2027-07-05' } },
    },
    {
      by: 'Sol',
      agreements: {
        okaforneedmet000: { words: 'How far Jules can count on home, from 0 to 10: 2 on 9 February, 5 on 4 May.' },
        okafornatural000: { words: 'Of the 10 people who help us, 4 are our own: friends and neighbors.' },
      },
    },
  ],
  scale: {
    ...NEED_MET,
    said: [
      { by: 'Jules', score: 5 },
      { by: 'Ada', score: 5 },
    ],
  },
}

/** Probation ends and CalWORKs goes on; more than half of those who help are friends. */
const TRANSITION: DemoMeeting = {
  lead: 'Sol',
  kind: 'wraparound',
  title: 'What comes next?',
  question: 'Who goes on helping, and who is done?',
  startsAt: '2027-09-14T15:30:00-07:00',
  sealedAt: '2027-09-14T16:45:00-07:00',
  keptAs: 'Who goes on helping',
  people: [...FAMILY_AND_FRIENDS, ...AGENCIES],
  words: [
    { by: 'Cole', agreements: { okaforprobation0: { words: 'Probation ends today.' } } },
    { by: 'Kim', agreements: { okaforcalworks00: { words: 'CalWORKs goes on.' } } },
    {
      by: 'Sol',
      agreements: {
        okaforneedmet000: {
          words: 'How far Jules can count on home, from 0 to 10: 2 on 9 February, 5 on 4 May, 8 on 14 September.',
        },
        okafornatural000: { words: 'Of the 9 people who help us, 5 are our own: friends and neighbors.' },
      },
    },
  ],
  scale: {
    ...NEED_MET,
    said: [
      { by: 'Jules', score: 8 },
      { by: 'Ada', score: 8 },
    ],
  },
}

/** Jules, fourteen, with mother and stepfather: friends, a family partner and six agencies around one plan. */
export const OKAFOR_HARPER: DemoFamily = {
  name: 'Jules’s family',
  language: 'en',
  people: {
    Jules: { role: 'youth' },
    Ada: { role: 'family' },
    Ben: { role: 'family' },
    Dee: { role: 'support' },
    Mo: { role: 'support' },
    Ruth: { role: 'support' },
    Sol: { role: 'agency', agency: 'other' },
    Vance: { role: 'agency', agency: 'child-welfare' },
    Iyer: { role: 'agency', agency: 'school' },
    Holt: { role: 'agency', agency: 'mental-health' },
    Cole: { role: 'agency', agency: 'probation' },
    Bly: { role: 'agency', agency: 'housing' },
    Kim: { role: 'agency', agency: 'calworks' },
  },
  meetings: [ENGAGEMENT, TEAM_DECISION, FIRST_PLAN, REVIEW, TRANSITION],
}
