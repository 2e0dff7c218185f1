import { ConfigProblem, readConfig } from './config'
import { rotateKeys } from './rotateKeys'

try {
  if (process.argv[2] !== 'rotate') throw new ConfigProblem('Say what to do with the keys: npm run keys -- rotate')
  console.log(await rotateKeys(readConfig(process.env)))
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
