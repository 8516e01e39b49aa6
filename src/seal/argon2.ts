// Argon2id (RFC 9106) from hash-wasm. Limits are looked at before anything is computed: a header on the disk can be
// edited to be cheap to guess, or to ask for more memory than there is.

import { argon2id } from 'hash-wasm'
import { ownBytes, type Bytes } from './bytes.ts'
import { SealError } from './seal.ts'

/** `m` in KiB, `t` passes, `p` lanes. One lane: wasm has one thread, and more would help only who guesses. */
export type KdfCost = { readonly m: number; readonly t: number; readonly p: number }
export type KdfParameters = KdfCost & { readonly salt: Bytes }

/** What an account may ask for. Why: security, "Keys": refuses a downgrade and a memory bomb. */
export const kdfLimits = { m: [19_456, 262_144], t: [2, 10], p: 1, salt: 16 } as const

/** From the strongest to the one that always must do. */
const costs = [
  { m: 65_536, t: 3, p: 1 },
  { m: 47_104, t: 2, p: 1 },
  { m: 19_456, t: 2, p: 1 },
] as const satisfies readonly KdfCost[]

export function withinKdfLimits({ m, t, p }: KdfCost): boolean {
  const inside = (value: number, [least, most]: readonly [number, number]) =>
    Number.isInteger(value) && value >= least && value <= most
  return inside(m, kdfLimits.m) && inside(t, kdfLimits.t) && p === kdfLimits.p
}

/**
 * PK: 32 bytes from a folded passphrase.
 * Throws `no-passphrase` (folding left nothing of it) or `kdf-limits` before computing, `kdf-failed` where the device
 * cannot give the memory.
 */
export async function passphraseKey(passphrase: Uint8Array, parameters: KdfParameters): Promise<Bytes> {
  const { m, t, p, salt } = parameters
  if (passphrase.length === 0) throw new SealError('no-passphrase')
  if (!withinKdfLimits(parameters) || salt.length !== kdfLimits.salt) throw new SealError('kdf-limits')
  try {
    return ownBytes(
      await argon2id({
        password: passphrase,
        salt,
        memorySize: m,
        iterations: t,
        parallelism: p,
        hashLength: 32,
        outputType: 'binary',
      }),
    )
  } catch (cause) {
    throw new SealError('kdf-failed', cause)
  }
}

/** Milliseconds that one run takes here; infinite where it fails. */
export async function timeOf(cost: KdfCost): Promise<number> {
  const salt = new Uint8Array(kdfLimits.salt)
  const start = performance.now()
  try {
    await passphraseKey(new Uint8Array([0x2e]), { ...cost, salt })
    return performance.now() - start
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/**
 * The strongest cost of (64 MiB, 3), (46 MiB, 2), (19 MiB, 2) that stays within 2 s on this device; if the first takes
 * under 1 s, with as many passes as fit into about 1 s, ten at most. The last is taken unmeasured.
 * @param measure milliseconds of one run; replaced in tests
 */
export async function tune(measure: (cost: KdfCost) => Promise<number> = timeOf): Promise<KdfCost> {
  const [strong, middle, least] = costs
  const ms = await measure(strong)
  if (ms < 1000)
    return { ...strong, t: Math.min(kdfLimits.t[1], Math.max(strong.t, Math.floor((strong.t * 1000) / ms))) }
  if (ms <= 2000) return strong
  return (await measure(middle)) <= 2000 ? middle : least
}
