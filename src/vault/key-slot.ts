import { sha256 } from '../seal/digest.ts'
import { randomBytes } from '../seal/random.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * The device secret of one account, in a file that forgets: a value overwritten in place is gone from the disk, which
 * a database cannot promise. Two slots of 2048 bytes, at 0 and 2048, each `secret(32) || gen(8, big-endian) || first
 * 8 bytes of SHA-256 over both`. The header of the account's wrap names the slot and its gen.
 */
export interface KeySlotFile {
  /** Fills `into` from `at`; gives the number of bytes read. */
  read(into: Bytes, at: number): number
  write(bytes: Bytes, at: number): void
  flush(): void
}

/**
 * Where the files are. Each holds the one exclusive handle, under Web Lock `keyslot:<accountId>`, while `work` runs, and
 * closes it. `open` gives `undefined`, and makes nothing, where the account has no file.
 */
export interface KeySlots {
  /** Makes the file where there is none. */
  create<T>(accountId: string, work: (file: KeySlotFile) => Promise<T>): Promise<T>
  open<T>(accountId: string, work: (file: KeySlotFile) => Promise<T>): Promise<T | undefined>
  /** Deletes the file, which is to be overwritten before. Does nothing where there is none. */
  remove(accountId: string): Promise<void>
}

export type Slot = 0 | 1
export interface KeySlot {
  readonly secret: Bytes
  readonly gen: number
  readonly slot: Slot
}

const SECRET = 32
const USED = 48
const SLOT = 2048

/** Makes the file's first secret, in slot 0 with gen 1, on disk when it returns. */
export async function createKeySlot(file: KeySlotFile): Promise<KeySlot> {
  const first = { secret: randomBytes(SECRET), gen: 1, slot: 0 } as const
  file.write(randomBytes(2 * SLOT), 0)
  file.write(await encode(first.secret, first.gen), 0)
  file.flush()
  return first
}

/**
 * The secret that the wrap's header names; the other slot is overwritten then. `undefined` where the named slot is
 * missing, damaged or of another gen: nothing was changed, and nothing may be.
 */
export async function readKeySlot(file: KeySlotFile, named: { gen: number; slot: Slot }): Promise<Bytes | undefined> {
  const secret = await decode(file, named)
  if (secret) overwrite(file, other(named.slot))
  return secret
}

/**
 * Replaces the secret: the new one goes to the other slot, then `commit` makes the wrap name it, in a strict
 * transaction, then the old slot is overwritten. A fall at any point leaves exactly the one that the wrap names.
 */
export async function rotateKeySlot(
  file: KeySlotFile,
  from: { gen: number; slot: Slot },
  commit: (next: KeySlot) => Promise<void>,
): Promise<void> {
  const next = { secret: randomBytes(SECRET), gen: from.gen + 1, slot: other(from.slot) }
  file.write(await encode(next.secret, next.gen), next.slot * SLOT)
  file.flush()
  try {
    await commit(next)
  } finally {
    next.secret.fill(0)
  }
  overwrite(file, from.slot)
}

/**
 * Overwrites both slots; from the moment this resolves, the wraps of this account open nothing, whoever knows the
 * passphrase. With `named`, that slot then holds another secret under the same gen: an attempt to unlock finds the key
 * slot whole and the passphrase wrong, as anybody's wrong one is.
 */
export async function wipeKeySlot(file: KeySlotFile, named?: { gen: number; slot: Slot }): Promise<void> {
  const bytes = randomBytes(2 * SLOT)
  // At one stroke: after a power cut between two, the account would look damaged instead of the passphrase wrong.
  if (named) bytes.set(await encode(randomBytes(SECRET), named.gen), named.slot * SLOT)
  file.write(bytes, 0)
  file.flush()
}

const other = (slot: Slot): Slot => (slot === 0 ? 1 : 0)

function overwrite(file: KeySlotFile, slot: Slot): void {
  file.write(randomBytes(USED), slot * SLOT)
  file.flush()
}

async function encode(secret: Bytes, gen: number): Promise<Bytes> {
  const bytes = new Uint8Array(USED)
  bytes.set(secret)
  new DataView(bytes.buffer).setBigUint64(SECRET, BigInt(gen))
  bytes.set((await sha256(bytes.slice(0, 40))).subarray(0, 8), 40)
  return bytes
}

async function decode(file: KeySlotFile, named: { gen: number; slot: Slot }): Promise<Bytes | undefined> {
  const bytes = new Uint8Array(USED)
  if (file.read(bytes, named.slot * SLOT) !== USED) return undefined
  const secret = bytes.slice(0, SECRET)
  const expected = await encode(secret, named.gen)
  const same = expected.every((byte, at) => byte === bytes[at])
  bytes.fill(0)
  return same ? secret : undefined
}
