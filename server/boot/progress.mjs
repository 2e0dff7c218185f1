import { paint } from './paint.mjs'

const STILL_EVERY_MS = 10_000

/**
 * Shows one long step with the seconds it has taken, so that nobody thinks it hangs:
 * a line that counts in a terminal, a line now and every ten seconds elsewhere.
 * @param {string} title what is being done, as "Installing packages"
 * @param {{ isTTY?: boolean, write(text: string): unknown }} [out]
 */
export function progress(title, out = process.stdout) {
  const { green, red, dim } = paint(out)
  const began = Date.now()
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`
  const showing = () => out.write(`\r\x1b[2K… ${title} ${dim(seconds())}`)
  if (out.isTTY) showing()
  else out.write(`… ${title}\n`)
  const timer = out.isTTY
    ? setInterval(showing, 100)
    : setInterval(() => out.write(`… ${title}: ${seconds()} so far\n`), STILL_EVERY_MS)
  timer.unref()
  /** @param {string} line */
  const end = (line) => {
    clearInterval(timer)
    out.write(`${out.isTTY ? '\r\x1b[2K' : ''}${line}\n`)
  }
  return {
    done: () => end(`${green('✓')} ${title} ${dim(seconds())}`),
    failed: () => end(`${red('✗')} ${title} ${dim(seconds())}`),
  }
}
