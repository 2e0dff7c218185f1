import { h, type FunctionalComponent } from 'vue'

/** Words that were or are now, marked as such; the spaces around them are no part of the mark. */
export const MarkedWords: FunctionalComponent<{ side: 'was' | 'now'; text: string }> = ({ side, text }, { slots }) => {
  const words = text.trim()
  const [before, after] = [text.slice(0, text.indexOf(words)), text.slice(text.indexOf(words) + words.length)]
  if (!words) return text
  return [before, h(side === 'was' ? 'del' : 'ins', { class: side }, [slots['default']?.(), words]), after]
}
MarkedWords.props = ['side', 'text']
