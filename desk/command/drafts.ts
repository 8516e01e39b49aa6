import { sealCopy } from '../../src/batch/copy.ts'
import { momentNow } from '../../src/record/moment.ts'
import { showCaseCode } from '../../src/record/ids.ts'
import { utf8 } from '../../src/seal/bytes.ts'
import { isRecipient } from '../../src/seal/envelope.ts'
import { fingerprintWords } from '../../src/seal/words.ts'
import { giveBack } from '../drafts.ts'
import { openBoxes, type Opened } from '../open-boxes.ts'
import { BoxStore } from './box-store.ts'
import { DeskError } from './desk-error.ts'
import { isThere, writeWhole } from './files.ts'
import { readIdentityFile, workKeyIn, type AskPassphrase } from './key-files.ts'
import type { Terminal } from './terminal.ts'

export interface DraftsWishes {
  readonly keys: string
  /** The folder that "open" fetches into. */
  readonly from: string
  /** The recipient that the new tablet shows. */
  readonly recipient: string
  /** The tablet that is gone; needed where the drafts of several are here. */
  readonly device?: string
  readonly out: string
  readonly askPassphrase: AskPassphrase
  readonly now: Date
}

/**
 * Gives the drafts of a tablet that is gone to one new tablet, as a copy that only this one opens. Nothing is written in
 * the clear, nothing is taken in or counted. Throws DeskError `usage`, `file-exists`, `no-drafts`, `several-tablets`.
 */
export async function handDraftsBack(wishes: DraftsWishes, terminal: Terminal): Promise<void> {
  const { keys, from, recipient, out } = wishes
  if (!isRecipient(recipient)) throw new DeskError('usage', '--for must be the text that the tablet shows, age1….')
  if (await isThere(out)) throw new DeskError('file-exists', out)
  if (!(await isThere(from))) throw new DeskError('cannot-read', from)
  const identities = await readIdentityFile(workKeyIn(keys), wishes.askPassphrase)
  const store = await BoxStore.open(from)
  const opened = await openBoxes(await store.all(), identities, { ...store.known, revisions: [] })
  const device = deviceOf(opened, wishes.device)
  const { copy, missing } = giveBack(opened, device, momentNow(wishes.now))
  await writeWhole(out, await sealCopy([recipient], copy))
  const words = await fingerprintWords(utf8(recipient))
  terminal.say(
    [
      `${copy.cases.length === 1 ? '1 draft' : `${copy.cases.length} drafts`} of the tablet ${device} in ${out}, sealed to one tablet, whose six words are: ${words.join(' ')}`,
      'Compare them aloud with those on the tablet before you hand the file over. There: menu, Copies; no words are asked.',
      'Marks are not in it: they never leave a tablet.',
      ...missing.map(
        ({ code, revision }) =>
          `Case ${showCaseCode(code)} comes back without its version ${revision}, which is not here. It may still be on its way.`,
      ),
    ].join('\n'),
  )
}

function deviceOf({ safe }: Pick<Opened, 'safe'>, wanted: string | undefined): string {
  const devices = [...new Set(safe.map(({ deviceId }) => deviceId))]
  if (wanted !== undefined && !devices.includes(wanted)) throw new DeskError('no-drafts', wanted)
  if (wanted !== undefined) return wanted
  const [only, ...others] = devices
  if (only === undefined) throw new DeskError('no-drafts')
  if (others.length > 0) throw new DeskError('several-tablets', devices.join(', '))
  return only
}
