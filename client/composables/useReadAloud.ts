import { onScopeDispose, ref, type Ref } from 'vue'

const LOCALES = { en: 'en-US', es: 'es-US' } as const

interface ReadAloud {
  /** Whether this browser can speak at all. */
  can: boolean
  reading: Ref<boolean>
  /** Reads from the beginning; what is being read stops. */
  read: (lines: readonly string[], language: keyof typeof LOCALES) => void
  stop: () => void
}

/** The browser's own voice, on request. It stops when its page is left. */
export function useReadAloud(): ReadAloud {
  const can = 'speechSynthesis' in window && 'SpeechSynthesisUtterance' in window
  const reading = ref(false)

  function stop(): void {
    if (can) speechSynthesis.cancel()
    reading.value = false
  }

  function read(lines: readonly string[], language: keyof typeof LOCALES): void {
    stop()
    // Sentence by sentence: some browsers fall silent in a long one.
    const spoken = lines.map((line) => Object.assign(new SpeechSynthesisUtterance(line), { lang: LOCALES[language] }))
    const last = spoken.at(-1)
    if (!last) return
    last.onend = () => (reading.value = false)
    for (const one of spoken) {
      one.onerror = () => (reading.value = false)
      speechSynthesis.speak(one)
    }
    reading.value = true
  }

  onScopeDispose(stop)
  return { can, reading, read, stop }
}
