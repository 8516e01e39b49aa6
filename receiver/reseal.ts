import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sealedSizeLimit } from '../src/batch/protocol.ts'
import { resealingFile, verifyResealing } from '../src/batch/resealing.ts'
import { isAge } from '../src/seal/age-keys.ts'
import { sha256Hex } from '../src/seal/digest.ts'
import { ReceiverError } from './receiver-error.ts'
import type { Store } from './store.ts'

export interface ResealWishes {
  readonly org: string
  /** Public keys of the desk's receipts, base64url: what nobody of these signed replaces nothing. */
  readonly deskKeys: readonly string[]
  /** As the desk wrote it: a signed list, and each box called by the digest of its new bytes. */
  readonly folder: string
}

export interface Resealed {
  readonly anew: number
  /** Boxes that are not here, or whose bytes were let go. */
  readonly gone: number
  /** Files that are missing or are not what the list says. */
  readonly damaged: number
}

/**
 * Puts what the desk sealed anew in the place of what lies here. What a box is called, whose it is, and when it came stay; so
 * do receipts. May be ended at any moment and run again. Throws ReceiverError `bad-resealing` before anything is changed.
 */
export async function reseal(store: Store, { org, deskKeys, folder }: ResealWishes): Promise<Resealed> {
  const text = await readFile(join(folder, resealingFile), 'utf8').catch(() => '')
  const list = await verifyResealing(text, deskKeys)
  if (list === undefined) throw new ReceiverError('bad-resealing')
  const count = { anew: 0, gone: 0, damaged: 0 }
  for (const { id, sealed } of list.boxes) {
    const bytes = await bytesOf(join(folder, sealed), sealed)
    if (bytes === undefined) count.damaged += 1
    else if (await store.replaceBytes(org, id, bytes)) count.anew += 1
    else count.gone += 1
  }
  return count
}

async function bytesOf(path: string, digest: string): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(await readFile(path).catch(() => new Uint8Array()))
  const isIt = bytes.length <= sealedSizeLimit && isAge(bytes) && (await sha256Hex(bytes)) === digest
  return isIt ? bytes : undefined
}
