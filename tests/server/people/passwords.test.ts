import { describe, expect, it } from 'vitest'
import { hashPassword, isPassword, storePassword } from '../../../server/people/passwords'
import { refusal } from '../../support/people'

const QUILL = { name: 'Quill Ortega-Vance', email: 'quill@county.example' }
const choose = (password: string, besideCode = false) => storePassword(password, QUILL, besideCode)

describe('choosing a password', () => {
  it.each([
    'fifteen letters',
    'ñandú, la lluvia y ellos',
    '🌧️ rain on the old roof',
    'ALLCAPITALLETTERSANDNOTHINGELSEX',
  ])('[SA1] needs no digits, capitals or signs: “%s” will do', async (password) => {
    expect(await choose(password)).toMatchObject({ passwordShort: false })
  })

  it('[SA1] fifteen letters are enough alone, fourteen are not; beside a code eight are', async () => {
    expect(await refusal(choose('fourteen words'))).toBe('account/password-short')
    expect(await choose('tin roof', true)).toMatchObject({ passwordShort: true })
    expect(await refusal(choose('tinroof', true))).toBe('account/password-short-code')
  })

  it('[SA1] counts signs, not halves of them', async () => {
    expect(await refusal(choose('🌧🌦🌨🌩🌪🌫🌬🌭🌮🌯🌰🌱🌲🌳'))).toBe('account/password-short')
    expect(await choose('🌧🌦🌨🌩🌪🌫🌬🌭🌮🌯🌰🌱🌲🌳🌴')).toBeDefined()
  })

  it('[SA1] every sign of a long one counts', async () => {
    const long = Array.from({ length: 250 }, (_, i) => String.fromCodePoint(0x4e00 + i * 7)).join('')
    const { passwordHash } = await choose(long)
    expect(await isPassword(passwordHash, long)).toBe(true)
    expect(await isPassword(passwordHash, long.slice(0, -1))).toBe(false)
  })

  it.each([
    'passwordpassword',
    'password',
    'iloveyou',
    'ourplan-demo-only',
    'OurPlan OurPlan 2027',
    'quill@county.example',
    'Quill Ortega-Vance!',
    'ortega-vance-ortega-vance',
    'quill1234567890',
    'aaaaaaaaaaaaaaaaaaaa',
    'abcdefghijklmnopqrstu',
    'qwertyuiopasdfghjkl',
    '012345678901234567890',
    'ababababababababab',
  ])('[SA2] “%s” is what others would try first', async (password) => {
    expect(await refusal(choose(password, true))).toBe('account/password-known')
  })

  it('[SA3] is the same password from every keyboard', async () => {
    const { passwordHash } = await choose('se\u0301 lo que quiero: paz')
    expect(await isPassword(passwordHash, 's\u00e9 lo que quiero: paz')).toBe(true)
    expect(await isPassword(passwordHash, 'se lo que quiero: paz')).toBe(false)
  })

  it('[SA3] is stored as argon2id, and nobody’s takes as long to look at', async () => {
    const stored = await hashPassword('a password of fifteen')
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=(\d+),t=\d+,p=\d+\$/)
    expect(Number(/m=(\d+)/.exec(stored)![1])).toBeGreaterThanOrEqual(19_456)
    const took = async (hash: string | null) => {
      const before = performance.now()
      expect(await isPassword(hash, 'not this one')).toBe(false)
      return performance.now() - before
    }
    const [known, nobody]: [number[], number[]] = [[], []]
    for (let i = 0; i < 9; i += 1) {
      known.push(await took(stored))
      nobody.push(await took(null))
    }
    // Looking at no hash takes a thousandth of looking at one; a busy machine makes less of a difference than that.
    const ratio = Math.min(...known) / Math.min(...nobody)
    expect(Math.max(ratio, 1 / ratio)).toBeLessThan(8)
  })
})
