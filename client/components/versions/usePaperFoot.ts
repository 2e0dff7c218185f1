import { onUnmounted, watchEffect } from 'vue'

/** A string of CSS: whatever people called their family, it stays inside. */
const quote = (text: string) => `"${text.replace(/[\u0000-\u001f\u007f]/g, ' ').replace(/["\\]/g, '\\$&')}"`

/**
 * What stands at the foot of every printed page, where the browser allows it.
 *
 * @param left what this paper is
 * @param page words before, between and behind the number of the page and the count of pages
 */
export function usePaperFoot(left: () => string, page: () => string[]): void {
  const sheet = new CSSStyleSheet()
  watchEffect(() => {
    const [before = '', between = '', behind = ''] = page()
    const number = `${quote(before)} counter(page) ${quote(between)} counter(pages) ${quote(behind)}`
    sheet.replaceSync(`@page {
      @bottom-left { content: ${quote(left())}; width: 80%; text-align: left; font: 9pt sans-serif; }
      @bottom-right { content: ${number}; text-align: right; font: 9pt sans-serif; }
    }`)
  })
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  onUnmounted(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
  })
}
