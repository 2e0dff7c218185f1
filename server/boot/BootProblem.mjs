/** Something a person can put right: its message is a whole sentence for them, shown without a stack. */
export class BootProblem extends Error {
  /**
   * @param {string} sentence
   * @param {string[]} [evidence] lines of output that show the cause, printed above the sentence
   * @param {number} [exitCode]
   */
  constructor(sentence, evidence = [], exitCode = 1) {
    super(sentence)
    this.name = 'BootProblem'
    this.evidence = evidence
    this.exitCode = exitCode
  }
}
