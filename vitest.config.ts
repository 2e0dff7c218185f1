import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// Kinds of tests, told apart by how long they take and what they need:
//   fast      functions, the real app over real sockets, the contracts of the store
//   journeys  real Chromium against the production build
//   long      the same, many more times: kill loops, many seeds (`npm run test:long`)
//   long-journeys  the other journeys: whole meetings, every part of a page (`npm run test:long` too)
//   screenshots  every page, for people to look at (`npm run screenshots`)
const shared = { testTimeout: 30_000, hookTimeout: 60_000 }
/** Browsers on a busy machine. */
const inBrowser = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 20_000 } } }

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        plugins: [vue()],
        test: { ...shared, name: 'fast', include: ['tests/{shared,server,client,contracts}/**/*.test.ts'] },
      },
      {
        test: {
          ...inBrowser,
          name: 'journeys',
          include: ['tests/journeys/**/*.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'screenshots',
          include: ['tests/screenshots/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          ...inBrowser,
          name: 'long-journeys',
          include: ['tests/long/journeys/*.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'long',
          include: ['tests/long/*.test.ts'],
          testTimeout: 2_400_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
