// Runs in every page of a journey before the page's own scripts, and keeps what only the page itself can see in time.
// Plain JavaScript: it is given to the browser as it stands here.
window.journal = {
  /** When a key last changed a field, in milliseconds of the machine's clock. */
  typedAt: 0,
  /** Every word that stood in a field while somebody wrote in it. */
  written: new Set(),
  /** When something was last pressed. */
  pressedAt: 0,
  /** Every state the saved badge showed, in order: { badge, words, at }. */
  badges: [],
  /** Every word that stood in a field at a moment in which the badge said "Saved". */
  acknowledged: new Set(),

  /** Can these words be read on the page now, in a field or beside it? */
  reads(words) {
    const fields = [...document.querySelectorAll('textarea, input')]
    const written = fields.some((field) => field.value.includes(words) && field.checkVisibility())
    return written || (document.body?.innerText ?? '').includes(words)
  },

  /** Does a paragraph with exactly these words stand in the window now, with nothing over it? */
  inSight(words) {
    return [...document.querySelectorAll('p')].some((paragraph) => {
      const { left, top, width, height } = paragraph.getBoundingClientRect()
      const middle = document.elementFromPoint(left + width / 2, top + height / 2)
      return paragraph.innerText.trim() === words && paragraph.contains(middle)
    })
  },

  /** Resolves with the time of the first drawn frame in which `words` can be read. */
  whenRead(words) {
    return new Promise((resolve) => {
      const look = () => {
        if (!window.journal.reads(words)) return requestAnimationFrame(look)
        resolve(Date.now())
      }
      look()
    })
  },
}

addEventListener(
  'input',
  ({ target }) => {
    window.journal.typedAt = Date.now()
    for (const word of target.value.split(/\s+/)) if (word) window.journal.written.add(word)
  },
  { capture: true },
)
addEventListener('click', () => (window.journal.pressedAt = Date.now()), { capture: true })

function noteBadge() {
  const badge = document.querySelector('[data-badge]')
  if (!badge) return
  const { badges, acknowledged } = window.journal
  const now = badge.dataset.badge
  if (badges.at(-1)?.badge === now) return
  const words = [...badge.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
  badges.push({ badge: now, words: words.map(({ data }) => data.trim()).join(''), at: Date.now() })
  if (now !== 'saved') return
  for (const field of document.querySelectorAll('textarea'))
    for (const word of field.value.split(/\s+/)) if (word) acknowledged.add(word)
}

new MutationObserver(noteBadge).observe(document, {
  subtree: true,
  childList: true,
  characterData: true,
  attributeFilter: ['data-badge'],
})
