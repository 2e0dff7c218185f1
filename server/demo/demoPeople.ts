import type { Person } from '../../shared/api'

/** The agency people of the demo families; all invented. */
export const DEMO_PEOPLE: readonly Omit<Person, 'id'>[] = [
  { email: 'wren@demo.ourplan', name: 'Wren', duty: 'facilitator', agency: null },
  { email: 'ames@demo.ourplan', name: 'Ames', duty: 'facilitator', agency: null },
  { email: 'sol@demo.ourplan', name: 'Sol', duty: 'facilitator', agency: null },
  { email: 'nye@demo.ourplan', name: 'Nye', duty: 'facilitator', agency: null },
  { email: 'quill@demo.ourplan', name: 'Quill', duty: 'agency', agency: 'child-welfare' },
  { email: 'marsh@demo.ourplan', name: 'Marsh', duty: 'agency', agency: 'calworks' },
  { email: 'adeyemi@demo.ourplan', name: 'Adeyemi', duty: 'agency', agency: 'school' },
  { email: 'park@demo.ourplan', name: 'Park', duty: 'agency', agency: 'mental-health' },
  { email: 'stone@demo.ourplan', name: 'Stone', duty: 'agency', agency: 'probation' },
  { email: 'admin@demo.ourplan', name: 'Admin', duty: 'admin', agency: null },
]

/** Printed at every start that has demo families; production refuses to have any. */
export const DEMO_PASSWORD = 'ourplan-demo-only'

/** Is this an account that everybody knows? The domain exists nowhere else. */
export const isDemoEmail = (email: string): boolean => email.endsWith('@demo.ourplan')
