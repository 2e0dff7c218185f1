import { type RuleClocks, RuleClocksFile, withCounty } from '../../shared/ruleClocks'
import { type PlaceWords, readCountyFile } from '../countyFile'

const ONE_OF = { days: 'day', worked: 'day' } as Record<string, string>

/** `clocks, emergency, limit 2, days` */
const placeOf: PlaceWords = (path) =>
  path.map((step, i) =>
    typeof step === 'number' ? `${ONE_OF[String(path[i - 1])] ?? 'limit'} ${step + 1}` : String(step),
  )

/**
 * By when meetings have to be held here, from the text of the county’s file: JSON; what it leaves out stays as it is.
 *
 * @throws CountyFileProblem for the first thing that cannot be used, with its line
 */
export function readClocksFile(text: string): RuleClocks {
  return withCounty(readCountyFile(text, RuleClocksFile, placeOf).said)
}
