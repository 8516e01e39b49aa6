// A box that was sealed anew for other recipients, as when whoever held the old key leaves. Its bytes are others, and so is
// their digest; what it is called, and how large it was, is told inside, since receipts and other boxes name it by that.

import { concatBytes, utf8, type Bytes } from '../seal/bytes.ts'
import { sha256Hex } from '../seal/digest.ts'
import { openWith, sealTo } from '../seal/envelope.ts'
import { SealError } from '../seal/seal.ts'

/** A box's name and size, as the tablet made it. */
export interface NamedBox {
  readonly boxId: string
  readonly size: number
}

/** `RSEAL1 <boxId> <size>\n`, and then what the box held. */
const head = /^RSEAL1 ([0-9a-f]{64}) ([1-9][0-9]{0,7})\n/
const headSize = 7 + 65 + 9

/** What was sealed, without the line that names the box, and what that says; the whole of it where there is none. */
export function withoutName(plain: Bytes): { readonly named?: NamedBox; readonly plain: Bytes } {
  const [line, boxId, size] = head.exec(String.fromCharCode(...plain.subarray(0, headSize))) ?? []
  if (line === undefined || boxId === undefined) return { plain }
  return { named: { boxId, size: Number(size) }, plain: plain.subarray(line.length) }
}

/**
 * Seals what a box holds for other recipients. One that was sealed anew before keeps the name that it had at first. Throws
 * SealError as `openWith` and `sealTo` do.
 * @param identities age identities, all that may open it
 */
export async function resealBox(
  bytes: Bytes,
  identities: readonly string[],
  recipients: readonly string[],
): Promise<Bytes> {
  const { named, plain } = withoutName(await openWith(identities, bytes))
  const { boxId, size } = named ?? { boxId: await sha256Hex(bytes), size: bytes.length }
  return await sealTo(recipients, concatBytes(utf8(`RSEAL1 ${boxId} ${size}\n`), plain))
}

/** What a box that was sealed anew is called; undefined where these bytes are none, or are for somebody else. */
export async function nameOfResealed(bytes: Bytes, identities: readonly string[]): Promise<string | undefined> {
  try {
    return withoutName(await openWith(identities, bytes)).named?.boxId
  } catch (cause) {
    if (cause instanceof SealError) return undefined
    throw cause
  }
}
