// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { ownPath } from '../../client/signInPath'

describe('the way back after signing in', () => {
  it('[UI17] returns to the page that asked for it', () => {
    expect(ownPath('/m/64b000000000000000000001?show=people')).toBe('/m/64b000000000000000000001?show=people')
  })

  it.each([
    'https://evil.example/m/1',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    ['/a', '/b'],
    null,
    undefined,
  ])('[UI17] never leads anywhere else: %j', (wish) => {
    expect(ownPath(wish)).toBe('/')
  })
})
