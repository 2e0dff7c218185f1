import type { DemoFamily, DemoMeeting, DemoPermission } from './DemoFamily'

const EVERYBODY = [
  'Elena',
  'Tomás',
  'Mateo',
  'Sofía',
  'Pilar',
  'Vega',
  'Birch',
  'Adeyemi',
  'Park',
  'Stone',
  'Reyes',
] as const

/** The therapist may tell the school whether Mateo came, and nobody anything else. */
const ATTENDANCE: DemoPermission = {
  by: 'Elena',
  form: {
    about: { name: 'Mateo', as: 'parent' },
    sections: [{ section: 'health', told: 'Solo si Mateo vino a sus citas. Nada más.', discloser: 'mental-health' }],
    recipients: ['school'],
    members: [],
    purpose: 'schooling',
    ownPurpose: '',
    until: '2027-12-17T17:00',
  },
  signature: 'Elena Luna',
  sitting: '6c756e610000000000000304',
}

/** What Elena does with the therapist is between the two of them: the school and probation read none of it. */
const SESSIONS: DemoPermission = {
  by: 'Elena',
  form: {
    about: null,
    sections: [{ section: 'health', told: 'Cuándo y dónde son las sesiones de la familia.', discloser: null }],
    recipients: ['mental-health'],
    members: [],
    purpose: 'treatment',
    ownPurpose: '',
    until: '2028-03-01T17:00',
  },
  signature: 'Elena Luna',
  sitting: '6c756e610000000000000305',
}

/** What Pilar gets for raising Mateo is between her and those who see to it. */
const AID: DemoPermission = {
  by: 'Pilar',
  form: {
    about: null,
    sections: [{ section: 'benefits', told: 'La ayuda por cuidar a Mateo.', discloser: null }],
    recipients: ['calworks', 'child-welfare'],
    members: [],
    purpose: 'benefits',
    ownPurpose: '',
    until: '2028-03-01T17:00',
  },
  signature: 'Pilar Morales',
  sitting: '6c756e610000000000000306',
}

/** Mateo lives with his grandmother; his father cannot agree, and says so. */
const MARCH: DemoMeeting = {
  lead: 'Ames',
  kind: 'tdm',
  title: 'Where will Mateo live?',
  question: 'Where can Mateo live, be safe and go to school?',
  facts: { why: 'placement-change', event: '2027-03-05' },
  startsAt: '2027-03-04T16:00:00-08:00',
  sealedAt: '2027-03-04T17:30:00-08:00',
  keptAs: 'Mateo lives with Pilar',
  people: EVERYBODY,
  needs: [
    { for: 'Elena', kind: 'interpreter', words: 'Español (México)', owner: 'Vega', seenTo: true },
    { for: 'Pilar', kind: 'ride', words: 'Desde mi casa, a las 15:30', owner: 'Birch', seenTo: true },
  ],
  words: [
    {
      by: 'Ames',
      purpose: 'To decide together where Mateo, who is 15, lives: with his grandmother Pilar, or in group care.',
    },
    {
      by: 'Sofía',
      strengths: { lunabicycles0000: { words: 'Mateo arregla bicicletas.', who: 'Mateo', day: '2027-03-04' } },
    },
    {
      by: 'Elena',
      strengths: {
        lunameals0000000: { words: 'Las comidas de Pilar nos juntan a todos.', who: 'Pilar', day: '2027-03-04' },
      },
      worries: { lunafights000000: { words: 'Nos preocupan los pleitos.' } },
    },
    {
      by: 'Adeyemi',
      worries: { lunatruancy00000: { words: 'Mateo misses many days of school. He was there on 62 of 100 days.' } },
    },
    {
      by: 'Ames',
      goals: {
        lunaschool000000: { words: 'Mateo is at school every day' },
        lunacalm00000000: { words: 'Talks at home stay calm' },
      },
    },
    {
      by: 'Pilar',
      actions: {
        lunabreakfast000: {
          goal: 'lunaschool000000',
          who: 'Pilar',
          words: 'Desayuno a las 7:15.',
          repeats: 'weekly',
          days: 'mo tu we th fr',
          starts: '07:15',
        },
      },
    },
    {
      by: 'Tomás',
      actions: {
        lunawalk00000000: { goal: 'lunacalm00000000', who: 'Tomás', words: 'Salgo a caminar antes de contestar.' },
      },
    },
    {
      by: 'Birch',
      actions: {
        lunakinaid000000: {
          goal: 'lunaschool000000',
          who: 'Birch',
          words: 'Hand in the form for kin aid.',
          due: '2027-03-08',
        },
        lunavisits000000: {
          goal: 'lunacalm00000000',
          who: 'Birch',
          words: 'Visits on Sundays.',
          where: 'Pilar’s home',
        },
      },
    },
    {
      by: 'Adeyemi',
      actions: {
        lunaschedule0000: {
          goal: 'lunaschool000000',
          who: 'Adeyemi',
          words: 'Make a new schedule with Mateo.',
          where: 'Lincoln High, room 12',
          due: '2027-03-10',
        },
      },
    },
    {
      by: 'Stone',
      actions: {
        lunatexts0000000: { goal: 'lunaschool000000', who: 'Stone', words: 'Text Mateo on Fridays after school.' },
      },
    },
    {
      by: 'Reyes',
      actions: {
        lunarelative0000: {
          goal: 'lunaschool000000',
          who: 'Reyes',
          words: 'Start relative aid for Pilar.',
          due: '2027-03-12',
        },
      },
    },
    { by: 'Elena', takesCare: 'Pilar' },
    { by: 'Pilar', signs: AID },
    {
      by: 'Pilar',
      under: AID,
      programs: {
        lunaaid000000000: {
          program: 'relative-aid',
          who: 'Pilar',
          status: 'waiting 2027-03-04',
          words: 'Mateo vive conmigo y come mucho.',
          said: 'Birch y Reyes, en la reunión',
          fixedBy: 'calworks',
          action: 'lunarelative0000',
          next: 'appointment 2027-03-12',
        },
      },
    },
    { by: 'Elena', signs: SESSIONS },
    {
      by: 'Park',
      under: SESSIONS,
      goals: { lunatherapy00000: { words: 'We talk with each other without a fight' } },
      actions: {
        lunasession00000: {
          goal: 'lunatherapy00000',
          who: 'Park',
          words: 'Sit down with the whole family for a session.',
          where: 'Elm Street Clinic',
          due: '2027-03-18',
        },
      },
    },
    {
      by: 'Ames',
      decision: 'Mateo lives with Pilar and not in group care.',
      agreements: {
        lunainterpret000: { words: 'Vega interprets, in Mexican Spanish. Sofía is 12 and never has to.' },
        lunapilar0000000: { words: 'Mateo lives with Pilar and not in group care.' },
        lunaconsent00000: { words: 'Elena says: the therapist may tell the school about attendance, nothing else.' },
        lunaprobation000: { words: 'Elena says no to this: the therapist tells probation nothing.' },
      },
    },
    { by: 'Elena', signs: ATTENDANCE },
    {
      by: 'Park',
      under: ATTENDANCE,
      strengths: { lunacame00000000: { words: 'Mateo came to two of three visits.', who: 'Mateo', day: '2027-03-04' } },
    },
    {
      by: 'Tomás',
      disagreements: {
        lunatomas0000000: {
          agreement: 'lunapilar0000000',
          who: 'Tomás',
          words: 'No estoy de acuerdo. Quiero que Mateo viva con nosotros.',
        },
      },
    },
    { by: 'Mateo', safety: { lunaporch0000000: { part: 'helps', words: 'Voy al porche de Pilar.' } } },
    {
      by: 'Park',
      safety: {
        lunacallpark0000: { part: 'calls', words: 'Call Park, 555-0142.' },
        luna988000000000: { part: 'calls', words: 'Call or text 988, any hour.' },
      },
    },
    {
      by: 'Vega',
      decisionOther: 'Mateo vive con Pilar y no en un hogar grupal.',
      questionOther: '¿Dónde puede vivir Mateo, estar a salvo e ir a la escuela?',
      purposeOther:
        'Para decidir juntos dónde vive Mateo, que tiene 15 años: con su abuela Pilar, o en un hogar grupal.',
      strengths: {
        lunabicycles0000: { other: 'Mateo fixes bicycles.' },
        lunameals0000000: { other: 'Pilar’s meals bring all of us together.' },
      },
      worries: {
        lunafights000000: { other: 'The fights worry us.' },
        lunatruancy00000: { other: 'Mateo falta muchos días a la escuela. De 100 días vino 62.' },
      },
      goals: {
        lunaschool000000: { other: 'Mateo va a la escuela todos los días' },
        lunacalm00000000: { other: 'En casa se platica con calma' },
      },
      actions: {
        lunabreakfast000: { other: 'Breakfast at 7:15.' },
        lunawalk00000000: { other: 'I go for a walk before I answer.' },
        lunakinaid000000: { other: 'Entregar el formulario de la ayuda para familiares.' },
        lunavisits000000: { other: 'Visitas los domingos.' },
        lunaschedule0000: { other: 'Hacer un horario nuevo con Mateo.' },
        lunatexts0000000: { other: 'Mandarle un mensaje a Mateo los viernes después de la escuela.' },
        lunarelative0000: { other: 'Empezar la ayuda para Pilar como familiar.' },
      },
      agreements: {
        lunainterpret000: {
          other: 'Vega interpreta, en español de México. Sofía tiene 12 años y nunca tiene que hacerlo.',
        },
        lunapilar0000000: { other: 'Mateo vive con Pilar y no en un hogar grupal.' },
        lunaconsent00000: {
          other: 'Elena dice: la terapeuta puede avisarle a la escuela si Mateo vino, y nada más.',
        },
        lunaprobation000: { other: 'Elena dice que no a esto: la terapeuta no le avisa nada a probatoria.' },
      },
      disagreements: { lunatomas0000000: { other: 'I do not agree. I want Mateo to live with us.' } },
      safety: {
        lunaporch0000000: { other: 'I go to Pilar’s porch.' },
        lunacallpark0000: { other: 'Llamar a Park, 555-0142.' },
        luna988000000000: { other: 'Llamar al 988 o mandar un mensaje, a cualquier hora.' },
      },
    },
  ],
  decision: {
    said: [
      { by: 'Elena', stance: 'support' },
      { by: 'Tomás', stance: 'cannot', reason: 'No estoy de acuerdo. Quiero que Mateo viva con nosotros.' },
      { by: 'Mateo', stance: 'support', reason: 'Con mi abuela estoy tranquilo.' },
      { by: 'Sofía', stance: 'can-live', reason: 'Quiero verlo los domingos.' },
      { by: 'Pilar', stance: 'support' },
      { by: 'Birch', stance: 'support' },
      { by: 'Adeyemi', stance: 'support' },
      { by: 'Park', stance: 'support' },
      { by: 'Stone', stance: 'support' },
      { by: 'Reyes', stance: 'support' },
    ],
    settled: { by: 'Birch', words: 'Mateo lives with Pilar. We look at it together again in April.' },
  },
}

/** Mateo is at school more often, gets a bus card the same day, and what was promised for March is done. */
const APRIL: DemoMeeting = {
  lead: 'Ames',
  kind: 'tdm',
  title: 'How is school going?',
  question: 'What helped Mateo to get to school, and what is missing?',
  startsAt: '2027-04-01T16:00:00-07:00',
  sealedAt: '2027-04-01T17:10:00-07:00',
  keptAs: 'More days at school',
  people: EVERYBODY,
  words: [
    { by: 'Ames', purpose: 'To look at what we promised in March.' },
    {
      by: 'Adeyemi',
      strengths: {
        lunaattendance00: {
          words: 'Mateo was at school on 81 of 100 days. In March it was 62.',
          who: 'Mateo',
          day: '2027-04-01',
        },
      },
      actions: { lunaschedule0000: { state: 'done', closedOn: '2027-03-10' } },
    },
    {
      by: 'Birch',
      actions: {
        lunakinaid000000: { state: 'done', closedOn: '2027-03-08' },
        lunabuscard00000: {
          goal: 'lunaschool000000',
          who: 'Birch',
          words: 'Give Mateo a bus card today.',
          due: '2027-04-01',
          state: 'done',
          closedOn: '2027-04-01',
        },
      },
    },
    { by: 'Reyes', actions: { lunarelative0000: { state: 'done', closedOn: '2027-03-12' } } },
    {
      by: 'Reyes',
      under: AID,
      programs: { lunaaid000000000: { status: 'active 2027-03-12', next: 'renewal 2027-09-01' } },
    },
    {
      by: 'Vega',
      questionOther: '¿Qué ayudó a Mateo a llegar a la escuela, y qué falta?',
      purposeOther: 'Para ver lo que prometimos en marzo.',
      strengths: { lunaattendance00: { other: 'De 100 días, Mateo vino 81 a la escuela. En marzo fueron 62.' } },
      actions: { lunabuscard00000: { other: 'Darle hoy a Mateo una tarjeta para el camión.' } },
    },
    { by: 'Park', under: SESSIONS, actions: { lunasession00000: { state: 'done', closedOn: '2027-03-18' } } },
    {
      by: 'Park',
      under: ATTENDANCE,
      strengths: { lunacameall00000: { words: 'Mateo came to all four visits.', who: 'Mateo', day: '2027-04-01' } },
    },
  ],
}

/** Elena takes the school’s permission back, so that new versions do not show it; Mateo is home on weekends. */
const MAY: DemoMeeting = {
  lead: 'Ames',
  kind: 'tdm',
  title: 'Weekends at home',
  question: 'Can Mateo be at home on weekends?',
  startsAt: '2027-05-13T16:00:00-07:00',
  sealedAt: '2027-05-13T17:00:00-07:00',
  keptAs: 'Home on weekends',
  people: EVERYBODY,
  words: [
    { by: 'Elena', ends: ATTENDANCE },
    {
      by: 'Ames',
      purpose: 'To decide together about the weekends.',
      agreements: {
        lunapilar0000000: { words: 'Mateo lives with Pilar and not in group care. He is home on weekends.' },
        lunaconsent00000: { removed: true },
        lunatookback0000: {
          words: 'Elena took that permission back: the therapist tells the school nothing any more.',
        },
      },
    },
    {
      by: 'Vega',
      questionOther: '¿Puede Mateo estar en casa los fines de semana?',
      purposeOther: 'Para decidir juntos sobre los fines de semana.',
      agreements: {
        lunapilar0000000: {
          other: 'Mateo vive con Pilar y no en un hogar grupal. Los fines de semana está en su casa.',
        },
        lunatookback0000: {
          other: 'Elena retiró ese permiso: la terapeuta ya no le avisa nada a la escuela.',
        },
      },
    },
  ],
}

/**
 * Parents, a boy of fifteen, his sister and their grandmother, who speak Spanish: their own words stay in it, and the
 * interpreter writes each line in the other language beside it.
 */
export const LUNA_MORALES: DemoFamily = {
  name: 'La familia de Mateo',
  language: 'es',
  people: {
    Elena: { role: 'family' },
    Tomás: { role: 'family' },
    Mateo: { role: 'youth' },
    Sofía: { role: 'youth' },
    Pilar: { role: 'family' },
    Vega: { role: 'interpreter' },
    Birch: { role: 'agency', agency: 'child-welfare' },
    Adeyemi: { role: 'agency', agency: 'school' },
    Park: { role: 'agency', agency: 'mental-health' },
    Stone: { role: 'agency', agency: 'probation' },
    Reyes: { role: 'agency', agency: 'calworks' },
  },
  meetings: [MARCH, APRIL, MAY],
}
