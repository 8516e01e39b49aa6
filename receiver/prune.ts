import { verifyReceipt } from '../src/batch/receipt.ts'
import type { Store } from './store.ts'

export interface PruneWishes {
  readonly org: string
  /** Public keys of the desk's receipts, base64url: what nobody of these signed lets nothing go. */
  readonly deskKeys: readonly string[]
  /** Milliseconds since 1970; receipts that came later let nothing go yet. */
  readonly before: number
}

export interface Pruned {
  readonly boxes: number
  readonly bytes: number
}

/**
 * Lets go of the bytes of boxes that the desk opened and stored, as its own signed receipts say, each for the device that
 * sent the box. That a box was here stays: sent again it is `kept` and not stored. What was rejected stays whole. May be ended at
 * any moment and run again; a receiver may serve meanwhile.
 */
export async function prune(store: Store, { org, deskKeys, before }: PruneWishes): Promise<Pruned> {
  const pruned = { boxes: 0, bytes: 0 }
  for (let after = 0; ;) {
    const page = await store.receiptsBefore(org, before, after, 100)
    for (const { text } of page) {
      const receipt = await verifyReceipt(text, deskKeys, 'imported')
      if (receipt === undefined) continue
      const ids = receipt.boxes.flatMap(({ id, result }) => (result === 'imported' ? [id] : []))
      const gone = await store.forgetBytes(org, receipt.deviceId, ids)
      pruned.boxes += gone.length
      pruned.bytes += gone.reduce((sum, size) => sum + size, 0)
    }
    const last = page.at(-1)
    if (last === undefined) return pruned
    after = last.n
  }
}
