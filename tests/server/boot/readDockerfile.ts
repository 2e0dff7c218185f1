import { readFileSync } from 'node:fs'

/** A copy into the image: from another stage, or from the project when `from` is null. */
export interface Copy {
  from: string | null
  sources: string[]
  target: string
}

export interface Stage {
  name: string
  image: string
  /** What fills the stage, in order: copies, and commands that run. */
  steps: (Copy | string)[]
  env: Record<string, string>
  user: string | null
  command: string[]
  healthcheck: string[]
}

/** The stages of a Dockerfile, as far as tests look at them; the last is the image that ships. */
export function readDockerfile(path: string): Stage[] {
  const lines = readFileSync(path, 'utf8')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
  const stages: Stage[] = []
  for (const line of lines) {
    const [, instruction = '', rest = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? []
    if (instruction === 'FROM') {
      const [image = '', , name = ''] = rest.split(' ')
      const empty = { steps: [], env: {}, user: null, command: [], healthcheck: [] }
      stages.push({ name, image, ...empty })
    } else if (instruction) read(stages.at(-1)!, instruction, rest)
  }
  return stages
}

export const copiesOf = ({ steps }: Stage) => steps.filter((step) => typeof step !== 'string')

function read(stage: Stage, instruction: string, rest: string) {
  if (instruction === 'COPY') {
    const words = rest.split(' ')
    const from = words[0]?.startsWith('--from=') ? words.shift()!.slice('--from='.length) : null
    stage.steps.push({ from, target: words.pop()!, sources: words })
  }
  if (instruction === 'RUN') stage.steps.push(rest)
  if (instruction === 'ENV')
    Object.assign(stage.env, Object.fromEntries(rest.split(' ').map((pair) => pair.split('='))))
  if (instruction === 'USER') stage.user = rest
  if (instruction === 'CMD') stage.command = JSON.parse(rest)
  if (instruction === 'HEALTHCHECK') stage.healthcheck = JSON.parse(rest.slice(rest.indexOf('[')))
}
