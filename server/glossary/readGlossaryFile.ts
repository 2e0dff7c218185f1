import { type Glossary, GlossaryWords } from '../../shared/glossary'
import { readCountyFile } from '../countyFile'

/**
 * The county’s own short forms, from the text of its file: JSON, what each stands for in both languages.
 *
 * @throws CountyFileProblem for the first thing that cannot be used, with its line
 */
export function readGlossaryFile(text: string): Glossary {
  return readCountyFile(text, GlossaryWords, ([short, ...rest]) =>
    short === undefined ? [] : [`"${String(short)}"`, ...rest.map(String)],
  ).said
}
