import { emptyPlan, type Column, type Plan } from '../../shared/plan'
import type { SeededRandom } from './seededRandom'
import { ACTION, GOAL, LINE, WORRY } from './unsaid'

/** A plan of usual size, every chapter in it: three goals, ten promises, a frame for when it gets hard. */
export function usualPlan(chance: SeededRandom): Plan {
  let placed = 0
  const item = (words: string) => ({
    ...LINE,
    id: chance.id(),
    words,
    order: `a${(placed++).toString(36)}`,
    removed: false,
  })
  const goal = (words: string) => ({ ...item(words), ...GOAL })
  const goals = [
    goal('A safe home with lights that work'),
    goal('Miles is at school every day'),
    goal('Evenings at home stay calm'),
  ]
  const promise = (of: number, column: Column, who: string, words: string, due: string | null = null, where = '') => ({
    ...item(words),
    ...ACTION,
    where,
    goal: goals[of]!.id,
    column,
    who,
    due,
  })
  const actions = [
    promise(0, 'family', 'Dana', 'Call the power company and ask for a payment plan', '2027-03-05'),
    promise(0, 'calworks', 'Marsh', 'Send the form for help with the bill', '2027-03-08'),
    promise(0, 'housing', 'Ortiz', 'Show Dana two apartments', '2027-03-12', 'Elm Street 40'),
    promise(1, 'family', 'Dana', 'Breakfast at 7:15, then walk to the bus together'),
    promise(1, 'school', 'Adeyemi', 'A new schedule without the first hour', '2027-03-10', 'Lincoln School, room 12'),
    promise(1, 'family', 'Rosa', 'Picks Miles up on Wednesdays'),
    promise(2, 'family', 'Dana', 'A walk around the block before answering'),
    promise(2, 'mental-health', 'Park', 'A first family session', '2027-03-18', 'Elm Street Clinic'),
    promise(2, 'child-welfare', 'Quill', 'Visits on Sundays only', null, 'Rosa’s home'),
    { ...promise(0, 'family', 'Dana', 'Buy candles and a lamp'), state: 'done' as const, closedOn: '2027-03-02' },
  ]
  const strength = (who: string, words: string) => ({ ...item(words), who, day: null })
  const agreements = [item('Rosa sleeps at the house on school nights until June')]
  const line = (part: 'signs' | 'helps' | 'calls', words: string) => ({ ...item(words), part })
  return {
    ...emptyPlan(),
    question: 'Can Miles and his sisters stay at home with Dana this spring?',
    vision: 'We eat together and nobody is afraid of the dark.',
    strengths: [strength('Miles', 'Fixes bicycles for the whole street'), strength('', 'We laugh at the table')],
    worries: [{ ...item('The power may be cut off again'), ...WORRY }],
    goals,
    actions,
    agreements,
    disagreements: [{ ...item('Not on school days'), agreement: agreements[0]!.id, who: 'Marsh', whoId: null }],
    safety: [
      line('signs', 'Voices get loud'),
      line('helps', 'Walk to Rosa’s porch'),
      line('calls', 'Park, 555-0142'),
      line('calls', '988, any hour'),
    ],
  }
}
