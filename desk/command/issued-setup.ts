import { join } from 'node:path'
import { BatchError } from '../../src/batch/batch.ts'
import { digestOfKey } from '../../src/batch/configuration.ts'
import { openSetup, setupSha } from '../../src/batch/setup.ts'
import type { Overlay } from '../../src/codebook/overlay.ts'
import { toBase64Url } from '../../src/seal/base64url.ts'
import { textOf } from '../../src/seal/bytes.ts'
import { SealError } from '../../src/seal/seal.ts'
import type { IssuedSetup, MadeSetup, SigningRoom } from '../organisation.ts'
import { DeskError } from './desk-error.ts'
import { readIfThere, writeWhole } from './files.ts'

/** The set-up document that was issued last, beside the keys that signed it. */
export const issuedFile = 'setup.json'

/**
 * What was issued last, `undefined` before the first time. Throws DeskError `foreign-configuration` where it is neither by
 * this key nor by one that announced it: the next version must go on from what tablets have.
 */
export async function readIssued(folder: string, room: SigningRoom): Promise<IssuedSetup | undefined> {
  const setup = await readLastIssued(folder)
  if (setup === undefined) return undefined
  const key = toBase64Url(room.publicKey)
  if (setup.configuration.key === key || setup.configuration.successor === (await digestOfKey(key))) return setup
  throw new DeskError('foreign-configuration', join(folder, issuedFile))
}

/**
 * The same, whoever signed it: only its own signature is looked at. Throws DeskError `foreign-configuration` where that
 * does not fit.
 */
export async function readLastIssued(folder: string): Promise<IssuedSetup | undefined> {
  const path = join(folder, issuedFile)
  const bytes = await readIfThere(path)
  if (bytes === undefined) return undefined
  try {
    const document = textOf(bytes)
    return await openSetup(document, await setupSha(document))
  } catch (cause) {
    if (!(cause instanceof BatchError || cause instanceof SealError)) throw cause
    throw new DeskError('foreign-configuration', path, cause)
  }
}

/** The overlay that was issued last; it names columns and words, so a document that does not open is no obstacle. */
export async function issuedOverlay(folder: string): Promise<Overlay | undefined> {
  try {
    return (await readLastIssued(folder))?.configuration.overlay
  } catch (cause) {
    if (cause instanceof DeskError && cause.reason === 'foreign-configuration') return undefined
    throw cause
  }
}

export async function writeIssued(folder: string, setup: MadeSetup): Promise<string> {
  const path = join(folder, issuedFile)
  await writeWhole(path, setup.document)
  return path
}
