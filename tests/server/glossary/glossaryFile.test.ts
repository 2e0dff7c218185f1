import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../../server/config'
import { readGlossaryFile } from '../../../server/glossary/readGlossaryFile'
import { findShortForms } from '../../../shared/glossary'

const DPO = { en: 'the office for fathers', es: 'la oficina de los padres' }
const text = (words: unknown) => JSON.stringify(words, null, 2)
function problem(words: unknown): string {
  try {
    readGlossaryFile(typeof words === 'string' ? words : text(words))
  } catch (error) {
    return (error as Error).message
  }
  return 'no problem'
}

describe('a county’s own short forms', () => {
  let folder: string
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'ourplan-glossary-'))))
  afterAll(() => rm(folder, { recursive: true }))

  it('[WA32] come from a file, and stand before those of the field', async () => {
    const file = join(folder, 'glossary.json')
    await writeFile(file, text({ DPO, GAL: { en: 'our advocate', es: 'nuestra defensora' } }))
    const { glossary } = readConfig({ OURPLAN_GLOSSARY: file })
    const said = findShortForms('The GAL asks the DPO and CASA', 'en', glossary).map(({ short, says }) => [short, says])
    expect(said).toEqual([
      ['GAL', 'our advocate'],
      ['DPO', 'the office for fathers'],
      ['CASA', 'a volunteer who speaks up for a child in court'],
    ])
    expect(readConfig({}).glossary).toEqual({})
  })

  it('[WA32] stop the start where they cannot be used, with the line and what would be right', () => {
    expect(problem({ DPO, CAN: { en: 'a list' } })).toBe('line 6, "CAN", es: is missing')
    expect(problem({ DPO, CAN: { ...DPO, fr: 'la liste' } })).toBe('line 6, "CAN": "fr" is not known here')
    expect(problem({ DPO: { ...DPO, es: ' ' } })).toBe('line 4, "DPO", es: is empty')
    expect(problem({ 'Dp-o': DPO })).toBe('line 2, "Dp-o": must be two to six capital letters, as it stands in plans')
    expect(problem('{"DPO": ')).toMatch(/^line 1: this is not JSON/)
    expect(() => readConfig({ OURPLAN_GLOSSARY: join(folder, 'nothing.json') })).toThrow(
      /OURPLAN_GLOSSARY, .*nothing\.json: it cannot be read\./,
    )
  })
})
