import type { ActionItem } from '../../shared/plan'
import type { DemoFamily, DemoMeeting, DemoPermission } from './DemoFamily'

/** Days, and from when to when; what takes no time has no end. */
const everyWeek = (
  days: string,
  starts: string,
  ends: string | null = null,
): Pick<ActionItem, 'repeats' | 'days' | 'starts' | 'ends'> => ({ repeats: 'weekly', days, starts, ends })

/** How Dana's aid stands is known to those who can put it right, and to nobody else. */
const BENEFITS: DemoPermission = {
  by: 'Dana',
  form: {
    about: null,
    sections: [
      { section: 'benefits', told: 'How my cash aid stands, and what would put it right.', discloser: 'calworks' },
    ],
    recipients: ['calworks', 'child-welfare', 'facilitator'],
    members: [],
    purpose: 'benefits',
    ownPurpose: '',
    until: '2028-02-29T17:00',
  },
  signature: 'Dana Alder',
  sitting: '616c64657200000000000302',
}

/** Asked in March and in June in the same words, so that it shows how it went. */
const HOW_SAFE = {
  question: 'How safe is Miles at home today?',
  zero: 'He cannot stay tonight',
  ten: 'Everyone would let their own child stay',
  item: null,
}

/** Miles stays, his aunt sleeps over; three times a week Dana would have to be in two places at once. */
const MARCH: DemoMeeting = {
  lead: 'Wren',
  kind: 'tdm',
  title: 'Where will Miles live?',
  question: 'Can Miles stay at home with Dana and be safe there?',
  facts: { why: 'removal', event: '2027-03-03' },
  startsAt: '2027-03-02T10:00:00-08:00',
  sealedAt: '2027-03-02T11:40:00-08:00',
  keptAs: 'Miles stays at home',
  people: ['Dana', 'Rosa', 'Quill', 'Marsh', 'Lund', 'Ortiz', 'Chen'],
  needs: [{ for: 'Dana', kind: 'child-care', words: 'Miles, who is 4', owner: 'Lund', seenTo: true }],
  contacts: [
    { by: 'Dana', phone: '555-0141', email: null, to: 'family' },
    { by: 'Ortiz', phone: '555-0148', email: null, to: 'everybody' },
  ],
  words: [
    {
      by: 'Wren',
      purpose: 'To decide together whether Miles, who is four, can stay at home, and who does what for that.',
    },
    {
      by: 'Rosa',
      strengths: {
        alderbedtime0000: {
          words: 'Dana kept Miles’s bedtime when the power was out.',
          who: 'Dana',
          day: '2027-03-02',
        },
      },
    },
    {
      by: 'Dana',
      worries: {
        alderunlit000000: { words: 'Our flat has no light.' },
        aldermoney000000: { words: 'The money does not last to the end of the month.' },
        alderlowmood0000: { words: 'I feel very low, and nobody has helped me with it yet.' },
      },
    },
    {
      by: 'Dana',
      answers: {
        ...{ 'cash-aid': 'yes', 'food-health': 'yes', housing: 'yes', 'child-support': 'no' },
        ...{ 'school-plan': 'not-sure', counseling: 'no', probation: 'no', tribe: 'no' },
      },
    },
    {
      by: 'Wren',
      goals: {
        alderhome0000000: { words: 'A safe home with lights that work' },
        aldermood0000000: { words: 'Steady mood, so mornings go well' },
      },
    },
    {
      by: 'Dana',
      actions: {
        alderhome0000001: {
          goal: 'alderhome0000000',
          who: 'Dana',
          words: 'Call the power company and ask for the payment plan.',
          due: '2027-03-05',
        },
        aldermood0000001: {
          goal: 'aldermood0000000',
          who: 'Dana',
          words: 'Go to therapy. The bus to preschool takes 45 minutes.',
          where: 'Counseling center',
          ...everyWeek('th', '14:00', '15:00'),
          travel: 45,
        },
        alderpickup00000: {
          goal: 'aldermood0000000',
          who: 'Dana',
          words: 'Pick Miles up.',
          where: 'Preschool',
          ...everyWeek('tu we th', '15:30'),
        },
      },
      steps: {
        alderstepbill000: { action: 'alderhome0000001', words: 'Find the last bill.' },
        alderstepcall000: { action: 'alderhome0000001', words: 'Call with Rosa beside me.' },
      },
    },
    {
      by: 'Rosa',
      actions: {
        alderhome0000002: { goal: 'alderhome0000000', who: 'Rosa', words: 'Rosa sleeps over on school nights.' },
      },
    },
    {
      by: 'Quill',
      actions: {
        alderhome0000003: {
          goal: 'alderhome0000000',
          who: 'Quill',
          words: 'Bring a bed for Rosa.',
          due: '2027-03-03',
        },
        alderparentclass: {
          goal: 'alderhome0000000',
          who: 'Quill',
          words: 'Parenting class.',
          where: 'Family center',
          ...everyWeek('tu', '10:00', '12:00'),
          attends: 'Dana',
        },
        aldermood0000002: { goal: 'aldermood0000000', who: 'Quill', words: 'Bring bus passes.', due: '2027-03-04' },
      },
    },
    {
      by: 'Marsh',
      actions: {
        alderhome0000004: {
          goal: 'alderhome0000000',
          who: 'Marsh',
          words: 'See to it that Dana’s full aid is paid again.',
          due: '2027-03-09',
        },
        alderjobclub0000: {
          goal: 'alderhome0000000',
          who: 'Marsh',
          words: 'Job club.',
          where: 'Job center',
          ...everyWeek('tu we th', '09:00', '11:30'),
          attends: 'Dana',
        },
      },
    },
    { by: 'Dana', signs: BENEFITS },
    {
      by: 'Dana',
      under: BENEFITS,
      programs: {
        aldercashaid0000: {
          program: 'cash-aid',
          who: 'Dana',
          status: 'sanctioned 2027-02-01',
          words: 'I missed a meeting at the job center, because the power was out and nobody could watch Miles.',
          said: 'A letter from CalWORKs, 28 January',
          stops: 'A part of the money. No bus card until this is lifted.',
          fixedBy: 'calworks',
          action: 'alderhome0000004',
          hours: 20,
          next: 'report 2027-03-05',
        },
      },
      worries: {
        alderonce0000000: { words: 'Nobody watches Miles when the class is late.', concerns: 'child-welfare calworks' },
      },
    },
    {
      by: 'Ortiz',
      actions: {
        alderhome0000005: {
          goal: 'alderhome0000000',
          who: 'Ortiz',
          words: 'Finish the voucher papers with Dana.',
          due: '2027-03-12',
        },
        alderviewing0000: {
          goal: 'alderhome0000000',
          who: 'Ortiz',
          words: 'Viewing of a flat.',
          where: 'Housing office',
          ...everyWeek('we', '11:00', '12:00'),
          attends: 'Dana',
        },
      },
    },
    {
      by: 'Chen',
      actions: {
        aldermood0000003: {
          goal: 'aldermood0000000',
          who: 'Chen',
          words: 'Meet Dana for a first visit.',
          due: '2027-03-11',
        },
      },
    },
    {
      by: 'Lund',
      actions: {
        aldermood0000004: {
          goal: 'aldermood0000000',
          who: 'Lund',
          words: 'Check Miles’s speech at preschool.',
          due: '2027-03-08',
        },
      },
    },
    {
      by: 'Dana',
      worries: {
        aldertwoplaces00: {
          words: 'All of this takes 11½ hours of my week, and three times I would have to be in two places at once.',
        },
      },
    },
    {
      by: 'Wren',
      decision: 'Miles stays at home with Dana, and Rosa sleeps over on school nights until we meet again.',
      agreements: {
        alderstay0000000: {
          words:
            'Miles stays at home with Dana, his mother. His aunt Rosa sleeps over on school nights until we meet again.',
        },
        alderscale000000: { words: 'How safe it feels, from 0 to 10: on 2 March we said 6, 7 and 4.' },
      },
    },
    {
      by: 'Quill',
      disagreements: {
        alderlength00000: {
          agreement: 'alderstay0000000',
          who: 'Quill',
          words:
            'I want Miles to stay, too. I cannot agree on how long Rosa sleeps over: until we meet again is too short for me.',
        },
      },
    },
  ],
  scale: {
    ...HOW_SAFE,
    said: [
      { by: 'Dana', score: 6, higher: 'Light in our flat, and somebody who calls me back.' },
      { by: 'Rosa', score: 7, higher: 'A bed for me, so that I sleep well when I am there.' },
      { by: 'Quill', score: 4, higher: 'That Rosa sleeps over for longer.' },
    ],
  },
  decision: {
    said: [
      { by: 'Dana', stance: 'support' },
      { by: 'Rosa', stance: 'support', reason: 'I am there at night. Dana can sleep.' },
      {
        by: 'Quill',
        stance: 'cannot',
        reason:
          'I want Miles to stay, too. I cannot agree on how long Rosa sleeps over: until we meet again is too short for me.',
      },
      { by: 'Marsh', stance: 'support' },
      { by: 'Lund', stance: 'support' },
      { by: 'Ortiz', stance: 'can-live', reason: 'A brighter flat would be better still.' },
      { by: 'Chen', stance: 'support' },
    ],
    settled: {
      by: 'Quill',
      words: 'Miles stays with Dana, and Rosa sleeps over. On 13 April we look together at how long.',
    },
  },
}

/** Three times change, so that nothing is at the same time; what was promised for March is done; one strength more. */
const APRIL: DemoMeeting = {
  lead: 'Wren',
  kind: 'tdm',
  title: 'What was done, and what has to change?',
  question: 'How can Dana do all of this without being in two places at once?',
  startsAt: '2027-04-13T13:00:00-07:00',
  sealedAt: '2027-04-13T14:10:00-07:00',
  keptAs: 'Never in two places at once',
  people: ['Dana', 'Rosa', 'Quill', 'Marsh', 'Lund', 'Ortiz', 'Chen'],
  words: [
    { by: 'Wren', purpose: 'To look at what we promised in March, and to change what does not fit together.' },
    {
      by: 'Marsh',
      strengths: {
        alderpunctual000: { words: 'Six weeks on time for every class.', who: 'Dana', day: '2027-04-13' },
      },
    },
    {
      by: 'Dana',
      actions: { alderhome0000001: { state: 'done', closedOn: '2027-03-04' } },
      steps: {
        alderstepbill000: { state: 'done', closedOn: '2027-03-03' },
        alderstepcall000: { state: 'done', closedOn: '2027-03-04' },
      },
    },
    {
      by: 'Quill',
      actions: {
        alderhome0000003: { state: 'done', closedOn: '2027-03-03' },
        aldermood0000002: { state: 'done', closedOn: '2027-03-04' },
      },
    },
    { by: 'Lund', actions: { aldermood0000004: { state: 'done', closedOn: '2027-03-08' } } },
    { by: 'Chen', actions: { aldermood0000003: { state: 'done', closedOn: '2027-03-11' } } },
    {
      by: 'Ortiz',
      actions: {
        alderhome0000005: { state: 'done', closedOn: '2027-03-12' },
        alderviewing0000: {
          starts: '13:00',
          ends: '14:00',
        },
      },
    },
    {
      by: 'Quill',
      actions: {
        alderparentclass: {
          words: 'Parenting class. It counts as job club.',
          counts: 'calworks',
        },
      },
    },
    {
      by: 'Marsh',
      actions: {
        alderhome0000004: { state: 'done', closedOn: '2027-04-13' },
        alderjobclub0000: {
          words: 'Job club. On Tuesdays the class counts.',
          days: 'we th',
        },
      },
    },
    {
      by: 'Marsh',
      under: BENEFITS,
      programs: {
        aldercashaid0000: {
          status: 'active 2027-04-13',
          said: 'Marsh, at our meeting on 13 April',
          stops: '',
          fix: 'The cut is lifted: what Dana does for Miles was a good reason.',
          next: 'report 2027-07-05',
        },
      },
    },
    {
      by: 'Dana',
      worries: {
        aldermoney000000: { state: 'done', closedOn: '2027-04-13' },
        aldertwoplaces00: { state: 'done', closedOn: '2027-04-13' },
      },
      actions: {
        aldermood0000001: {
          starts: '13:30',
          ends: '14:30',
        },
      },
    },
    {
      by: 'Wren',
      agreements: {
        alderload0000000: { words: 'Nothing is at the same time any more. All of it takes 9 hours of Dana’s week.' },
      },
    },
  ],
}

/**
 * Open now: Dana has the keys, and it feels safer. Whoever tries OurPlan comes in as Dana or Rosa; so they are not
 * there yet, and Wren writes down what is known.
 */
const JUNE: DemoMeeting = {
  lead: 'Wren',
  kind: 'tdm',
  title: 'Moving into the new home',
  question: 'What do Dana and Miles need to feel at home?',
  facts: { why: 'placement-change', event: '2027-06-12' },
  startsAt: '2027-06-10T16:00:00-07:00',
  sealedAt: null,
  keptAs: 'Before the meeting',
  people: ['Quill', 'Marsh'],
  needs: [
    { for: 'Dana', kind: 'child-care', words: 'Miles, who is 4, from 15:30 on' },
    { for: 'Rosa', kind: 'ride', words: 'From her work', owner: 'Quill' },
  ],
  contacts: [
    { by: 'Quill', phone: '555-0146', email: 'quill@demo.ourplan', to: 'everybody' },
    { by: 'Marsh', phone: '555-0147', email: null, to: 'everybody' },
  ],
  invites: [
    {
      name: 'Dana',
      role: 'family',
      agency: null,
      language: 'en',
      channel: 'text',
      address: '555-0141',
      passedOn: true,
    },
    { name: 'Rosa', role: 'family', agency: null, language: 'es', channel: 'paper', address: '' },
    {
      name: 'Adeyemi',
      role: 'agency',
      agency: 'school',
      language: 'en',
      channel: 'email',
      address: 'adeyemi@demo.ourplan',
    },
  ],
  words: [
    {
      by: 'Wren',
      purpose: 'Dana has the keys. We look at what helps now, and at what is still open.',
      strengths: {
        alderlease000000: { words: 'Dana negotiated the lease herself.', who: 'Dana', day: '2027-06-10' },
      },
      worries: { alderunlit000000: { state: 'done', closedOn: '2027-06-10' } },
      actions: {
        alderviewing0000: { state: 'done' },
        alderkeys0000000: {
          goal: 'alderhome0000000',
          who: 'Ortiz',
          words: 'Hand Dana the keys.',
          state: 'done',
          closedOn: '2027-06-10',
        },
      },
      agreements: {
        alderscale000000: {
          words: 'How safe it feels, from 0 to 10: on 2 March we said 6, 7 and 4. On 10 June we said 8, 8 and 7.',
        },
      },
    },
  ],
  scale: {
    ...HOW_SAFE,
    said: [
      { by: 'Dana', score: 8 },
      { by: 'Rosa', score: 8 },
      { by: 'Quill', score: 7, higher: 'That the new school day has its times.' },
    ],
  },
}

/** A mother, her boy of four and his aunt; may he stay at home while the lights are off? */
export const ALDER: DemoFamily = {
  name: 'Miles’s family',
  language: 'en',
  people: {
    Dana: { role: 'family' },
    Rosa: { role: 'family' },
    Quill: { role: 'agency', agency: 'child-welfare' },
    Marsh: { role: 'agency', agency: 'calworks' },
    Lund: { role: 'agency', agency: 'school' },
    Ortiz: { role: 'agency', agency: 'housing' },
    Chen: { role: 'agency', agency: 'mental-health' },
  },
  meetings: [MARCH, APRIL, JUNE],
}
