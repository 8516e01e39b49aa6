import { randomInt } from 'node:crypto'
import type { RecipientKind } from '../../src/seal/age-keys.ts'
import { fold } from '../../src/seal/passphrase.ts'
import { fingerprintWords, identityToWords } from '../../src/seal/words.ts'
import { newOrganisationKeys, type OrganisationKeys } from '../organisation.ts'
import { DeskError } from './desk-error.ts'
import { hasKeys, keyFiles, writeKeys } from './key-files.ts'
import { newPassphrase } from './passphrase.ts'
import type { Terminal } from './terminal.ts'

export interface KeygenWishes {
  readonly out: string
  readonly kind: RecipientKind
  /** Keep the secrets without a passphrase: said by name. */
  readonly plainKeys: boolean
  readonly passphraseFile?: string
  /** The words of the drawer are not asked back: for scripts, which promise that somebody wrote them down. */
  readonly writtenDown: boolean
}

/**
 * Makes an organisation's keys. Nothing is written before the drawer's words are confirmed. Throws DeskError
 * `keys-exist`, `words-not-confirmed`, and those of passphrase and files.
 */
export async function keygen(wishes: KeygenWishes, terminal: Terminal): Promise<OrganisationKeys> {
  if (await hasKeys(wishes.out)) throw new DeskError('keys-exist', wishes.out)
  if (!wishes.writtenDown && !terminal.isInteractive) throw new DeskError('words-not-confirmed')
  const passphrase = wishes.plainKeys ? undefined : await newPassphrase(terminal, wishes.passphraseFile)
  const keys = await newOrganisationKeys(wishes.kind)
  const words = identityToWords(keys.drawer.identity)
  terminal.say(drawerSheet(words, wishes.kind))
  if (!wishes.writtenDown) await confirmWords(words, terminal)
  await writeKeys(wishes.out, keys, passphrase)
  terminal.say(await farewell(wishes, keys))
  return keys
}

const drawerSheet = (words: readonly string[], kind: RecipientKind) =>
  `The key for the drawer. Write these 24 words on paper, in this order, and lock the paper away from the other keys. It
opens every box when the key for work is lost. It is kept nowhere else and is not shown again.

${inColumns(words)}

Write beside them: ${kind === 'hybrid' ? 'hybrid' : 'classic'}.
`

function inColumns(words: readonly string[]): string {
  const cell = (i: number) => `${String(i + 1).padStart(2)} ${(words[i] ?? '').padEnd(10)}`
  const rows = Array.from({ length: Math.ceil(words.length / 4) }, (_, row) =>
    [0, 1, 2, 3].map((i) => cell(row * 4 + i)),
  )
  return rows.map((row) => `  ${row.join(' ').trimEnd()}`).join('\n')
}

/** Asks three of the words back, each until it is right, three times at most. */
async function confirmWords(words: readonly string[], terminal: Terminal): Promise<void> {
  for (const place of threePlaces(words.length)) {
    for (let attempt = 1; ; attempt++) {
      const typed = await terminal.ask(`Word ${place + 1} of your paper: `)
      if (fold(typed) === words[place]) break
      if (attempt === 3) throw new DeskError('words-not-confirmed')
      terminal.say('That is another word. Look at the paper again.')
    }
  }
}

function threePlaces(count: number): number[] {
  const places = new Set<number>()
  while (places.size < 3) places.add(randomInt(count))
  return [...places].sort((a, b) => a - b)
}

async function farewell({ out, plainKeys }: KeygenWishes, keys: OrganisationKeys): Promise<string> {
  const words = await fingerprintWords(keys.configuration.publicKey)
  const guard = plainKeys
    ? 'They have NO passphrase: whoever reads this folder can open everything.'
    : 'Each is sealed with your passphrase.'
  return `The other keys are in ${out}. ${guard}
Copy the folder to a stick and keep it apart. Move ${keyFiles.successor} to the drawer, too: it is for the day when
${keyFiles.configuration} is lost.

The organisation's six words, which each new tablet shows: ${words.join(' ')}`
}
