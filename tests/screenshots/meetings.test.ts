import { afterEach, beforeEach, describe, it } from 'vitest'
import { Album } from '../support/album'
import { alderInApril, alderInMarch } from '../support/story/alder'
import { lunaMoralesInMarch, lunaMoralesInMay } from '../support/story/lunaMorales'
import { okaforHarperInFebruary, okaforHarperInMay } from '../support/story/okaforHarper'
import { type Look, StoryDay } from '../support/story/StoryDay'

// Every stage of the three families' meetings, on a phone, the facilitator's laptop and the wall.

/** Each screen in its own size, by whose it is; a phone's page whole. */
function picturesIn(name: string): Look {
  const album = new Album(name)
  return async (moment, screens) => {
    for (const person of screens) {
      const { width } = person.page.viewportSize()!
      const whose = width === 1920 ? 'wall' : person.name
      await album.shoot(person, `${moment}-${whose}`, {
        widths: [width as 360 | 1366 | 1920],
        whole: width === 360,
      })
    }
  }
}

describe('three families’ meetings', () => {
  let day: StoryDay
  beforeEach(async () => {
    day = await StoryDay.begin('2027-02-09T15:30:00-08:00')
  })
  afterEach(() => day?.close())

  it('[UI66] Miles’s family, in March and April', async () => {
    const look = picturesIn('meeting-alder')
    await alderInMarch(day, look)
    await alderInApril(day, look)
  })

  it('[UI66] Mateo’s family, in March and May', async () => {
    const look = picturesIn('meeting-luna-morales')
    await lunaMoralesInMarch(day, look)
    await lunaMoralesInMay(day, look)
  })

  it('[UI66] Jules’s family, in February and May', async () => {
    const look = picturesIn('meeting-okafor-harper')
    await okaforHarperInFebruary(day, look)
    await okaforHarperInMay(day, look)
  })
})
