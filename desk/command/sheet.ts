import { BatchError } from '../../src/batch/batch-error.ts'
import { hasReceiver, type Configuration } from '../../src/batch/configuration.ts'
import { lostNumberOf } from '../../src/batch/lost-number.ts'
import { writeSheet } from '../../src/batch/setup-sheet.ts'
import { configFingerprint, writeSetup } from '../../src/batch/setup.ts'
import { sha256HexOf } from '../../src/seal/digest.ts'
import { wordsIn } from '../../src/seal/own-words.ts'
import { DeskError } from './desk-error.ts'
import { writeWhole } from './files.ts'
import { readIssued } from './issued-setup.ts'
import { readSigningRoom, type AskPassphrase } from './key-files.ts'
import { readKnownReceiver } from './known-receiver.ts'
import { ReceiverClient } from './receiver-client.ts'
import { sheetPage, type SheetPage } from './sheet-page.ts'
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
  const words = await configFingerprint(configuration)
  const oneTablet = await codeFor(configuration, wishes, document)
  const parts = await partsOf(document, oneTablet?.code)
  const ownWords = await wordsOfThePage(languages, words)
  const page = { label: configuration.label, appUrl, parts, words, ownWords, languages }
  const more = { ...(telephone !== undefined && { telephone }), ...(oneTablet && { oneTablet }) }
  await writeWhole(out, sheetPage({ ...page, ...more }))
  terminal.say(`${out} sets ${oneTablet ? 'one tablet' : 'any number of tablets'} up, with or without a network. Print it on one page of A4, in its own size, and give it to nobody else:
${oneTablet ? 'until a tablet has used its code, whoever holds the page can send to you.' : 'whoever holds the page can seal files to you; report.txt lists every new account.'}

The six words that the tablet must show: ${words.join(' ')}
${oneTablet ? `The number of its lost-tablet card: ${oneTablet.lostNumber}. "receiver lost" stops the tablet that says it; note whose it is.` : 'There is no lost-tablet card: without a receiver nothing is sent that could be stopped.'}`)
}

/** What makes a sheet one tablet's own. Without a receiver there is nothing to be let into, and any tablet may take it. */
async function codeFor(
  configuration: Configuration,
  { keys, code: given, token }: SheetWishes,
  document: string,
): Promise<(SheetPage['oneTablet'] & { readonly code: string }) | undefined> {
  if (!hasReceiver(configuration)) {
    if (given) throw new DeskError('usage', '--code belongs to a receiver, and the configuration names none.')
    return undefined
  }
  // Before the receiver makes a code that no page could bear.
  await partsOf(document, 'A'.repeat(22))
  const { code, lastDay } = given ?? (await newCode(keys, configuration.endpoint, token))
  return { code, lastDay, lostNumber: lostNumberOf(await sha256HexOf(code)) }
}

async function wordsOfThePage(languages: readonly SheetLanguage[], english: readonly string[]) {
  const found = await Promise.all(
    languages.map(async (language) => ({ language, words: await wordsIn(language, english) })),
  )
  return found.flatMap(({ language, words }) => (words ? [{ language, words }] : []))
}

async function partsOf(document: string, code: string | undefined): Promise<string[]> {
  try {
    return await writeSheet({ document, ...(code !== undefined && { code }) })
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
