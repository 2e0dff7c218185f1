import { describe, expect, it } from 'vitest'
import { isOwnOrigin } from '../../../server/access/isOwnOrigin'

const HTTPS = 'https://plan.example'

describe('a page that writes or listens', () => {
  it.each([
    [undefined, 'plan.example', HTTPS, true],
    [HTTPS, 'plan.example', HTTPS, true],
    [HTTPS, 'inside.example:3000', HTTPS, true],
    ['http://plan.example', 'plan.example', HTTPS, false],
    ['https://plan.example:8443', 'plan.example', HTTPS, false],
    ['https://plan.example', 'plan.example', 'http://plan.example', false],
    ['http://192.0.2.7:3000', '192.0.2.7:3000', HTTPS, true],
    ['http://192.0.2.7:3000', '192.0.2.7:3000', null, true],
    ['https://plan.example', 'Plan.Example', null, true],
    ['http://192.0.2.7:3001', '192.0.2.7:3000', null, false],
    ['ftp://plan.example', 'plan.example', null, false],
    ['null', 'null', null, false],
  ])('[WH90] from %s at %s, with %s as the address people know, is ours: %s', (origin, host, publicUrl, own) => {
    expect(isOwnOrigin({ origin, host }, publicUrl)).toBe(own)
  })
})
