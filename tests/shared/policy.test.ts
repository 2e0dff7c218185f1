import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { listPolicy, policyTable } from '../../shared/policy'
import { ACTIONS, can, GATED, isAboutSection, PHASES, SECTIONS, STANDINGS } from '../../shared/roles'

const policy = (...args: string[]) =>
  spawnSync(process.execPath, ['server/policy/policy.mjs', ...args], { encoding: 'utf8' })

describe('the policy in print', () => {
  it('[AC62] has a cell for every action, role, section and phase, each once, as the rules answer it', () => {
    const cells = listPolicy()
    const keys = cells.map(({ action, role, section, phase }) => [action, role, section, phase].join(' '))
    expect(new Set(keys).size).toBe(cells.length)
    const withPhases = ACTIONS.filter((action) => cells.some((cell) => cell.action === action && cell.phase))
    const about = ACTIONS.filter(isAboutSection)
    const outside = ACTIONS.length - withPhases.length
    const whole = withPhases.length - about.length
    expect(cells).toHaveLength(
      STANDINGS.length * (about.length * SECTIONS.length * PHASES.length + whole * PHASES.length + outside),
    )
    for (const { action, role, section, phase, allowed } of cells) {
      const place = phase ? { phase, section: section ?? undefined } : undefined
      expect(allowed).toBe(can(role, action, place))
    }
  })

  it('[AC62] no role alone opens a section that needs a release', () => {
    const gated = listPolicy().filter(({ section }) => (GATED as readonly (string | null)[]).includes(section))
    expect(gated.length).toBeGreaterThan(0)
    expect(gated.filter(({ allowed }) => allowed)).toEqual([])
    expect(gated.some(({ withRelease }) => withRelease)).toBe(true)
  })

  it('[AC62] the command prints JSON alone, and with --table the tables of SECURITY.md', () => {
    const printed = policy()
    expect(printed.status).toBe(0)
    expect(JSON.parse(printed.stdout)).toEqual(listPolicy())
    expect(policy('--table').stdout).toBe(`${policyTable()}\n`)
    const page = readFileSync('SECURITY.md', 'utf8')
    expect(page).toContain(`<!-- policy -->\n\n${policyTable()}\n\n<!-- /policy -->`)
  })
})
