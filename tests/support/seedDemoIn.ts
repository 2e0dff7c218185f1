import { createApp, type App } from '../../server/app'
import { seedDemo } from '../../server/demo/seedDemo'
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
