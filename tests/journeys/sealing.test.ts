import { beforeAll, describe, expect, it } from 'vitest'
import type { Plan } from '../../shared/plan'
import type { Version } from '../../shared/version'
import { Journey } from '../support/Journey'
import { Pen } from '../support/Pen'
import { type Facilitator, type Person } from '../support/room'
import { SeededRandom } from '../support/seededRandom'

const everyWord = ({ goals, actions }: Plan) =>
  [...goals, ...actions].flatMap(({ words }) => words.split(/\s+/)).filter(Boolean)

describe('a plan is sealed while people write', () => {
  const chance = new SeededRandom(14)
  const journey = Journey.asOneStory()
  let wren: Facilitator
  let dana: Person
  let rosa: Person
  let quill: Person
  let lund: Person
  let projector: Person
  let sealed: Version

  const read = async <T>(path: string) => (await wren.page.request.get(journey.server.url + path)).json() as Promise<T>

  beforeAll(async () => {
    wren = await journey.startsMeeting('How do evenings get calm?', 'What helps Noa sleep?')
    dana = await journey.comes('Dana')
    rosa = await journey.comes('Rosa')
    quill = await journey.comesForAgency('Quill', 'child-welfare')
    lund = await journey.person('Lund')
    await lund.joins(journey.code, 'agency', 'school')
    await journey.letsIn(lund)
    await wren.addsGoal('A calm bedtime')
    for (const person of [dana, rosa, lund, quill]) {
      await person.untilReads('A calm bedtime')
      if (person === quill) await person.addsFirstStepOf('child-welfare', 1, 'Quill will: ')
      else await person.addsStep(1, `${person.name} will: `)
      await person.untilSaved()
    }
    projector = await wren.opensProjector()
    lund.device.expectsLostLine()
  })

  it('[VE7] three people type while Wren seals: every word that was called saved is in the version, and none after it', async () => {
    await lund.page.context().setOffline(true)
    await lund.types('check his speech on Monday.')
    await lund.untilBadge('not-saved')

    const writers = [dana, rosa, quill]
    const pens = writers.map((person) => new Pen(person, 'seal', chance))
    for (const pen of pens) pen.start()
    for (const { page, name } of writers) {
      const mine = `${name}-seal-`
      await page.waitForFunction(
        (start) => [...window.journal.acknowledged].some((word) => word.startsWith(start)),
        mine,
      )
    }
    await wren.sealsPlan()
    for (const person of writers) await person.untilSealed(1)
    await Promise.all(pens.map((pen) => pen.stop()))

    const { versions } = await read<{ versions: Version[] }>(`/api/meetings/${wren.meetingId}/versions`)
    sealed = await read<Version>(`/api/versions/${versions[0]!.id}`)
    expect(sealed).toMatchObject({ kind: 'sealed', seal: { chain: 1 } })
    const words = new Set(everyWord(sealed.plan))
    for (const { page } of writers) {
      const acknowledged = await page.evaluate(() => [...window.journal.acknowledged])
      expect(acknowledged.filter((word) => /-seal-\d+\.$/.test(word) && !words.has(word))).toEqual([])
    }
    // Nothing comes after it: the plan that everybody reads is the version.
    const { generation: _generation, ...plan } = (await wren.storedPlan()) as Plan & { generation: number }
    expect(plan).toEqual(sealed.plan)
  })

  it('[VE8] every screen says so and takes no more words; what came too late is offered back to its writer', async () => {
    const words = new Set(everyWord(sealed.plan))
    for (const person of [dana, rosa, quill]) {
      expect(await person.page.getByRole('textbox').count()).toBe(0)
      const written = await person.page.evaluate(() => [...window.journal.written])
      const mine = new RegExp(`^${person.name}-seal-\\d+\\.$`)
      for (const late of written.filter((word) => mine.test(word) && !words.has(word))) await person.untilReads(late)
    }
    await projector.untilReads(projector.say('projector.sealed', { number: 1, check: sealed.seal!.check }))
    for (const person of [wren, dana, quill, projector]) await person.device.expectNoViolations()
    for (const person of [dana, rosa]) await person.device.expectNothingCutOff()
  })

  it('[VE13] Wren writes on in an amendment, and everybody can write again', async () => {
    await wren.amends('The day of the visit was wrong')
    await dana.page.getByRole('textbox').first().waitFor()
    // What came too late for the version, if anything did, goes into the amendment.
    if (await dana.button('plan.addThemAgain').isVisible()) await dana.button('plan.addThemAgain').click()
    await dana.untilSaved()
    await dana.goesToTheEndOf(await dana.promiseField('Dana will:'))
    await dana.types(' sing-first.')
    await dana.untilSaved()
    await wren.untilReads('sing-first.')
    await projector.untilReads('sing-first.')
    const again = await read<Version>(`/api/versions/${sealed.id}`)
    expect(again).toEqual(sealed)
  })

  it('[VE14] Lund’s phone was away: it is told, sees the difference, and adds its words to the amendment', async () => {
    await lund.page.context().setOffline(false)
    await lund.untilReads('check his speech on Monday.')
    await lund.untilReads(lund.say('errors.planOldGeneration'))
    expect(everyWord(await lund.storedPlan())).not.toContain('speech')
    await lund.page.getByText(lund.say('seal.awayChanges', { count: 1 }).split(':')[0]!).click()
    await lund.untilReads('sing-first.')
    await lund.device.expectNoViolations()
    await lund.device.expectNothingCutOff()
    await lund.button('plan.addThemAgain').click()
    await lund.untilSaved()
    await wren.untilReads('check his speech on Monday.')
    const { actions } = await lund.storedPlan()
    expect(actions.filter(({ words }) => words.includes('check his speech on Monday.'))).toHaveLength(1)
    expect(actions.find(({ words }) => words.includes('Lund will'))!.words).toBe(
      'Lund will: check his speech on Monday.',
    )
  })

  it('[UI67] leaves nothing in any browser’s console that somebody would have to explain', () => {
    for (const { name, device } of [wren, dana, rosa, quill, lund, projector]) {
      expect({ [name]: device.troubles }).toEqual({ [name]: [] })
    }
  })
})
