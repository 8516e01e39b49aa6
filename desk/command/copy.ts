import { join } from 'node:path'
import { BatchError } from '../../src/batch/batch-error.ts'
import { resealCopy } from '../../src/batch/copy.ts'
import { codebook } from '../../src/codebook/codebook.ts'
import { withOverlay } from '../../src/codebook/overlay.ts'
import { exportFiles } from '../../src/export/bundle.ts'
import { englishLabels } from '../../src/export/labels.ts'
import { selectCases } from '../../src/export/selection.ts'
import type { CaseRecord } from '../../src/record/case-record.ts'
import { utf8 } from '../../src/seal/bytes.ts'
import { isRecipient } from '../../src/seal/envelope.ts'
import { SealError } from '../../src/seal/seal.ts'
import { fingerprintWords } from '../../src/seal/words.ts'
import { readCopy, type ReadCopy } from '../read-copy.ts'
import { DeskError } from './desk-error.ts'
import { isThere, readBytes, writeWhole } from './files.ts'
import { issuedOverlay } from './issued-setup.ts'
import { readIdentityFile, workKeyIn, type AskPassphrase } from './key-files.ts'
import { identityOfWords, paperWords } from './paper-words.ts'
import type { Terminal } from './terminal.ts'

/** What opens the copy: the 24 words of the tablet's key for the drawer, a key file, or the organisation's key for work. */
export type Opener =
  | { readonly by: 'words'; readonly file?: string }
  | { readonly by: 'identity'; readonly path: string }
  | { readonly by: 'keys'; readonly folder: string }

export interface CopyWishes {
  /** The file of the copy. */
  readonly file: string
  readonly opener: Opener
  /** Whose own questions the tables have; the organisation's folder. */
  readonly keys?: string
  readonly out: string
  readonly labels: boolean
  readonly askPassphrase: AskPassphrase
}

/**
 * Opens a tablet's copy where there is no tablet to bring it back on: tables of what was finished, tables of what was
 * not, apart, and a report. Nothing of it is taken in or sent. Throws DeskError `not-a-copy`, `copy-of-others`, and those
 * of keys, words and files.
 */
export async function openACopy(wishes: CopyWishes, terminal: Terminal): Promise<void> {
  const { file, out, keys } = wishes
  const identities = await identitiesOf(wishes.opener, wishes.askPassphrase, terminal)
  const copy = await orSay(file, async () => await readCopy(await readBytes(file), identities))
  const asked = withOverlay(codebook, keys === undefined ? undefined : await issuedOverlay(keys))
  const options = { asked, ...(wishes.labels && { labels: englishLabels }) }
  const write = async (folder: string, records: readonly CaseRecord[]) => {
    for (const { name, text } of exportFiles(records, options)) await writeWhole(join(folder, name), text)
  }
  await write(out, copy.records)
  if (copy.unfinished.length > 0) await write(join(out, 'unfinished'), copy.unfinished)
  const report = reportOf(copy)
  await writeWhole(join(out, 'report.txt'), report)
  terminal.say(
    `${report}\nTables and report.txt are in ${out}, in the clear. Nothing was sent, and no receipt was made.`,
  )
}

/**
 * Seals a copy anew to the key of one tablet, which shows it under "Copies": for a tablet whose people do not
 * have the words. Nothing is written in the clear. Throws as `openACopy` does, and `file-exists`.
 */
export async function passOnACopy(
  { file, opener, askPassphrase, out }: Omit<CopyWishes, 'labels' | 'keys'>,
  recipient: string,
  terminal: Terminal,
): Promise<void> {
  if (!isRecipient(recipient)) throw new DeskError('usage', '--for must be the text that the tablet shows, age1….')
  if (await isThere(out)) throw new DeskError('file-exists', out)
  const identities = await identitiesOf(opener, askPassphrase, terminal)
  const sealed = await orSay(file, async () => await resealCopy(identities, await readBytes(file), [recipient]))
  await writeWhole(out, sealed)
  const words = await fingerprintWords(utf8(recipient))
  terminal.say(
    `The copy is in ${out}, sealed to one tablet, whose six words are: ${words.join(' ')}\nCompare them aloud with those on the tablet before you hand the file over. There: menu, Copies; no words are asked.`,
  )
}

async function identitiesOf(opener: Opener, ask: AskPassphrase, terminal: Terminal): Promise<readonly string[]> {
  if (opener.by === 'keys') return await readIdentityFile(workKeyIn(opener.folder), ask)
  if (opener.by === 'identity') return await readIdentityFile(opener.path, ask)
  const words = await paperWords(terminal, opener.file)
  return [identityOfWords(words, 'hybrid'), identityOfWords(words, 'x25519')]
}

async function orSay<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof SealError && cause.reason === 'cannot-open') throw new DeskError('copy-of-others', file, cause)
    if (cause instanceof SealError || cause instanceof BatchError) throw new DeskError('not-a-copy', file, cause)
    throw cause
  }
}

function reportOf({ at, deviceId, cases, records, unfinished, damaged }: ReadCopy): string {
  const { cases: shown, leftOut } = selectCases(records)
  return `${[
    `Copy of ${at}, made on the tablet ${deviceId}`,
    `Cases in it: ${cases}`,
    `  in the tables, as they were finished last: ${shown.length}`,
    `  withdrawn: ${leftOut.withdrawnCases}`,
    `  not finished, or changed since; in the folder "unfinished", as they stood: ${unfinished.length}`,
    ...(damaged > 0 ? [`Texts in it that cannot be read: ${damaged}`] : []),
  ].join('\n')}\n`
}
