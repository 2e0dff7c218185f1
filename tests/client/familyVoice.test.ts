import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import * as Y from 'yjs'
import { AFTER_MS, useFamilyVoice } from '../../client/composables/useFamilyVoice'
import type { FamilyVoice } from '../../shared/voice'

const VOICE: FamilyVoice = { all: { lines: 4, words: 3 }, told: null, ideas: null, agreed: null }

describe('the family’s voice on the page of who leads', () => {
  const asked = vi.fn(async () => new Response(JSON.stringify(VOICE)))
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('fetch', asked)
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
    asked.mockClear()
  })

  test('[FV9] is asked for only while they look, and then once in some seconds, however much is typed', async () => {
    const scope = effectScope()
    const doc = new Y.Doc()
    const open = ref(false)
    const { learnRoutes } = await import('../../client/api')
    learnRoutes((await import('../../shared/otherRoutes')).OTHER_ROUTES)
    const voice = scope.run(() => useFamilyVoice('a'.repeat(24), shallowRef(doc), open))!
    const types = (letters: number) => {
      for (let i = 0; i < letters; i++) doc.getText('question').insert(0, 'x')
    }
    types(20)
    await vi.advanceTimersByTimeAsync(10 * AFTER_MS)
    expect(asked).not.toHaveBeenCalled()

    open.value = true
    await nextTick()
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toHaveBeenCalledTimes(1)
    expect(voice.value).toEqual(VOICE)
    for (let second = 0; second < 8; second++) {
      types(30)
      await vi.advanceTimersByTimeAsync(AFTER_MS / 4)
    }
    expect(asked).toHaveBeenCalledTimes(3)
    await vi.advanceTimersByTimeAsync(10 * AFTER_MS)
    expect(asked).toHaveBeenCalledTimes(3)

    open.value = false
    await nextTick()
    expect(voice.value).toBeNull()
    types(30)
    await vi.advanceTimersByTimeAsync(10 * AFTER_MS)
    expect(asked).toHaveBeenCalledTimes(3)
    scope.stop()
  })
})
