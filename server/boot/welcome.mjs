import { networkInterfaces } from 'node:os'

/**
 * What the app says when it can be used.
 * @typedef {{
 *   stage: 'ready', local: string, network: string[], database: string, keyNotice: string | null, fingerprint: string,
 *   firstAdmin: string | null,
 *   demo: {
 *     password: string,
 *     people: { email: string, name: string, role: string }[],
 *     meetings: { title: string, joinUrl: string }[],
 *   } | null,
 * }} Ready
 */

/**
 * Everything that somebody needs next, as text for a terminal.
 * @param {Ready} ready
 * @param {{ log: string, seconds: number, colours: ReturnType<typeof import('./paint.mjs').paint> }} context
 */
export function welcome(ready, { log, seconds, colours: { bold, dim, green, cyan, yellow } }) {
  const lines = [
    '',
    `${green(bold('OurPlan is ready'))} ${dim(`(${seconds.toFixed(1)} s)`)}`,
    '',
    `  On this machine   ${cyan(ready.local)}`,
    ...(ready.network.length > 0
      ? ready.network.map((address) => `  On phones         ${cyan(address)}  ${dim('same Wi-Fi')}`)
      : [`  On phones         ${yellow(whyNoPhones())}`]),
    `  Database          ${ready.database}`,
    `  Log               ${log}`,
    `  Seals are signed  by key ${ready.fingerprint}`,
    ...(ready.keyNotice === null ? [] : [`  ${yellow(ready.keyNotice)}`]),
    ...(ready.firstAdmin === null
      ? []
      : ['', `  ${bold('First administrator')}  ${cyan(ready.firstAdmin)}  ${dim('works once')}`]),
    ...(ready.demo === null ? [] : demoLines(ready.demo, bold, cyan)),
    '',
    dim('  Ctrl+C stops it. Everything is kept for the next start.'),
    '',
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/**
 * @param {NonNullable<Ready['demo']>} demo
 * @param {(text: string) => string} bold
 * @param {(text: string) => string} cyan
 */
function demoLines({ password, people, meetings }, bold, cyan) {
  const width = Math.max(...people.map(({ email }) => email.length))
  return [
    '',
    ...meetings.flatMap(({ title, joinUrl }) => [`  ${bold('Join as family')}    ${title}: ${cyan(joinUrl)}`]),
    '',
    `  ${bold('Sign in as staff')}  the password of all of them is ${bold(password)}`,
    ...people.map(({ email, name, role }) => `    ${email.padEnd(width)}   ${name}, ${role}`),
  ]
}

/** Loopback by choice, or a machine without a network: told apart by whether there is an address to offer. */
function whyNoPhones() {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return addresses.some(({ internal, family }) => !internal && family === 'IPv4')
    ? 'cannot reach this: only this machine is served. To let phones in: HOST=0.0.0.0 npm start'
    : 'cannot reach this: the machine is in no network. Join a Wi-Fi and start again.'
}
