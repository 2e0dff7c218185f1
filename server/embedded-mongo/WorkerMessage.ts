export type WorkerOptions = { dataDir: string; waitMs: number }

/** What the store's thread tells those who started it. */
export type WorkerMessage = { waiting: number } | { failed: string } | { uri: string } | { closed: true }
