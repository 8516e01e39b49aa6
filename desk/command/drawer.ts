import { join } from 'node:path'
import * as z from 'zod/mini'
import { recipientKind, type RecipientKind } from '../../src/seal/age-keys.ts'
import { isRecipient, recipientFingerprint, recipientOf } from '../../src/seal/envelope.ts'
import { DeskError } from './desk-error.ts'
import { isThere, readIfThere } from './files.ts'
import { keyFiles, writeDrawerKey } from './key-files.ts'
import { identityOfWords, paperWordCount, paperWords } from './paper-words.ts'
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

/**
 * Makes the drawer's 24 words a key file again, for the day when the key for work is lost. Throws DeskError `file-exists`,
 * `no-words`, `bad-words`, `words-of-another`, and those of passphrase and files; nothing is written then.
 */
export async function drawer(wishes: DrawerWishes, terminal: Terminal): Promise<void> {
  const { out, keys } = wishes
  if (await isThere(out)) throw new DeskError('file-exists', out)
  const expected = keys === undefined ? undefined : await drawerRecipient(keys)
  const kind = (expected === undefined ? undefined : recipientKind(expected)) ?? wishes.kind
  const words = await paperWords(terminal, wishes.wordsFile)
  const identity = identityOfWords(words, kind)
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

async function found(recipient: string, kind: RecipientKind, keys: string | undefined): Promise<string> {
  const name = kind === 'hybrid' ? 'hybrid' : 'classic'
  const whose =
    keys === undefined
      ? 'Whether they belong to your organisation was not checked: name its folder with --keys for that.'
      : `They belong to the drawer of the organisation in ${keys}.`
  return `The ${paperWordCount} words are whole: their check is right. ${whose}
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
