import { listPolicy, policyTable } from '../../shared/policy'

const text = process.argv.includes('--table') ? policyTable() : JSON.stringify(listPolicy(), null, 1)
process.stdout.write(`${text}\n`)
