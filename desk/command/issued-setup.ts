import { join } from 'node:path'
import { BatchError } from '../../src/batch/batch.ts'
import { openSetup, setupSha } from '../../src/batch/setup.ts'
import type { Overlay } from '../../src/codebook/overlay.ts'
import { toBase64Url } from '../../src/seal/base64url.ts'
import { textOf } from '../../src/seal/bytes.ts'
import { SealError } from '../../src/seal/seal.ts'
import type { IssuedSetup, MadeSetup, SigningRoom } from '../organisation.ts'
import { DeskError } from './desk-error.ts'
import { readIfThere, writeWhole } from './files.ts'

/** The set-up document that was issued last, beside the keys that signed it. */
const fileName = 'setup.json'

/**
 * What was issued last, `undefined` before the first time. Throws DeskError `foreign-configuration` where it is not by
 * this key: the next version must go on from what tablets have.
 */
export async function readIssued(folder: string, room: SigningRoom): Promise<IssuedSetup | undefined> {
  const path = join(folder, fileName)
  const bytes = await readIfThere(path)
  if (bytes === undefined) return undefined
  try {
    const document = textOf(bytes)
    const setup = await openSetup(document, await setupSha(document))
    if (setup.configuration.key === toBase64Url(room.publicKey)) return setup
  } catch (cause) {
    if (!(cause instanceof BatchError || cause instanceof SealError)) throw cause
    throw new DeskError('foreign-configuration', path, cause)
  }
  throw new DeskError('foreign-configuration', path)
}

/** The overlay that was issued last; it names columns and words, so a document that does not open is no obstacle. */
export async function issuedOverlay(folder: string): Promise<Overlay | undefined> {
  const bytes = await readIfThere(join(folder, fileName))
  if (bytes === undefined) return undefined
  try {
    const document = textOf(bytes)
    return (await openSetup(document, await setupSha(document))).configuration.overlay
  } catch (cause) {
    if (cause instanceof BatchError || cause instanceof SealError) return undefined
    throw cause
  }
}

export async function writeIssued(folder: string, setup: MadeSetup): Promise<string> {
  const path = join(folder, fileName)
  await writeWhole(path, setup.document)
  return path
}
