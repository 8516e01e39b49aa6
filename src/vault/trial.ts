import { Dexie } from 'dexie'
import { openDatabase } from '../database.ts'
import { kdfLimits, passphraseKey } from '../seal/argon2.ts'
import { associatedData, openAtRest, sealAtRest, type RowName } from '../seal/at-rest.ts'
import { sameBytes, type Bytes } from '../seal/bytes.ts'
import { decrypt, encrypt } from '../seal/cipher.ts'
import { accountKeys, deriveKek, makeCircleKey, makeMasterKey, openCircleKey, unwrapMasterKey } from '../seal/keys.ts'
import { randomBytes } from '../seal/random.ts'
import { newSigningKey, sign, verify } from '../seal/signature.ts'
import { createKeySlot, readKeySlot, rotateKeySlot, type KeySlot, type KeySlots } from './key-slot.ts'

/** What a browser must be able to do before it is trusted with a case. */
export const trialParts = ['locks', 'crypto', 'key-making', 'packing', 'files', 'database'] as const
export type TrialPart = (typeof trialParts)[number]

/** The Web Locks of the browser, as far as the trial needs them. */
export interface TrialLocks {
  request<T>(name: string, work: () => Promise<T>): Promise<T>
}

interface Under {
  readonly keySlots: KeySlots
  readonly locks?: TrialLocks
  /** Milliseconds that one part may take. */
  readonly patience?: number
}

/** Whether this device has its row already: then this browser has shown before that it can. */
export async function isKept(name: string): Promise<boolean> {
  const database = new Dexie(name)
  // Somebody else of this app brings an older structure to today's: they go first. Dexie's own answer is a line on the console.
  database.on('versionchange', () => {
    database.close()
    return false
  })
  try {
    // As it is on the disk, and not made where it is not.
    await database.open()
    return database.tables.some((table) => table.name === 'device') && (await database.table('device').count()) > 0
  } catch {
    return false
  } finally {
    database.close()
  }
}

/** Of the scratch database and the scratch file; both are gone when the trial is over. */
const scratch = 'trial'

/**
 * Does once, on things of its own, whatever the vault will do with this browser, and gives what did not work. Accounts
 * and cases are not touched, and nothing is left behind.
 */
export async function tryBrowser({ keySlots, locks, patience = 10_000 }: Under): Promise<readonly TrialPart[]> {
  const parts: Record<TrialPart, () => Promise<boolean>> = {
    crypto: keysAndSeals,
    'key-making': async () => (await slowKey()).length === 32,
    packing: packsAndUnpacks,
    locks: async () => (await locks?.request(scratch, async () => true)) ?? false,
    files: () => filesForget(keySlots),
    database: rowsStay,
  }
  const failedOf = async (chosen: readonly TrialPart[]): Promise<TrialPart[]> => {
    const failed: TrialPart[] = []
    // One after the other: a weak tablet has no memory for all of them.
    for (const part of chosen) if (!(await within(patience, parts[part]))) failed.push(part)
    return failed
  }
  const others = trialParts.filter((part) => part !== 'locks')
  const unlocked = await failedOf(['locks'])
  // Two tabs would find each other's things.
  if (!locks || unlocked.length > 0) return [...unlocked, ...(await failedOf(others))]
  return await locks.request(scratch, async () => await failedOf(others))
}

async function within(ms: number, work: () => Promise<boolean>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  try {
    return await Promise.race([work(), late])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

const name: RowName = {
  table: scratch,
  column: 'body',
  circleId: scratch,
  epoch: 1,
  id: scratch,
  rev: 1,
  schema: 1,
}

/** The whole chain from a device secret to a row, opened again, and not under another name; and a signature. */
async function keysAndSeals(): Promise<boolean> {
  const kek = await deriveKek(randomBytes(32), randomBytes(32), scratch)
  const { wrap } = await makeMasterKey(kek, scratch)
  const { adk } = await accountKeys(await unwrapMasterKey(kek, wrap, scratch))
  const circle = await makeCircleKey(adk, name)
  const { dek } = await openCircleKey(adk, name, circle.wrap)
  const plain = randomBytes(64)
  const same = sameBytes(await openAtRest(dek, name, await sealAtRest(circle.keys.dek, name, plain)), plain)
  const aside = await encrypt(dek, associatedData(name), plain)
  const opensElsewhere = await decrypt(dek, associatedData({ ...name, rev: 2 }), aside).then(
    () => true,
    () => false,
  )
  const { privateKey, publicKey } = newSigningKey()
  const signature = await sign(privateKey, plain)
  const signed = (await verify(publicKey, signature, plain)) && !(await verify(publicKey, signature, randomBytes(64)))
  return same && !opensElsewhere && signed
}

/** The least that an account may ever cost. */
async function slowKey(): Promise<Bytes> {
  const [m] = kdfLimits.m
  const [t] = kdfLimits.t
  return await passphraseKey(randomBytes(16), { m, t, p: kdfLimits.p, salt: randomBytes(kdfLimits.salt) })
}

async function packsAndUnpacks(): Promise<boolean> {
  const { gunzip, gzip } = await import('../batch/gzip.ts')
  const plain = new Uint8Array(4096).fill(7)
  const packed = await gzip(plain)
  return packed.length < plain.length && sameBytes(await gunzip(packed, plain.length), plain)
}

/** A secret is written, replaced and read again, as unlocking and changing the passphrase do; the old one is gone. */
async function filesForget(keySlots: KeySlots): Promise<boolean> {
  try {
    const kept = await keySlots.create(scratch, async (file) => {
      const first = await createKeySlot(file)
      let next: KeySlot | undefined
      await rotateKeySlot(file, first, async (made) => {
        next = { ...made, secret: made.secret.slice() }
      })
      return { first, next }
    })
    const { first, next } = kept
    if (!next) return false
    const read = await keySlots.open(scratch, (file) => readKeySlot(file, next))
    const old = await keySlots.open(scratch, (file) => readKeySlot(file, first))
    return read !== undefined && sameBytes(read, next.secret) && old === undefined
  } finally {
    await keySlots.remove(scratch)
  }
}

/** A row is written strictly, is there under another connection, is removed, and is gone. */
async function rowsStay(): Promise<boolean> {
  await removeScratch()
  const row = { id: scratch, circleId: scratch, epoch: 1, schema: 1, body: randomBytes(2048) }
  const writing = openDatabase({}, scratch)
  const reading = openDatabase({}, scratch)
  try {
    const strict = await writing.transaction('rw', writing.changes, async (within) => {
      await writing.changes.add(row)
      return within.idbtrans.durability === 'strict'
    })
    writing.close()
    const found = await reading.changes.get(scratch)
    await reading.changes.delete(scratch)
    const gone = (await reading.changes.count()) === 0
    return strict && gone && found !== undefined && sameBytes(found.body, row.body)
  } finally {
    writing.close()
    reading.close()
    await removeScratch()
  }
}

/** By a database of ours, which says nothing on the console while a connection that was just closed still ends. */
const removeScratch = async (): Promise<void> => await openDatabase({}, scratch).delete()
