import type { Person } from './room'
import type { SeededRandom } from './seededRandom'

/** A person's hand: writes word after word, resting now and then, until it is told to stop. */
export class Pen {
  written = 0
  #stopped = false
  #writing: Promise<void> | undefined
  #words: string[] = []
  #waiting = new Set<() => void>()

  constructor(
    private readonly person: Person,
    /** What tells its words from those of other times. */
    private readonly round: string,
    private readonly random: SeededRandom,
  ) {}

  start(): void {
    this.#writing = this.#write()
  }

  async #write(): Promise<void> {
    while (!this.#stopped) {
      const word = `${this.person.name}-${this.round}-${this.written + 1}.`
      await this.person.types(word)
      // A rest with the thumb on the space bar, often long enough for "Saved" to show.
      await this.person.page.keyboard.press('Space', { delay: this.random.below(900) })
      this.#words.push(word)
      this.written += 1
      for (const look of this.#waiting) look()
    }
  }

  /** Resolves when so many words are written. */
  async until(count: number): Promise<void> {
    const enough = new Promise<void>((resolve) => {
      const look = () => {
        if (this.written >= count) resolve()
      }
      this.#waiting.add(look)
      look()
    })
    await Promise.race([enough, this.#writing])
  }

  /** @returns all words it wrote */
  async stop(): Promise<string[]> {
    this.#stopped = true
    await this.#writing
    return this.#words
  }
}
