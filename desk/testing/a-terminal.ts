import type { Terminal } from '../command/terminal.ts'

/** A terminal whose person answers what the test says; without answers nobody sits there. */
export class ATerminal implements Terminal {
  readonly isInteractive: boolean
  readonly #answer: (question: string, said: string) => string
  said = ''

  constructor(answer?: (question: string, said: string) => string) {
    this.isInteractive = answer !== undefined
    this.#answer = answer ?? (() => '')
  }

  say(text: string): void {
    this.said += `${text}\n`
  }

  async ask(question: string): Promise<string> {
    return this.#answer(question, this.said)
  }

  async askHidden(question: string): Promise<string> {
    return this.#answer(question, this.said)
  }
}
