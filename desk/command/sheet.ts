import { BatchError } from '../../src/batch/batch-error.ts'
import { lostNumberOf } from '../../src/batch/lost-number.ts'
import { writeSheet } from '../../src/batch/setup-sheet.ts'
import { configFingerprint, writeSetup } from '../../src/batch/setup.ts'
import { sha256HexOf } from '../../src/seal/digest.ts'
import { DeskError } from './desk-error.ts'
import { writeWhole } from './files.ts'
import { readIssued } from './issued-setup.ts'
import { readSigningRoom, type AskPassphrase } from './key-files.ts'
import { readKnownReceiver } from './known-receiver.ts'
import { ReceiverClient } from './receiver-client.ts'
import { sheetPage } from './sheet-page.ts'
import type { SheetLanguage } from './sheet-words.ts'
import type { Terminal } from './terminal.ts'

export interface SheetWishes {
  readonly keys: string
  /** The page's file. */
  readonly out: string
  readonly appUrl: string
  readonly languages: readonly SheetLanguage[]
  readonly telephone?: string
  /** A code that the receiver's operator made, and the last day of it; without one the receiver makes it. */
  readonly code?: { readonly code: string; readonly lastDay: Date }
  /** The desk's token, where it is not kept beside the keys. */
  readonly token?: string
  readonly askPassphrase: AskPassphrase
}

/**
 * Writes the page that sets one tablet up without a network: the configuration that was issued last and an enrolment code.
 * Throws DeskError `no-configuration`, `sheet-too-large`, and those of keys, files and receiver.
 */
export async function makeSheet(wishes: SheetWishes, terminal: Terminal): Promise<void> {
  const { keys, out, appUrl, languages, telephone } = wishes
  const issued = await readIssued(keys, await readSigningRoom(keys, wishes.askPassphrase))
  if (issued === undefined) throw new DeskError('no-configuration', keys)
  const { configuration, configurationText, profileText } = issued
  const document = writeSetup({ configuration: configurationText, profile: profileText })
  // Before the receiver makes a code that no page could bear.
  await partsOf(document, 'A'.repeat(22))
  const { code, lastDay } = wishes.code ?? (await newCode(keys, configuration.endpoint, wishes.token))
  const [words, lostNumber] = [await configFingerprint(configuration), lostNumberOf(await sha256HexOf(code))]
  const parts = await partsOf(document, code)
  const page = { label: configuration.label, appUrl, parts, words, lastDay, lostNumber, languages }
  await writeWhole(out, sheetPage({ ...page, ...(telephone !== undefined && { telephone }) }))
  terminal.say(`${out} sets one tablet up, with or without a network. Print it on one page of A4, in its own size, and give it to nobody else:
until a tablet has used its code, whoever holds the page can send to you.

The six words that the tablet must show: ${words.join(' ')}
The number of its lost-tablet card: ${lostNumber}. "receiver lost" stops the tablet that says it; note whose it is.`)
}

async function partsOf(document: string, code: string): Promise<string[]> {
  try {
    return await writeSheet({ document, code })
  } catch (cause) {
    if (cause instanceof BatchError && cause.reason === 'too-large') throw new DeskError('sheet-too-large', '', cause)
    throw cause
  }
}

/** The receiver counts to the minute: what is printed is the day before, which is good to its end. */
async function newCode(keys: string, endpoint: string, given: string | undefined) {
  const token = given ?? (await tokenBeside(keys, endpoint))
  const { code, expiresAt } = await new ReceiverClient(endpoint, token).newCode()
  return { code, lastDay: new Date(expiresAt.getTime() - 24 * 60 * 60 * 1000) }
}

async function tokenBeside(keys: string, endpoint: string): Promise<string> {
  const known = await readKnownReceiver(keys)
  if (known?.endpoint === endpoint) return known.token
  throw new DeskError('usage', '--token is missing, or --code with --until.')
}
