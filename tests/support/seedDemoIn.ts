import { createApp, type App } from '../../server/app'
import { seedDemo } from '../../server/demo/seedDemo'
import { CUT_OFF, CutOff } from './cutOff'
import type { SeededRandom } from './seededRandom'
import type { TestApp } from './startTestApp'

type Parts = App['parts']

/**
 * What a start does for the demo families, over the database of a test.
 *
 * @param through what the seed gets instead of the parts it would use
 */
export function seedDemoIn({ app }: TestApp, through: (parts: Parts) => Parts = (parts) => parts): Promise<void> {
  const { db } = app.parts
  return seedDemo((clock) => {
    const { parts, stop } = createApp({ ...app.parts, db: db.useDb(db.name), clock })
    return { parts: through(parts), stop }
  })
}

/**
 * Starts again and again, each cut off after some more steps, until one tells the demo to its end.
 *
 * @param most steps that one start adds to what those before it did, at most
 * @returns how many starts it took
 */
export async function tellCutOff(app: TestApp, chance: SeededRandom, most: number): Promise<number> {
  const cutOff = new CutOff()
  for (let starts = 1; ; starts += 1) {
    try {
      await seedDemoIn(app, (parts) => cutOff.limit(parts, 1 + chance.below(most)))
      return starts
    } catch (error) {
      if (error !== CUT_OFF) throw error
    }
  }
}
