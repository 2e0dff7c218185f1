/**
 * Colours for a terminal; plain text for a file, a pipe or a person who set NO_COLOR.
 * @param {{ isTTY?: boolean }} out
 */
export function paint(out) {
  const colours = Boolean(out.isTTY) && !process.env.NO_COLOR
  /** @param {number} code @returns {(text: string) => string} */
  const style = (code) => (text) => (colours ? `\x1b[${code}m${text}\x1b[0m` : text)
  return { bold: style(1), dim: style(2), red: style(31), green: style(32), yellow: style(33), cyan: style(36) }
}
