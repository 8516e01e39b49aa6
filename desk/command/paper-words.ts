import type { RecipientKind } from '../../src/seal/age-keys.ts'
import { completeWord, fold } from '../../src/seal/passphrase.ts'
import { SealError } from '../../src/seal/seal.ts'
import { wordsToIdentity } from '../../src/seal/words.ts'
import { DeskError } from './desk-error.ts'
import { readBytes } from './files.ts'
import type { Terminal } from './terminal.ts'

export const paperWordCount = 24

/** The age identity of 24 words in order. Throws DeskError `bad-words`. */
export function identityOfWords(words: readonly string[], kind: RecipientKind): string {
  try {
    return wordsToIdentity(words, kind)
  } catch (cause) {
    if (!(cause instanceof SealError)) throw cause
    throw new DeskError('bad-words', whyBad(words), cause)
  }
}

function whyBad(words: readonly string[]): string {
  if (words.length !== paperWordCount) return `These are ${words.length} words; the paper has ${paperWordCount}.`
  const place = words.findIndex((word) => !isListed(word))
  if (place >= 0) return `Word ${place + 1} is not in the list of words.`
  return 'Each word is in the list, but together they fail the check: one is another, or two have changed places.'
}

/** Four letters of a word are enough. */
const isListed = (typed: string): boolean => {
  const [first] = completeWord(typed, 1)
  return first !== undefined && (first === fold(typed) || fold(typed).length >= 4)
}

/**
 * The words of a key for the drawer, asked for one by one, or from a file with the numbers of the sheet or without.
 * Throws DeskError `no-words`, `bad-words` and `cannot-read`.
 */
export async function paperWords(terminal: Terminal, file?: string): Promise<readonly string[]> {
  return file === undefined ? await askWords(terminal) : wordsOf(new TextDecoder().decode(await readBytes(file)))
}

/** Asks word by word; whoever types several at once is asked for the rest. */
async function askWords(terminal: Terminal): Promise<string[]> {
  if (!terminal.isInteractive) throw new DeskError('no-words')
  terminal.say(`Type the ${paperWordCount} words of the paper, one at a time; four letters of a word are enough.`)
  const words: string[] = []
  let wrong = 0
  while (words.length < paperWordCount) {
    const typed = wordsOf(await terminal.ask(`Word ${words.length + 1} of ${paperWordCount}: `))
    if (typed.length > 0 && typed.every(isListed)) words.push(...typed)
    else if (++wrong < patience) terminal.say('That is no word of the list. Look at the paper again.')
    else throw new DeskError('bad-words', `Word ${words.length + 1} is not in the list of words.`)
  }
  return words
}

const patience = 20

/** The numbers before the words, as on the sheet, are left out. */
const wordsOf = (text: string): string[] =>
  text.split(/[\s,]+/).filter((word) => word !== '' && !/^\d{1,2}[.)]?$/.test(word))
