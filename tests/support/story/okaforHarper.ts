import {
  answersDecision,
  asksForDecision,
  goesToStage,
  letsInAgain,
  letsInAs,
  promisesAll,
  saysFacts,
  sealsAtRecap,
  signs,
} from './steps'
import type { Look, StoryDay } from './StoryDay'

const FAMILY = 'Jules’s family'
const HOME = 'Home through summer'
const ART = 'Art school'
const DECISION = 'Jules is home through summer, and nobody calls the police on a bad day.'

/** 9 February: from getting to know each other to the first plan and the crisis plan. */
export async function okaforHarperInFebruary(day: StoryDay, look: Look): Promise<void> {
  day.comes('2027-02-09T15:30:00-08:00')
  const sol = await day.facilitator('Sol')
  const jules = await day.guest('Jules')
  const ada = await day.guest('Ada')
  const mo = await day.guest('Mo')
  const holt = await day.worker('Holt', 'mental-health')

  await sol.signsIn('sol@demo.ourplan')
  const kind = { kind: 'wraparound' }
  await sol.startsMeeting(FAMILY, 'Our first plan', 'What will we do so that Jules is home through summer?', kind)
  const code = await sol.readsCode()
  const wall = await sol.opensProjector()
  const screens = [jules, sol, wall]
  await jules.findsTheDoor(code)
  await jules.asksToComeIn('youth')
  await ada.joins(code)
  await mo.joins(code, 'support')
  await holt.comesForAgency(code, 'mental-health')
  await look('01-lobby', [jules, sol])
  for (const person of [jules, ada, mo, holt]) await letsInAs(sol, person)

  await goesToStage(sol, 'Introduction')
  await look('02-introduction', screens)
  await goesToStage(sol, 'Phase 1: Engagement')
  await jules.writesText('vision', 'Quiet Sundays, and art school.')
  await jules.addsLine('strengths', 'I draw every day.')
  await jules.addsLine('strengths', 'I trust Mo.')
  await wall.untilReads('I trust Mo.')
  await look('03-engagement', screens)

  await goesToStage(sol, 'Phase 2: First plan')
  await ada.addsLine('worries', 'Jules needs to know one bad day won’t cost home.')
  await mo.addsLine('ideas', 'We walk the dog together when it gets loud.')
  await wall.untilReads('when it gets loud')
  await look('04-first-plan', screens)

  await goesToStage(sol, 'Plan of care')
  await sol.addsGoal(HOME)
  await sol.addsGoal(ART)
  await jules.untilReads(ART)
  await jules.addsStep(2, 'Finish my portfolio.')
  await saysFacts(jules, 'Finish my portfolio', { due: '2027-04-30' })
  await holt.addsFirstStepOf('mental-health', 2, 'Write a coping plan with Jules.')
  await saysFacts(holt, 'Write a coping plan', { due: '2027-02-23' })
  await ada.addsStep(1, 'Ben and I rest on first Saturdays.')
  await sol.addsFirstStepOf('housing', 1, 'Settle the lease with Ada and Ben.')
  await saysFacts(sol, 'Settle the lease', { who: 'Bly', due: '2027-02-26' })
  await look('05-plan-of-care', screens)

  await goesToStage(sol, 'Crisis plan')
  await jules.addsLine('helps', 'Put my headphones on.')
  await jules.addsLine('helps', 'Go for a walk with Mo.')
  await holt.addsLine('calls', 'Call Holt, then 988.')
  await wall.untilReads('then 988')
  await look('06-crisis-plan', screens)

  await asksForDecision(sol, DECISION)
  for (const person of [jules, ada, mo, holt]) await answersDecision(person, 'support')
  await sol.button('decide.show').click()
  await sol.untilReads(sol.say('decide.agreed'))
  await promisesAll(jules, 1)
  await sol.page.getByRole('link', { name: sol.say('room.recap'), exact: true }).click()
  await sol.untilReads(sol.say('recap.intro'))
  await look('07-recap', screens)
  await sealsAtRecap(sol, '2027-04-06T15:30', 1)
  await signs(jules, 'Jules')
  await look('08-sealed', screens)
}

/** 4 May: the plan was to be looked at by 10 April. What was promised is done; who stays with the family. */
export async function okaforHarperInMay(day: StoryDay, look: Look): Promise<void> {
  await day.goesHome()
  day.comes('2027-05-04T15:30:00-07:00')
  const sol = await day.facilitator('Sol')
  const jules = await day.guest('Jules')
  const holt = await day.worker('Holt', 'mental-health')
  await sol.signsIn('sol@demo.ourplan')
  await sol.startsNextMeeting(FAMILY, 'How is the plan going?', 'What works, and what do we do next?', 'wraparound')
  const code = await sol.readsCode()
  const wall = await sol.opensProjector()
  const screens = [jules, sol, wall]
  await jules.joins(code, 'youth')
  await holt.comesForAgency(code, 'mental-health')
  await letsInAgain(sol, jules)
  await letsInAs(sol, holt)

  await goesToStage(sol, 'Phase 3: Doing it')
  await sol.untilReads(sol.say('watch.renewal'))
  await sol.untilReads(sol.say('watch.daysLate', { days: 24 }))
  await jules.says('isDone', 'Finish my portfolio')
  await holt.says('isDone', 'Write a coping plan')
  await look('09-doing-it', screens)

  await goesToStage(sol, 'Phase 4: Going on')
  await sol.addsLine('agreements', 'Mo and Dee stay. Probation ends.')
  await wall.untilReads('Probation ends.')
  await look('10-going-on', screens)
  await sol.page.getByRole('link', { name: sol.say('room.recap'), exact: true }).click()
  await sealsAtRecap(sol, '2027-07-02T15:30', 2)
  await signs(jules, 'Jules')
  await jules.page.getByRole('link', { name: jules.say('room.readSealed') }).click()
  await jules.untilReads('Mo and Dee stay.')
  await look('11-version', [jules])
}
