import * as z from 'zod/mini'
import { ChapterName } from './chapters'
import { Agency, type BothLanguages } from './meeting'
import { WALLS } from './running'

/** One sentence, or one name, in both languages. */
const said = (max: number) => {
  const words = z
    .string()
    .check(z.trim(), z.minLength(1, 'is empty'), z.maxLength(max, `is longer than ${max} letters`))
  return z.strictObject({ en: words, es: words })
}

const KindId = z.string().check(z.regex(/^[a-z][a-z0-9-]{1,39}$/, 'must be small letters, digits and dashes'))
const MINUTES = 'must be a whole number of minutes from 1 to 240'

/** One part of a meeting, in its order. */
export const Stage = z.strictObject({
  id: KindId,
  /** As the facilitator’s list names it: "Decision". */
  name: said(40),
  /** As phones say it after "Now:": "deciding together". */
  now: said(60),
  minutes: z.int(MINUTES).check(z.gte(1, MINUTES), z.lte(240, MINUTES)),
  /** The chapters of the plan it is about, the first of them first. */
  about: z.array(ChapterName).check(z.minLength(1, 'names no chapter of the plan')),
  wall: z.enum(WALLS),
  types: z.enum(['everybody', 'recorder', 'facilitator', 'family']),
  /** Cards for whoever leads: what the family is asked before anybody else speaks. */
  asks: z.array(said(200)).check(z.maxLength(6, 'has more than 6 questions')),
  /** The family is by itself in it: private family time belongs here. */
  alone: z.optional(z.literal(true)),
})
export type Stage = z.infer<typeof Stage>

/** A kind of meeting: how it goes, what is asked, and what holds for everybody in the room. */
export const MeetingKindWords = z.strictObject({
  id: KindId,
  name: said(60),
  rules: z.array(said(160)).check(z.maxLength(8, 'has more than 8 ground rules')),
  /** Agencies without which such a meeting decides little. */
  seats: z.optional(z.array(Agency)),
  stages: z.array(Stage).check(z.minLength(1, 'has no stages'), z.maxLength(12, 'has more than 12 stages')),
})
export type MeetingKindWords = z.infer<typeof MeetingKindWords>

const both = (en: string, es: string): BothLanguages => ({ en, es })

const TAKE_TURNS = both('One person talks at a time.', 'Habla una persona a la vez.')
const NO_BLAME = both('We say what happened. We blame nobody.', 'Decimos qué pasó. No culpamos a nadie.')
const FAMILY_FIRST = both('The family speaks first.', 'La familia habla primero.')
const STAYS_HERE = both(
  'What is said here stays here. Only if a child is not safe must we tell.',
  'Lo que se dice aquí se queda aquí. Solo si un niño no está a salvo debemos avisar.',
)
const AGENCY_DECIDES = both(
  'We look for what everybody can support. If we cannot agree, the agency decides, and who did not agree is written down.',
  'Buscamos lo que todos puedan apoyar. Si no hay acuerdo, decide la agencia, y se anota quién no estuvo de acuerdo.',
)
const RULES = [FAMILY_FIRST, TAKE_TURNS, NO_BLAME, STAYS_HERE]

const WELCOME: Stage = {
  id: 'introduction',
  name: both('Introduction', 'Presentación'),
  now: both('getting to know each other', 'conociéndonos'),
  minutes: 10,
  about: ['purpose'],
  wall: 'rules',
  types: 'everybody',
  asks: [
    both('What name would you like us to use?', '¿Qué nombre quiere que usemos?'),
    both('What would make this meeting a good one for you?', '¿Qué haría que esta reunión fuera buena para usted?'),
  ],
}

const RECAP: Stage = {
  id: 'recap',
  name: both('Recap', 'Repaso'),
  now: both('reading back what we agreed', 'repasando lo que acordamos'),
  minutes: 10,
  about: ['goals', 'agreements'],
  wall: 'chapters',
  types: 'everybody',
  asks: [
    both('Is this what you said, in your words?', '¿Es esto lo que usted dijo, con sus palabras?'),
    both('Is there a step you are not sure you can do?', '¿Hay algún paso que no está seguro de poder hacer?'),
  ],
}

const STRENGTHS_ASKED = both(
  'What is going well at home? What are you proud of?',
  '¿Qué va bien en casa? ¿De qué está orgulloso?',
)
const SIX_MONTHS = both(
  'Six months on, and things are fine. What happened?',
  'Pasaron seis meses y todo está bien. ¿Qué pasó?',
)
const WHO_HELPED = both('Who helped you before, and would again?', '¿Quién le ayudó antes y volvería a hacerlo?')

const TDM: MeetingKindWords = {
  id: 'tdm',
  name: both('Team Decision Making', 'Decisión en equipo (TDM)'),
  rules: [...RULES, AGENCY_DECIDES],
  seats: ['child-welfare', 'calworks'],
  stages: [
    WELCOME,
    {
      id: 'situation',
      name: both('Situation', 'Situación'),
      now: both('hearing what happened', 'escuchando qué pasó'),
      minutes: 10,
      about: ['purpose'],
      wall: 'question',
      types: 'recorder',
      asks: [
        both('Please tell us in your own words: what happened?', 'Cuéntenos con sus palabras: ¿qué pasó?'),
        both('What do you most want us to understand?', '¿Qué es lo que más quiere que entendamos?'),
      ],
    },
    {
      id: 'assessment',
      name: both('Assessment', 'Valoración'),
      now: both('what goes well, what worries us', 'qué va bien, qué nos preocupa'),
      minutes: 30,
      about: ['strengths', 'worries'],
      wall: 'chapters',
      types: 'everybody',
      asks: [
        STRENGTHS_ASKED,
        both('What worries you most? What helps when it happens?', '¿Qué le preocupa más? ¿Qué ayuda cuando pasa?'),
      ],
    },
    {
      id: 'ideas',
      name: both('Ideas', 'Ideas'),
      now: both('collecting ideas', 'juntando ideas'),
      minutes: 25,
      about: ['ideas'],
      wall: 'chapters',
      types: 'everybody',
      asks: [SIX_MONTHS, WHO_HELPED],
    },
    {
      id: 'decision',
      name: both('Decision', 'Decisión'),
      now: both('deciding together', 'decidiendo juntos'),
      minutes: 15,
      about: ['goals', 'agreements'],
      wall: 'chapters',
      types: 'facilitator',
      asks: [
        both('Can you live with this? What would you change?', '¿Puede vivir con esto? ¿Qué cambiaría?'),
        both('Which step is yours, and is the day right for you?', '¿Qué paso es suyo? ¿Le queda bien el día?'),
      ],
    },
    RECAP,
  ],
}

const WRAPAROUND: MeetingKindWords = {
  id: 'wraparound',
  name: both('Wraparound', 'Wraparound'),
  rules: [
    ...RULES,
    both('A need is never the name of a service.', 'Una necesidad nunca es el nombre de un servicio.'),
    both('The family chooses who is on the team.', 'La familia elige quién está en el equipo.'),
  ],
  seats: ['child-welfare', 'mental-health'],
  stages: [
    WELCOME,
    {
      id: 'engagement',
      name: both('Phase 1: Engagement', 'Fase 1: Conocernos'),
      now: both('what matters to the family', 'qué le importa a la familia'),
      minutes: 20,
      about: ['purpose', 'strengths'],
      wall: 'chapters',
      types: 'family',
      asks: [
        both('What would a good life look like for your family?', '¿Cómo sería una buena vida para su familia?'),
        STRENGTHS_ASKED,
        both('Who do you call when things get hard?', '¿A quién llama cuando las cosas se ponen difíciles?'),
      ],
    },
    {
      id: 'first-plan',
      name: both('Phase 2: First plan', 'Fase 2: Primer plan'),
      now: both('what we need', 'qué necesitamos'),
      minutes: 20,
      about: ['worries', 'ideas'],
      wall: 'chapters',
      types: 'everybody',
      asks: [
        both(
          'What do you need to know or feel for this to get better?',
          '¿Qué necesita saber o sentir para que esto mejore?',
        ),
        SIX_MONTHS,
      ],
    },
    {
      id: 'plan-of-care',
      name: both('Plan of care', 'Plan de cuidado'),
      now: both('who does what', 'quién hace qué'),
      minutes: 30,
      about: ['goals'],
      wall: 'chapters',
      types: 'everybody',
      asks: [
        both('Which of these helps most? What comes first?', '¿Cuál de estas cosas ayuda más? ¿Qué va primero?'),
        WHO_HELPED,
      ],
    },
    {
      id: 'crisis-plan',
      name: both('Crisis plan', 'Plan para una crisis'),
      now: both('what to do on a hard day', 'qué hacer en un día difícil'),
      minutes: 15,
      about: ['safety'],
      wall: 'chapters',
      types: 'everybody',
      asks: [
        both('How can you tell that a hard day is coming?', '¿Cómo nota que viene un día difícil?'),
        both('What helped the last time?', '¿Qué ayudó la última vez?'),
      ],
    },
    {
      id: 'implementation',
      name: both('Phase 3: Doing it', 'Fase 3: Hacerlo'),
      now: both('what was done, what changes', 'qué se hizo, qué cambia'),
      minutes: 15,
      about: ['goals'],
      wall: 'chapters',
      types: 'recorder',
      asks: [
        both('What is better than last time? How did you do it?', '¿Qué está mejor que la última vez? ¿Cómo lo logró?'),
        both('What should we stop doing?', '¿Qué deberíamos dejar de hacer?'),
      ],
    },
    {
      id: 'transition',
      name: both('Phase 4: Going on', 'Fase 4: Seguir adelante'),
      now: both('who stays with the family', 'quién sigue con la familia'),
      minutes: 10,
      about: ['agreements', 'goals'],
      wall: 'chapters',
      types: 'everybody',
      asks: [
        both('When we are gone, who will you call?', 'Cuando nosotros ya no estemos, ¿a quién llamará?'),
        both('What do you want to celebrate today?', '¿Qué quiere celebrar hoy?'),
      ],
    },
  ],
}

const CFT: MeetingKindWords = {
  id: 'cft',
  name: both('Child and Family Team', 'Equipo del niño y la familia (CFT)'),
  rules: [...RULES, AGENCY_DECIDES],
  seats: ['child-welfare'],
  stages: [
    WELCOME,
    {
      id: 'strengths',
      name: both('Strengths', 'Fortalezas'),
      now: both('what goes well', 'qué va bien'),
      minutes: 15,
      about: ['strengths'],
      wall: 'chapters',
      types: 'everybody',
      asks: [STRENGTHS_ASKED, both('What does your child love to do?', '¿Qué le encanta hacer a su hijo o hija?')],
    },
    {
      id: 'needs',
      name: both('Needs', 'Necesidades'),
      now: both('what we need', 'qué necesitamos'),
      minutes: 20,
      about: ['worries'],
      wall: 'chapters',
      types: 'everybody',
      asks: [both('What does your child need most now?', '¿Qué necesita más ahora su hijo o hija?')],
    },
    {
      id: 'ideas',
      name: both('Ideas', 'Ideas'),
      now: both('collecting ideas', 'juntando ideas'),
      minutes: 20,
      about: ['ideas'],
      wall: 'chapters',
      types: 'everybody',
      asks: [SIX_MONTHS, WHO_HELPED],
    },
    {
      id: 'plan',
      name: both('Plan', 'Plan'),
      now: both('who does what', 'quién hace qué'),
      minutes: 30,
      about: ['goals', 'agreements'],
      wall: 'chapters',
      types: 'everybody',
      asks: [both('Which step is yours, and is the day right for you?', '¿Qué paso es suyo? ¿Le queda bien el día?')],
    },
    RECAP,
  ],
}

const FGDM: MeetingKindWords = {
  id: 'fgdm',
  name: both('Family Group Decision Making', 'Decisión en grupo familiar'),
  rules: [
    ...RULES,
    both('The family makes its plan by itself.', 'La familia hace su plan a solas.'),
    both('Who leads the meeting has no vote.', 'Quien dirige la reunión no vota.'),
  ],
  seats: ['child-welfare'],
  stages: [
    WELCOME,
    {
      id: 'information',
      name: both('Information', 'Información'),
      now: both('what the family should know', 'lo que la familia debe saber'),
      minutes: 30,
      about: ['strengths', 'worries'],
      wall: 'chapters',
      types: 'recorder',
      asks: [
        STRENGTHS_ASKED,
        both('What else do you need to know to make your plan?', '¿Qué más necesita saber para hacer su plan?'),
      ],
    },
    {
      id: 'private-time',
      name: both('Private family time', 'Tiempo a solas de la familia'),
      now: both('the family talks by itself', 'la familia habla a solas'),
      minutes: 60,
      about: ['ideas', 'goals'],
      wall: 'chapters',
      types: 'family',
      alone: true,
      asks: [
        both('Do you want food, a break or more time first?', '¿Quiere comida, un descanso o más tiempo primero?'),
        both('Who will write for the family?', '¿Quién va a escribir por la familia?'),
      ],
    },
    {
      id: 'acceptance',
      name: both('Acceptance', 'Aceptación'),
      now: both('hearing the family’s plan', 'escuchando el plan de la familia'),
      minutes: 25,
      about: ['goals', 'agreements'],
      wall: 'chapters',
      types: 'facilitator',
      asks: [
        both('Please tell us your plan. What matters most in it?', 'Cuéntenos su plan. ¿Qué es lo más importante?'),
        both('What help do you want from each agency?', '¿Qué ayuda quiere de cada agencia?'),
      ],
    },
    RECAP,
  ],
}

const COORDINATED: MeetingKindWords = {
  id: 'coordinated-case-planning',
  name: both('Coordinated case planning', 'Plan coordinado entre agencias'),
  rules: [
    ...RULES,
    both('Nobody is asked to be in two places at once.', 'A nadie se le pide estar en dos lugares a la vez.'),
  ],
  seats: ['child-welfare', 'calworks'],
  stages: [
    WELCOME,
    {
      id: 'programs',
      name: both('Programs', 'Programas'),
      now: both('what each program asks', 'qué pide cada programa'),
      minutes: 20,
      about: ['worries'],
      wall: 'chapters',
      types: 'recorder',
      asks: [
        both('Which of these helps you? Which is too much?', '¿Cuál le ayuda? ¿Cuál es demasiado?'),
        STRENGTHS_ASKED,
      ],
    },
    {
      id: 'hopes',
      name: both('Hopes', 'Lo que esperamos'),
      now: both('choosing what comes first', 'eligiendo qué va primero'),
      minutes: 25,
      about: ['goals', 'ideas'],
      wall: 'chapters',
      types: 'everybody',
      asks: [SIX_MONTHS, both('If you could do only one thing, which?', 'Si pudiera hacer solo una cosa, ¿cuál?')],
    },
    {
      id: 'steps',
      name: both('Steps', 'Pasos'),
      now: both('who does what, and when', 'quién hace qué, y cuándo'),
      minutes: 30,
      about: ['goals'],
      wall: 'chapters',
      types: 'everybody',
      asks: [
        both('Do these days fit your week? How will you get there?', '¿Le quedan bien estos días? ¿Cómo llegará?'),
        both('Could one visit count for two programs?', '¿Podría una visita contar para dos programas?'),
      ],
    },
    RECAP,
  ],
}

const EDUCATION: MeetingKindWords = {
  id: 'education',
  name: both('Education meeting', 'Reunión de la escuela'),
  rules: RULES,
  seats: ['school'],
  stages: [
    WELCOME,
    {
      id: 'student',
      name: both('The student', 'El estudiante'),
      now: both('what the student is good at', 'en qué es bueno el estudiante'),
      minutes: 10,
      about: ['strengths'],
      wall: 'chapters',
      types: 'everybody',
      asks: [
        both('What do you like at school? What are you good at?', '¿Qué le gusta de la escuela? ¿En qué es bueno?'),
        both('What does your child tell you about school?', '¿Qué le cuenta su hijo o hija de la escuela?'),
      ],
    },
    {
      id: 'school-day',
      name: both('The school day', 'El día en la escuela'),
      now: both('what is hard at school', 'qué es difícil en la escuela'),
      minutes: 20,
      about: ['worries'],
      wall: 'chapters',
      types: 'everybody',
      asks: [
        both('Which part of the day is hardest? What helps?', '¿Qué parte del día es la más difícil? ¿Qué ayuda?'),
      ],
    },
    {
      id: 'ideas',
      name: both('Ideas', 'Ideas'),
      now: both('collecting ideas', 'juntando ideas'),
      minutes: 15,
      about: ['ideas'],
      wall: 'chapters',
      types: 'everybody',
      asks: [SIX_MONTHS, WHO_HELPED],
    },
    {
      id: 'supports',
      name: both('Supports', 'Apoyos'),
      now: both('who helps with what', 'quién ayuda con qué'),
      minutes: 20,
      about: ['goals', 'agreements'],
      wall: 'chapters',
      types: 'everybody',
      asks: [both('Will this work on a school morning?', '¿Esto va a funcionar en una mañana de escuela?')],
    },
    RECAP,
  ],
}

/** The kinds of meetings OurPlan knows by itself. A county adds its own from a file. */
export const MEETING_KINDS: readonly MeetingKindWords[] = [TDM, WRAPAROUND, CFT, FGDM, COORDINATED, EDUCATION]

/** Stands in for a kind of an earlier time that no file names any more. */
export const FORGOTTEN_KIND: MeetingKindWords = {
  id: 'meeting',
  name: both('Meeting', 'Reunión'),
  rules: RULES,
  stages: [WELCOME, RECAP],
}
