import { join } from 'node:path'
import * as z from 'zod/mini'
import { recipientKind, type RecipientKind } from '../../src/seal/age-keys.ts'
import { isRecipient, recipientFingerprint, recipientOf } from '../../src/seal/envelope.ts'
import { completeWord, fold } from '../../src/seal/passphrase.ts'
import { SealError } from '../../src/seal/seal.ts'
import { wordsToIdentity } from '../../src/seal/words.ts'
import { DeskError } from './desk-error.ts'
import { isThere, readBytes, readIfThere } from './files.ts'
import { keyFiles, writeDrawerKey } from './key-files.ts'
import { newPassphrase } from './passphrase.ts'
import type { Terminal } from './terminal.ts'

export interface DrawerWishes {
  /** The key file to make; never one that is there. */
  readonly out: string
  /** What stands beside the words on the paper; `keys` knows better. */
  readonly kind: RecipientKind
  /** The organisation's folder: the words must belong to its drawer. */
  readonly keys?: string
  /** The words in a file, for scripts; else they are asked. */
  readonly wordsFile?: string
  /** Keep the key without a passphrase: said by name. */
  readonly plainKeys: boolean
  readonly passphraseFile?: string
}

const count = 24

/**
 * Makes the drawer's 24 words a key file again, for the day when the key for work is lost. Throws DeskError `file-exists`,
 * `no-words`, `bad-words`, `words-of-another`, and those of passphrase and files; nothing is written then.
 */
export async function drawer(wishes: DrawerWishes, terminal: Terminal): Promise<void> {
  const { out, keys } = wishes
  if (await isThere(out)) throw new DeskError('file-exists', out)
  const expected = keys === undefined ? undefined : await drawerRecipient(keys)
  const kind = (expected === undefined ? undefined : recipientKind(expected)) ?? wishes.kind
  const words = wishes.wordsFile === undefined ? await askWords(terminal) : await wordsIn(wishes.wordsFile)
  const identity = identityOf(words, kind)
  const recipient = await recipientOf(identity)
  if (expected !== undefined && recipient !== expected) throw new DeskError('words-of-another', keys)
  terminal.say(await found(recipient, kind, keys))
  const passphrase = wishes.plainKeys ? undefined : await newPassphrase(terminal, wishes.passphraseFile)
  await writeDrawerKey(out, { identity, recipient }, passphrase)
  terminal.say(farewell(wishes))
}

/** As keygen wrote it beside the keys. Throws DeskError `no-organisation`. */
async function drawerRecipient(folder: string): Promise<string> {
  const path = join(folder, keyFiles.about)
  const bytes = await readIfThere(path)
  try {
    return aboutSchema.parse(JSON.parse(new TextDecoder().decode(bytes))).recipients.drawer
  } catch (cause) {
    throw new DeskError('no-organisation', path, cause)
  }
}

const aboutSchema = z.object({ recipients: z.object({ drawer: z.string().check(z.refine(isRecipient)) }) })

function identityOf(words: readonly string[], kind: RecipientKind): string {
  try {
    return wordsToIdentity(words, kind)
  } catch (cause) {
    if (!(cause instanceof SealError)) throw cause
    throw new DeskError('bad-words', whyBad(words), cause)
  }
}

function whyBad(words: readonly string[]): string {
  if (words.length !== count) return `These are ${words.length} words; the paper has ${count}.`
  const place = words.findIndex((word) => !isListed(word))
  if (place >= 0) return `Word ${place + 1} is not in the list of words.`
  return 'Each word is in the list, but together they fail the check: one is another, or two have changed places.'
}

/** Four letters of a word are enough. */
const isListed = (typed: string): boolean => {
  const [first] = completeWord(typed, 1)
  return first !== undefined && (first === fold(typed) || fold(typed).length >= 4)
}

/** Asks word by word; whoever types several at once is asked for the rest. */
async function askWords(terminal: Terminal): Promise<string[]> {
  if (!terminal.isInteractive) throw new DeskError('no-words')
  terminal.say(`Type the ${count} words of the paper, one at a time; four letters of a word are enough.`)
  const words: string[] = []
  let wrong = 0
  while (words.length < count) {
    const typed = wordsOf(await terminal.ask(`Word ${words.length + 1} of ${count}: `))
    if (typed.length > 0 && typed.every(isListed)) words.push(...typed)
    else if (++wrong < patience) terminal.say('That is no word of the list. Look at the paper again.')
    else throw new DeskError('bad-words', `Word ${words.length + 1} is not in the list of words.`)
  }
  return words
}

const patience = 20

async function wordsIn(file: string): Promise<string[]> {
  return wordsOf(new TextDecoder().decode(await readBytes(file)))
}

/** The numbers before the words, as on the sheet, are left out. */
const wordsOf = (text: string): string[] =>
  text.split(/[\s,]+/).filter((word) => word !== '' && !/^\d{1,2}[.)]?$/.test(word))

async function found(recipient: string, kind: RecipientKind, keys: string | undefined): Promise<string> {
  const name = kind === 'hybrid' ? 'hybrid' : 'classic'
  const whose =
    keys === undefined
      ? 'Whether they belong to your organisation was not checked: name its folder with --keys for that.'
      : `They belong to the drawer of the organisation in ${keys}.`
  return `The ${count} words are whole: their check is right. ${whose}
The key is ${name}; its fingerprint is ${await recipientFingerprint(recipient)}.
`
}

const farewell = ({ out, keys, plainKeys }: DrawerWishes) =>
  `The key for the drawer is in ${out}. ${
    plainKeys
      ? 'It has NO passphrase: whoever reads this file can open everything.'
      : 'It is sealed with the passphrase that was just given.'
  }
It opens every box that was sealed for the organisation. Lock the paper away again, and open what arrived with

  npm run desk -- open --keys ${keys ?? 'FOLDER'} --identity ${out} --out FOLDER`
