import { dirname, join } from 'node:path'
import { BatchError, readBatch } from '../../src/batch/batch.ts'
import { DeskError } from './desk-error.ts'
import { readBytes, writeWhole } from './files.ts'
import { openArrived, type OpenWishes } from './open.ts'
import { qrOf } from './qr.ts'
import type { Terminal } from './terminal.ts'

export type TakeWishes = Pick<OpenWishes, 'files' | 'labels' | 'out' | 'approved' | 'askPassphrase' | 'now'> & {
  readonly keys: string
  /** Where the answer goes; without it, into a folder under `out`. */
  readonly answer?: string
}

/**
 * Takes boxes that tablets saved as files, and writes the answer for them: one signed receipt a line, for every box that
 * was taken in, or that never can be. What came twice is answered twice, since the first answer may have been lost. Throws
 * DeskError `not-boxes` before anything is taken, where a file is not whole.
 */
export async function takeFiles(wishes: TakeWishes, terminal: Terminal): Promise<void> {
  for (const file of wishes.files) await checkWhole(file)
  const { report, summary, brought, answers } = await openArrived({ ...wishes, receipts: true, answering: true })
  terminal.say(`${report}\n${summary}\nTables and report.txt are in ${wishes.out}, in the clear.`)
  if (answers.length === 0) {
    terminal.say('\nNo answer was written: nothing in these files could be taken in. report.txt says why.')
    return
  }
  const text = `${answers.map((answer) => answer.text).join('\n')}\n`
  const path = wishes.answer ?? join(wishes.out, 'answers', nameOf(wishes.now, answers[0]?.sha256 ?? ''))
  await writeWhole(path, text)
  const named = answers.reduce((sum, { boxIds }) => sum + boxIds.length, 0)
  terminal.say(
    `\nThe answer, for ${named} of ${brought} boxes: ${path}\nCarry it back to the tablet: "Bring in an answer".`,
  )
  const code = qrOf(text.trimEnd())
  if (!code) return
  const picture = join(dirname(path), `${nameOf(wishes.now, answers[0]?.sha256 ?? '')}.svg`)
  await writeWhole(picture, code.svg)
  terminal.say(`\nThe same as a QR code: ${picture}\n\n${code.terminal}`)
}

async function checkWhole(file: string): Promise<void> {
  try {
    readBatch(await readBytes(file))
  } catch (cause) {
    if (cause instanceof BatchError) throw new DeskError('not-boxes', file, cause)
    throw cause
  }
}

/** The day alone, and enough of the digest that a second answer of the day stands beside the first. */
const nameOf = (now: Date, sha256: string): string =>
  `answer-${now.toISOString().slice(0, 10)}-${sha256.slice(0, 8)}.json`
