import type { Agency, BothLanguages, Participant } from './meeting'
import type { Role } from './roles'

/** What somebody can decide and do in a meeting, and what they cannot, in words a child understands. */
export interface WhatTheyDo {
  can: readonly BothLanguages[]
  cannot: readonly BothLanguages[]
}

const said = (en: string, es: string): BothLanguages => ({ en, es })

const NOT_WHERE_CHILD_LIVES = said('Cannot decide where a child lives.', 'No puede decidir dónde vive un niño.')
const ONLY_A_JUDGE = said(
  'Cannot change what a judge ordered. Only a judge can.',
  'No puede cambiar lo que ordenó el juez. Solo un juez puede.',
)

const ROLES_DO: Record<Exclude<Role, 'agency'>, WhatTheyDo> = {
  facilitator: {
    can: [
      said('Runs the meeting and keeps the time.', 'Guía la reunión y cuida el tiempo.'),
      said('Makes sure that all are heard, the family first.', 'Cuida que todos hablen, primero la familia.'),
    ],
    cannot: [
      said('Does not decide for you and has no vote.', 'No decide por usted y no tiene voto.'),
      said('Cannot promise what an agency will do.', 'No puede prometer lo que hará una agencia.'),
    ],
  },
  family: {
    can: [
      said('Says what matters to the family and what could help.', 'Dice qué le importa a la familia y qué ayudaría.'),
      said('Says yes or no to each promise in their name.', 'Dice sí o no a cada promesa en su nombre.'),
      said('Chooses what others may see, and can take it back.', 'Elige qué pueden ver otros, y puede quitarlo.'),
    ],
    cannot: [ONLY_A_JUDGE],
  },
  youth: {
    can: [
      said('Says what they feel, want and need.', 'Dice lo que siente, quiere y necesita.'),
      said('May go out when adults talk, and come back.', 'Puede salir cuando hablan los adultos, y volver.'),
      said('May ask for a person they trust.', 'Puede pedir que venga alguien de confianza.'),
    ],
    cannot: [
      said('Does not have to speak, and never has to interpret.', 'No tiene que hablar, y nunca tiene que traducir.'),
      ONLY_A_JUDGE,
    ],
  },
  support: {
    can: [
      said('Is here because the family asked them to come.', 'Está aquí porque la familia le pidió venir.'),
      said('Can speak up, bring ideas and offer to help.', 'Puede hablar, traer ideas y ofrecer ayuda.'),
    ],
    cannot: [said('Does not decide for you or for an agency.', 'No decide por usted ni por una agencia.')],
  },
  interpreter: {
    can: [
      said('Says all that is said in the other language.', 'Dice en el otro idioma todo lo que se dice.'),
      said('Can ask all to wait, so that nothing is lost.', 'Puede pedir una pausa para que nada se pierda.'),
    ],
    cannot: [
      said('Takes no side and gives no advice.', 'No toma partido y no da consejos.'),
      said('Does not tell others what was said here.', 'No cuenta a otros lo que se dijo aquí.'),
    ],
  },
  observer: {
    can: [said('Reads along and listens.', 'Lee y escucha.')],
    cannot: [said('Does not write, vote or decide.', 'No escribe, no vota y no decide.')],
  },
}

const AGENCIES_DO: Record<Agency, WhatTheyDo> = {
  'child-welfare': {
    can: [
      said('Looks at whether a child is safe.', 'Mira si un niño está seguro.'),
      said('Can set up visits, rides and other help.', 'Puede ayudar con visitas, viajes y más.'),
      said('Decides for the agency if we cannot agree.', 'Decide por la agencia si no nos ponemos de acuerdo.'),
    ],
    cannot: [
      said(
        'Cannot keep a child away from home for long without a judge.',
        'No puede tener a un niño fuera de casa mucho tiempo sin un juez.',
      ),
      said('Cannot decide about your cash aid.', 'No puede decidir sobre su ayuda en dinero.'),
    ],
  },
  calworks: {
    can: [
      said('Helps with cash aid, child care and finding work.', 'Ayuda con dinero, cuidado de niños y trabajo.'),
      said('Says which classes and visits count as your hours.', 'Dice qué clases y visitas cuentan como sus horas.'),
      said('Can tell you how to get your full aid back.', 'Puede decirle cómo recibir otra vez toda su ayuda.'),
    ],
    cannot: [NOT_WHERE_CHILD_LIVES, said('Cannot change the rules of the aid.', 'No puede cambiar las reglas.')],
  },
  school: {
    can: [
      said('Can change classes and set up help at school.', 'Puede cambiar clases y dar ayuda en la escuela.'),
      said('Can tell how a child is doing at school.', 'Puede decir cómo le va a un niño en la escuela.'),
    ],
    cannot: [
      NOT_WHERE_CHILD_LIVES,
      said(
        'Cannot show school papers to all unless you or the law say so.',
        'No puede mostrar papeles escolares a todos si usted o la ley no lo permiten.',
      ),
    ],
  },
  'mental-health': {
    can: [
      said('Can plan care with you, and help you feel better.', 'Puede hacer con usted un plan para sentirse mejor.'),
      said('Has to speak up if somebody is in danger.', 'Tiene que avisar si alguien está en peligro.'),
    ],
    cannot: [
      said(
        'Cannot tell the team what you said unless you allow it.',
        'No cuenta al equipo lo que usted dijo sin su permiso.',
      ),
      NOT_WHERE_CHILD_LIVES,
    ],
  },
  housing: {
    can: [
      said('Helps to find a home and to keep it.', 'Ayuda a encontrar una casa y a conservarla.'),
      said('Can explain vouchers, leases and waiting lists.', 'Puede explicar vales, contratos y listas de espera.'),
    ],
    cannot: [
      said('Cannot promise a home by a set day.', 'No puede prometer una casa para un día fijo.'),
      NOT_WHERE_CHILD_LIVES,
    ],
  },
  probation: {
    can: [
      said('Looks at whether the rules of the court are kept.', 'Mira si se cumplen las reglas de la corte.'),
      said('Can ask the judge to change a rule.', 'Puede pedir al juez que cambie una regla.'),
    ],
    cannot: [
      ONLY_A_JUDGE,
      said(
        'Cannot read what you told a therapist unless you or a judge allow it.',
        'No lee lo que usted dijo al terapeuta si usted o un juez no lo permite.',
      ),
    ],
  },
  'child-support': {
    can: [
      said(
        'Helps to set or change what a parent pays for a child.',
        'Ayuda a fijar o cambiar lo que un padre paga por un niño.',
      ),
      said('Can plan with you how to pay what is owed.', 'Puede planear con usted cómo pagar lo que debe.'),
    ],
    cannot: [
      NOT_WHERE_CHILD_LIVES,
      said('Cannot decide when you see your child.', 'No puede decidir cuándo ve usted a su hijo.'),
    ],
  },
  other: {
    can: [said('Can say how their agency could help.', 'Dice cómo puede ayudar su agencia.')],
    cannot: [
      said('Speaks for no other agency than their own.', 'No habla por otra agencia, solo por la suya.'),
      NOT_WHERE_CHILD_LIVES,
    ],
  },
}

/** What somebody can and cannot do, by their agency or else by their role. */
export function whatTheyDo({ role, agency }: Pick<Participant, 'role' | 'agency'>): WhatTheyDo {
  return role === 'agency' ? AGENCIES_DO[agency ?? 'other'] : ROLES_DO[role]
}
