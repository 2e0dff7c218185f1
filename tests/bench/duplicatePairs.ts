import type { Column } from '../../shared/plan'

/** What two agencies ask, and whether a person would call it the same thing asked twice. */
export interface LabelledPair {
  first: readonly [column: Column, words: string, attends?: string]
  second: readonly [column: Column, words: string, attends?: string]
  same: boolean
}

/** The family of these pairs. */
export const MEMBERS = ['Dana', 'Miles', 'Elena', 'Tomás', 'Mateo', 'Sofía', 'Pilar', 'Jules', 'Ada', 'Ben']

const same = (first: LabelledPair['first'], second: LabelledPair['second']) => ({ first, second, same: true })
const apart = (first: LabelledPair['first'], second: LabelledPair['second']) => ({ first, second, same: false })

// Labelled by hand, before they were tried. Those that are apart were chosen to look the same.
export const LABELLED_PAIRS: readonly LabelledPair[] = [
  same(
    ['child-welfare', 'Parenting class, Tuesdays 10:00 to 12:00.'],
    ['calworks', 'Go to the parent education group.'],
  ),
  same(['child-welfare', 'Parenting class'], ['probation', 'Clases para padres, los martes']),
  same(['calworks', 'Job club, Tuesday to Thursday'], ['probation', 'Weekly work readiness workshop']),
  same(['calworks', 'Club de empleo'], ['probation', 'Job search, three times a week']),
  same(['child-welfare', 'Individual counseling every week'], ['mental-health', 'Therapy on Thursdays']),
  same(['child-welfare', 'Terapia cada semana'], ['mental-health', 'Weekly therapy with Park']),
  same(['child-welfare', 'Anger management class'], ['probation', 'Curso de control de la ira']),
  same(['child-welfare', 'Random drug testing'], ['probation', 'Drug test every Friday']),
  same(['child-welfare', 'Prueba de drogas cada semana'], ['probation', 'UA testing twice a month']),
  same(['child-welfare', 'Outpatient drug treatment program'], ['probation', 'Substance abuse counseling']),
  same(['child-welfare', 'Programa de tratamiento de drogas'], ['mental-health', 'Programa para el alcoholismo']),
  same(['housing', 'Viewing of a flat, Wednesdays'], ['calworks', 'Housing search with a worker']),
  same(['housing', 'Buscar vivienda con la familia'], ['child-welfare', 'Look for apartments together']),
  same(['housing', 'Budgeting class'], ['calworks', 'Financial literacy course']),
  same(['child-welfare', 'Bring bus passes.'], ['calworks', 'Give Dana a bus card.']),
  same(['child-welfare', 'Psychological evaluation of Mateo'], ['school', 'Mental health assessment for Mateo']),
  same(['school', 'Tutoring after school for Sofía'], ['probation', 'Sofía goes to homework club']),
  same(['child-welfare', 'Family therapy once a week'], ['mental-health', 'Sesión familiar los jueves']),
  same(['school', 'A mentor for Jules'], ['probation', 'Mentoring for Jules on Saturdays']),
  same(['child-welfare', 'Pay for the parenting class'], ['calworks', 'Cover the fee of the parent training']),
  same(['calworks', 'Adult school for a GED'], ['probation', 'Finish high school equivalency']),
  same(['child-welfare', 'Home visit every Monday'], ['mental-health', 'Visita a la casa los lunes']),
  same(['school', 'Miles has a speech screening'], ['mental-health', 'Speech therapy check for Miles']),
  same(
    ['child-welfare', 'Safety plan review at the kitchen table'],
    ['school', 'Review the safety plan at the kitchen table'],
  ),
  same(['child-welfare', 'Learn safe sleep for the baby'], ['mental-health', 'Safe sleep lesson for the baby']),
  same(['child-welfare', 'Medical exam for Miles'], ['school', 'Check-up with the doctor for Miles']),
  same(['child-welfare', 'Group for survivors of domestic violence'], ['calworks', 'Grupo sobre violencia doméstica']),
  same(['child-welfare', 'Attend NA three evenings a week'], ['probation', 'Recovery meetings, three a week']),
  same(['housing', 'Apply for the voucher'], ['child-welfare', 'Hand in the Section 8 application']),

  apart(['child-welfare', 'Parenting class'], ['calworks', 'Drive Dana to parenting class']),
  apart(['child-welfare', 'Parenting class'], ['calworks', 'Pay for the parenting class']),
  apart(['child-welfare', 'Parenting class'], ['school', 'Watch Miles during the parenting class']),
  apart(['child-welfare', 'Parenting class', 'Elena'], ['probation', 'Parenting class', 'Tomás']),
  apart(['child-welfare', 'Parenting class for Elena'], ['probation', 'Parenting class for Tomás']),
  apart(['mental-health', 'Family therapy'], ['child-welfare', 'Individual therapy for Elena']),
  apart(['mental-health', 'Family therapy'], ['probation', 'Couples counseling']),
  apart(['school', 'Speech therapy for Miles'], ['mental-health', 'Therapy for Miles']),
  apart(['mental-health', 'Occupational therapy'], ['school', 'Physical therapy for Miles, and a therapist for Dana']),
  apart(['school', 'Tutoring for Mateo'], ['probation', 'Tutoring for Sofía']),
  apart(['school', 'Terapia para Mateo'], ['mental-health', 'Terapia para Sofía']),
  apart(['child-welfare', 'Drug test every Friday'], ['probation', 'Drug treatment program']),
  apart(['calworks', 'Job club'], ['probation', 'Letter for the job club about court days']),
  apart(['calworks', 'Job club'], ['housing', 'Book club at the library']),
  apart(['child-welfare', 'Visits on Sundays'], ['mental-health', 'First visit on Thursday']),
  apart(['child-welfare', 'Home visit on Monday'], ['housing', 'Visit the new home on Monday']),
  apart(['housing', 'Finish the voucher papers with Dana.'], ['calworks', 'Finish the aid papers with Dana.']),
  apart(['child-welfare', 'Hand in the form for kin aid.'], ['calworks', 'Start relative aid for Pilar.']),
  apart(['school', 'Write the school plan (IEP) with Jules.'], ['mental-health', 'Write a coping plan with Jules.']),
  apart(['child-welfare', 'Pay for the respite.'], ['calworks', 'Settle Ada’s hours with her.']),
  apart(['probation', 'Change the curfew.'], ['housing', 'Change the lease.']),
  apart(['child-welfare', 'Call the school about Mateo'], ['mental-health', 'Call the court about Mateo']),
  apart(['child-welfare', 'Bring a bed for Rosa.'], ['calworks', 'Bring bus passes.']),
  apart(['school', 'Text Mateo on Fridays after school.'], ['probation', 'Meet Mateo on Fridays after school.']),
  apart(['child-welfare', 'Llevar a Elena a la terapia'], ['mental-health', 'Terapia para Elena']),
  apart(['calworks', 'English class'], ['school', 'Art class']),
  apart(['child-welfare', 'Dentist for Miles'], ['school', 'Check-up with the doctor for Miles']),
  apart(['child-welfare', 'Refer Dana to counseling'], ['mental-health', 'Counseling for Dana']),
  apart(['child-welfare', 'Cancel the anger management class'], ['probation', 'Anger management class']),
  apart(
    ['child-welfare', 'Letter that Tomás finished the class on domestic violence'],
    ['probation', 'Group on domestic violence'],
  ),
  apart(['housing', 'Find an apartment near school'], ['child-welfare', 'Find a foster home near school']),
  apart(['school', 'New schedule for Mateo'], ['probation', 'New curfew for Mateo']),
]
