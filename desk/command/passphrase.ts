import { generatePassphrase } from '../../src/seal/passphrase.ts'
import { DeskError } from './desk-error.ts'
import { readBytes } from './files.ts'
import type { AskPassphrase } from './key-files.ts'
import type { Terminal } from './terminal.ts'

/** Shorter ones are refused; six generated words are stronger. */
const least = 14

/**
 * The passphrase of `what`: asked once, from a file or the person at the terminal, and remembered for the run.
 */
export function passphraseFrom(terminal: Terminal, file: string | undefined, what = 'the keys'): AskPassphrase {
  let asked: Promise<string> | undefined
  return () => (asked ??= file === undefined ? askOne(terminal, what) : readFirstLine(file))
}

/** A new passphrase: from a file, or typed twice; nothing typed means six generated words, which are then shown. */
export async function newPassphrase(terminal: Terminal, file: string | undefined): Promise<string> {
  const passphrase = file === undefined ? await chooseOne(terminal) : await readFirstLine(file)
  if (passphrase.length < least) throw new DeskError('passphrase-too-short')
  return passphrase
}

async function askOne(terminal: Terminal, what: string): Promise<string> {
  if (!terminal.isInteractive) throw new DeskError('no-passphrase')
  return terminal.askHidden(`Passphrase of ${what}: `)
}

async function chooseOne(terminal: Terminal): Promise<string> {
  if (!terminal.isInteractive) throw new DeskError('no-passphrase')
  const typed = await terminal.askHidden(
    `Passphrase for the keys (${least} signs or more; empty: six words are made): `,
  )
  const passphrase = typed === '' ? generatePassphrase(6) : typed
  if (typed === '')
    terminal.say(`The passphrase is:\n\n  ${passphrase}\n\nLearn it, or keep it where the keys are not.`)
  if ((await terminal.askHidden('The same again: ')) !== passphrase) throw new DeskError('passphrases-differ')
  return passphrase
}

async function readFirstLine(file: string): Promise<string> {
  const text = new TextDecoder().decode(await readBytes(file))
  return text.split(/\r?\n/, 1)[0] ?? ''
}
