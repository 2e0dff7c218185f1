import type { DemoMeeting } from './DemoMeeting'

/** A mother, her boy of four and his aunt; may he stay at home while the lights are off? */
export const ALDER: DemoMeeting = {
  family: { name: 'Miles’s family', language: 'en' },
  lead: 'wren@demo.ourplan',
  agencyPeople: ['quill@demo.ourplan', 'marsh@demo.ourplan'],
  meeting: {
    kind: 'tdm',
    title: 'Can Miles stay at home?',
    startsAt: '2027-03-02T18:00:00Z',
    timeZone: 'America/Los_Angeles',
    question: 'Can Miles stay at home with Dana and be safe there?',
  },
  goals: [
    {
      id: 'alderhome0000000',
      words: 'A safe home with lights that work',
      actions: [
        {
          id: 'alderhome0000001',
          column: 'family',
          who: 'Dana',
          due: '2027-03-05',
          words: 'Call the power company and ask for the payment plan.',
        },
        {
          id: 'alderhome0000002',
          column: 'family',
          who: 'Rosa',
          due: '2027-03-03',
          words: 'Rosa sleeps over on school nights.',
        },
        {
          id: 'alderhome0000003',
          column: 'child-welfare',
          who: 'Quill',
          due: '2027-03-03',
          words: 'Bring a bed for Rosa.',
        },
        {
          id: 'alderhome0000004',
          column: 'calworks',
          who: 'Marsh',
          due: '2027-03-09',
          words: 'Lift the sanction, so that the full aid is paid again.',
        },
        {
          id: 'alderhome0000005',
          column: 'housing',
          who: 'Ortiz',
          due: '2027-03-12',
          words: 'Finish the voucher papers with Dana.',
        },
      ],
    },
    {
      id: 'aldermood0000000',
      words: 'Steady mood, so mornings go well',
      actions: [
        { id: 'aldermood0000001', column: 'family', who: 'Dana', due: null, words: 'Go to therapy on Thursdays.' },
        {
          id: 'aldermood0000002',
          column: 'child-welfare',
          who: 'Quill',
          due: '2027-03-04',
          words: 'Bring bus passes.',
        },
        {
          id: 'aldermood0000003',
          column: 'mental-health',
          who: 'Chen',
          due: '2027-03-11',
          words: 'Meet Dana for a first visit.',
        },
        {
          id: 'aldermood0000004',
          column: 'school',
          who: 'Lund',
          due: '2027-03-08',
          words: 'Check Miles’s speech at preschool.',
        },
      ],
    },
  ],
  checkpoint: 'Before the meeting',
}
