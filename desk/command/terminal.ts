import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Where the command reads and writes; a test brings its own. */
export interface Terminal {
  /** Whether a person sits there who can be asked. */
  readonly isInteractive: boolean
  say(text: string): void
  ask(question: string): Promise<string>
  /** Like `ask`, but what is typed is not shown. */
  askHidden(question: string): Promise<string>
}

export const processTerminal: Terminal = {
  isInteractive: process.stdin.isTTY && process.stdout.isTTY,
  say: (text) => process.stdout.write(`${text}\n`),
  ask: (question) => answerTo(question, process.stdout),
  async askHidden(question) {
    process.stdout.write(question)
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
    const answer = await answerTo('', silent)
    process.stdout.write('\n')
    return answer
  },
}

async function answerTo(question: string, output: NodeJS.WritableStream): Promise<string> {
  const lines = createInterface({ input: process.stdin, output, terminal: true })
  try {
    return await lines.question(question)
  } finally {
    lines.close()
  }
}
