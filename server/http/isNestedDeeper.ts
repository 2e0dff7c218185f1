const QUOTE = '"'.charCodeAt(0)
const BACKSLASH = '\\'.charCodeAt(0)
const OPENS = ['{', '['].map((sign) => sign.charCodeAt(0))
const CLOSES = ['}', ']'].map((sign) => sign.charCodeAt(0))

/**
 * Are there more lists and objects inside one another than that? Told by one look at the bytes, before anything is
 * made of them.
 *
 * @param json in UTF-8, where every byte of another sign is above all of these
 */
export function isNestedDeeper(json: Uint8Array, max: number): boolean {
  let depth = 0
  let inWords = false
  for (let i = 0; i < json.length; i += 1) {
    const byte = json[i]!
    if (byte === BACKSLASH && inWords) i += 1
    else if (byte === QUOTE) inWords = !inWords
    else if (inWords) continue
    else if (OPENS.includes(byte)) depth += 1
    else if (CLOSES.includes(byte)) depth -= 1
    if (depth > max) return true
  }
  return false
}
