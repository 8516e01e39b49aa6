import { join } from 'node:path'
import { resealBox } from '../../src/batch/resealed.ts'
import { resealingFile, signResealing, type Resealing } from '../../src/batch/resealing.ts'
import { openWith } from '../../src/seal/envelope.ts'
import type { Bytes } from '../../src/seal/bytes.ts'
import { sha256Hex } from '../../src/seal/digest.ts'
import { SealError } from '../../src/seal/seal.ts'
import { openBoxes, type ArrivedBox } from '../open-boxes.ts'
import { BoxStore } from './box-store.ts'
import { DeskError } from './desk-error.ts'
import { isThere, makeFolder, writeWhole } from './files.ts'
import { readDeskKey, readIdentityFile, readSigningRoom, workKeyIn, type AskPassphrase } from './key-files.ts'
import type { Terminal } from './terminal.ts'

export interface ResealWishes {
  readonly keys: string
  /** The folder that "open" fetches into. */
  readonly from: string
  /** A new folder for the receiver's operator; without it only the boxes in `from` are sealed anew. */
  readonly out?: string
  readonly askPassphrase: AskPassphrase
  readonly now: Date
}

/** Boxes sealed anew until that is remembered, and how often one hears of it. */
const together = 200

/**
 * Seals boxes that lie under a former key for work anew: for the key of now and the drawer. Their names, and all that was
 * signed about them, stay. What opens with the key of now is left as it is; so is what was not taken in. May be ended at any
 * moment and run again. Throws DeskError `file-exists`, `cannot-read`, `damaged-memory`, and those of keys and files.
 */
export async function reseal(wishes: ResealWishes, terminal: Terminal): Promise<void> {
  const { keys, from, out, askPassphrase } = wishes
  if (out !== undefined && (await isThere(out))) throw new DeskError('file-exists', out)
  if (!(await isThere(from))) throw new DeskError('cannot-read', from)
  const identities = await readIdentityFile(workKeyIn(keys), askPassphrase)
  const { recipients } = await readSigningRoom(keys, askPassphrase)
  const deskKey = out === undefined ? undefined : await readDeskKey(keys, askPassphrase)
  const store = await BoxStore.open(from)
  const boxes = await store.all()
  const opened = await openBoxes(boxes, identities, { ...store.known, revisions: [] })
  await store.rememberKnown(opened.known)
  const takenIn = [...opened.imported, ...opened.tests, ...opened.drafts, ...opened.changes].map(({ boxId }) => boxId)
  const sealing = { identities, recipients, takenIn: new Set(takenIn) }
  const done = await sealAll(store, boxes, sealing, terminal)
  const missing = (await store.missing()).length
  const handed = out !== undefined && deskKey ? await handOver(store, out, { deskKey, at: wishes.now }) : undefined
  terminal.say(
    [
      `Sealed anew for the key for work in ${keys} and the drawer: ${done.anew}. Left, since they open with it already: ${done.left}.`,
      ...(done.shut > 0
        ? [
            `Left, since they were not taken in: ${done.shut}. The report of "open" says why; what is mended there can be sealed anew then.`,
          ]
        : []),
      ...(missing > 0 ? [`Not here, so not sealed anew: ${missing}. Fetch them with "open", and run this again.`] : []),
      ...(handed === undefined
        ? []
        : [
            `${out} holds ${handed} for the receiver. Its operator runs: receiver reseal --data DIR --desk-key KEY ${out}`,
            `KEY is the desk's receipt key, as "fingerprint --keys ${keys}" shows it.`,
          ]),
      'Copies made earlier, of this folder or of the receiver, still open with the old key. Where the old boxes lay on this disk, their bytes may be read until something else is written there.',
    ].join('\n'),
  )
}

interface Sealing {
  /** The key of now first. */
  readonly identities: readonly string[]
  readonly recipients: readonly string[]
  /** Ids. What waits for a person stays as it came: nothing would say later that its name is its own. */
  readonly takenIn: ReadonlySet<string>
}

async function sealAll(
  store: BoxStore,
  boxes: readonly ArrivedBox[],
  { identities, recipients, takenIn }: Sealing,
  terminal: Terminal,
) {
  const count = { anew: 0, left: 0, shut: 0 }
  const waiting = new Map<string, string>()
  const remember = async () => {
    await store.rememberResealed(waiting)
    waiting.clear()
  }
  for (const [n, { id, bytes }] of boxes.entries()) {
    const boxId = id ?? (await sha256Hex(bytes))
    const isNow = await opens(bytes, identities.slice(0, 1))
    const kind = isNow ? 'left' : takenIn.has(boxId) ? 'anew' : 'shut'
    count[kind] += 1
    if (kind === 'anew') waiting.set(boxId, await store.keepResealed(await resealBox(bytes, identities, recipients)))
    if (waiting.size === together) await remember()
    if ((n + 1) % 1000 === 0) terminal.say(`${n + 1} of ${boxes.length} boxes …`)
  }
  await remember()
  return count
}

async function opens(bytes: Bytes, identities: readonly string[]): Promise<boolean> {
  try {
    await openWith(identities, bytes)
    return true
  } catch (cause) {
    if (cause instanceof SealError) return false
    throw cause
  }
}

/** Every box that was ever sealed anew and is here: a receiver takes what it has already once more. */
async function handOver(store: BoxStore, out: string, signer: { deskKey: Bytes; at: Date }): Promise<number> {
  await makeFolder(out)
  const boxes: Resealing['boxes'] = []
  for await (const { id, sealed, bytes } of store.resealed()) {
    await writeWhole(join(out, sealed), bytes)
    boxes.push({ id, sealed })
  }
  const list = await signResealing({ v: 1, at: signer.at.toISOString(), boxes }, signer.deskKey)
  await writeWhole(join(out, resealingFile), list)
  return boxes.length
}
