const LOOK_EVERY_MS = 500

/**
 * Makes `kill` on npm stop what npm started. npm runs a script through a shell, passes the signal to the shell, and the
 * shell ends without telling anybody: what is left to see is that our parent is another one.
 */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const looking = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(looking)
    process.kill(process.pid, 'SIGTERM')
  }, LOOK_EVERY_MS)
  looking.unref()
}
