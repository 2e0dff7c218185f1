import { expect } from 'vitest'
import type { Person } from '../room'
import {
  addsPerson,
  answersDecision,
  asksForDecision,
  goesToStage,
  letsInAgain,
  letsInAs,
  promisesAll,
  saysFacts,
  sealsAtRecap,
  setsTimes,
  signs,
  typesAnswerOf,
} from './steps'
import type { Look, StoryDay } from './StoryDay'

const FAMILY = 'Miles’s family'
const HOME = 'A safe home with lights that work'
const MOOD = 'Steady mood, so mornings go well'
const THERAPY = 'Go to therapy. The bus to preschool takes 45 minutes.'
const PICKUP = 'Pick Miles up.'
const CLASS = 'Parenting class.'
const CLUB = 'Job club.'
const VIEWING = 'Viewing of a flat.'
const BED = 'Bring a bed for Rosa.'
const DECISION = 'Miles stays at home with Dana, and his aunt Rosa sleeps over on school nights.'
const NO = 'I want Miles to stay, too. Until we meet again is too short for me.'

const says = (screen: Person, key: string, blanks?: Record<string, string | number>) =>
  screen.untilReads(screen.say(key, blanks))

/** What all screens say of being in two places at once: nothing when it is nowhere asked. */
async function clash(count: number, [wren, dana, wall]: readonly [Person, Person, Person]): Promise<void> {
  if (count > 0) {
    await says(wren, 'watch.clashes', { count })
    await says(dana, 'watch.youClash', { count })
    await says(wall, 'watch.clashes', { count })
    return
  }
  for (const before of [1, 2, 3]) {
    for (const screen of [wren, wall]) await screen.untilReadsNoMore(screen.say('watch.clashes', { count: before }))
    await dana.untilReadsNoMore(dana.say('watch.youClash', { count: before }))
  }
}

/** 2 March: may Miles stay at home? He does; three times a week Dana would have to be in two places at once. */
export async function alderInMarch(day: StoryDay, look: Look): Promise<void> {
  day.comes('2027-03-02T10:00:00-08:00')
  const wren = await day.facilitator('Wren')
  const dana = await day.guest('Dana')
  const quill = await day.worker('Quill', 'child-welfare')
  const marsh = await day.worker('Marsh', 'calworks')

  await wren.signsIn('wren@demo.ourplan')
  await wren.startsMeeting(FAMILY, 'Where will Miles live?', 'Can Miles stay at home with Dana and be safe there?')
  const code = await wren.readsCode()
  const wall = await wren.opensProjector()
  const screens = [dana, wren, wall]
  await dana.findsTheDoor(code)
  await look('01-door', [dana, wall])
  await dana.asksToComeIn('family')
  await quill.comesForAgency(code, 'child-welfare')
  await marsh.comesForAgency(code, 'calworks')
  await look('02-lobby', [dana, wren])
  for (const person of [dana, quill, marsh]) await letsInAs(wren, person)
  await addsPerson(wren, 'Rosa', 'family')

  await goesToStage(wren, 'Introduction')
  await wren.writesText(
    'purpose',
    'To decide together whether Miles, who is four, can stay at home, and who does what.',
  )
  await look('03-introduction', screens)

  await goesToStage(wren, 'Situation')
  await look('04-situation', screens)

  await goesToStage(wren, 'Assessment')
  await dana.addsLine('strengths', 'I kept Miles’s bedtime when the power was out.')
  await wren.addsLine('strengths', 'Rosa says: Dana never missed a doctor’s visit.')
  await dana.addsLine('worries', 'Our flat has no light.')
  await dana.addsLine('worries', 'I feel very low, and nobody has helped me with it yet.')
  await dana.addsLine('worries', 'The money does not last to the end of the month.')
  await wall.untilReads('nobody has helped me')
  await look('05-assessment', screens)

  await goesToStage(wren, 'Ideas')
  await dana.addsLine('ideas', 'Rosa could sleep over.')
  await quill.addsLine('ideas', 'A bed for Rosa from our storage.')
  await wall.untilReads('from our storage')
  await look('06-ideas', screens)

  await goesToStage(wren, 'Decision')
  await wren.addsGoal(HOME)
  await wren.addsGoal(MOOD)
  await dana.untilReads(MOOD)
  await dana.addsStep(1, 'Call the power company and ask for the payment plan.')
  await saysFacts(dana, 'Call the power company', { due: '2027-03-05' })
  await dana.addsStep(2, THERAPY)
  await setsTimes(dana, THERAPY, { days: ['Thursday'], starts: '14:00', ends: '15:00', travel: 45 })
  await dana.addsStep(2, PICKUP)
  await setsTimes(dana, PICKUP, { days: ['Tuesday', 'Wednesday', 'Thursday'], starts: '15:30' })
  await clash(1, [wren, dana, wall])
  await quill.addsFirstStepOf('child-welfare', 1, CLASS)
  await setsTimes(quill, CLASS, { days: ['Tuesday'], starts: '10:00', ends: '12:00', attends: 'Dana' })
  await marsh.addsFirstStepOf('calworks', 1, CLUB)
  const clubDays = ['Tuesday', 'Wednesday', 'Thursday']
  await setsTimes(marsh, CLUB, { days: clubDays, starts: '09:00', ends: '11:30', attends: 'Dana' })
  await clash(2, [wren, dana, wall])
  await wren.addsFirstStepOf('housing', 1, VIEWING)
  await saysFacts(wren, VIEWING, { who: 'Ortiz' })
  await setsTimes(wren, VIEWING, { days: ['Wednesday'], starts: '11:00', ends: '12:00', attends: 'Dana' })
  await clash(3, [wren, dana, wall])
  for (const minutes of [90, 30]) await wren.untilReads(`for ${minutes} minutes.`)
  await wren.untilReads('is 15 minutes too long.')
  await dana.untilReads('11½ hours')
  await look('07-clashes', screens)
  await quill.addsFirstStepOf('child-welfare', 2, BED)
  await saysFacts(quill, BED, { due: '2027-03-03' })

  await asksForDecision(wren, DECISION)
  await says(dana, 'decide.asked')
  await look('08-asked', [dana])
  await answersDecision(dana, 'support')
  await answersDecision(quill, 'cannot', NO)
  await answersDecision(marsh, 'can-live')
  await typesAnswerOf(wren, 'Rosa', 'support')
  await wren.button('decide.show').click()
  for (const screen of [wren, dana]) await screen.untilReads(NO)
  await quill.page.getByLabel(quill.say('decide.settle')).fill('Miles stays. We look at the nights on 13 April.')
  await quill.button('decide.settleSave').click()
  await dana.untilReads('We look at the nights on 13 April.')
  await look('09-decision', screens)
  await promisesAll(dana, 3)
  await wren.untilReads(wren.say('promise.yes', { name: 'Dana' }))

  await goesToStage(wren, 'Recap')
  await wren.page.getByRole('link', { name: wren.say('room.recap'), exact: true }).click()
  await wren.untilReads(wren.say('recap.intro'))
  await look('10-recap', screens)
  await sealsAtRecap(wren, '2027-04-13T13:00', 1)
  await says(dana, 'recap.myPart')
  await signs(dana, 'Dana Alder')
  await wren.untilReads('Dana Alder')
  await look('11-sealed', screens)
  expect((await wren.storedPlan()).actions).toHaveLength(7)
}

/** 13 April: the class counts as job club, two times move, and Dana is asked to be in one place at a time. */
export async function alderInApril(day: StoryDay, look: Look): Promise<void> {
  await day.goesHome()
  day.comes('2027-04-13T13:00:00-07:00')
  const wren = await day.facilitator('Wren')
  const dana = await day.guest('Dana')
  const marsh = await day.worker('Marsh', 'calworks')
  await wren.signsIn('wren@demo.ourplan')
  await wren.startsNextMeeting(FAMILY, 'What was done, and what has to change?', 'How can Dana do all of this?')
  const code = await wren.readsCode()
  const wall = await wren.opensProjector()
  const screens = [dana, wren, wall]
  await dana.joins(code)
  await marsh.comesForAgency(code, 'calworks')
  await letsInAgain(wren, dana)
  await letsInAs(wren, marsh)
  await clash(3, [wren, dana, wall])
  await look('12-april', screens)

  await wren.button('watch.countInstead', { kept: 'Parenting class', paused: 'Job club' }).click()
  await clash(2, [wren, dana, wall])
  await setsTimes(wren, VIEWING, { days: [], starts: '13:00', ends: '14:00' })
  await clash(1, [wren, dana, wall])
  await setsTimes(dana, THERAPY, { days: [], starts: '13:30', ends: '14:30' })
  await clash(0, [wren, dana, wall])
  await dana.untilReads('9 hours')
  await look('13-no-clash', screens)

  await goesToStage(wren, 'Recap')
  await wren.page.getByRole('link', { name: wren.say('room.recap'), exact: true }).click()
  await sealsAtRecap(wren, '2027-06-10T16:00', 2)
  await signs(dana, 'Dana Alder')
  await look('14-sealed', screens)
}
