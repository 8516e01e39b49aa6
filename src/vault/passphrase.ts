import type { AccountRow } from '../database.ts'
import { passphraseKey } from '../seal/argon2.ts'
import { fromBase64Url, toBase64Url } from '../seal/base64url.ts'
import type { Bytes } from '../seal/bytes.ts'
import {
  deriveKek,
  readHeader,
  rewrapMasterKey,
  unwrapMasterKey,
  wipeVerifier,
  writeHeader,
  type AccountHeader,
} from '../seal/keys.ts'
import { randomBytes } from '../seal/random.ts'
import { SealError } from '../seal/seal.ts'
import { accountRow } from './account-row.ts'
import type { NotSaved, PassphraseChanged, WipePassphraseSet } from './api.ts'
import type { Attempts } from './attempts.ts'
import { commit } from './commit.ts'
import { readKeySlot, rotateKeySlot, type KeySlot, type KeySlotFile } from './key-slot.ts'
import { sealPins } from './own-columns.ts'
import type { Pins } from './payload.ts'
import type { Session } from './session.ts'
import { tryWrap } from './unlock.ts'

/** Ends a rotation whose wrap was not kept: the old slot stays, and the old passphrase with it. */
class NotKept extends Error {
  readonly answer: NotSaved
  constructor(answer: NotSaved) {
    super('not kept')
    this.answer = answer
  }
}

/**
 * Old passphrase, new key from the new one, a new device secret, and the same master key wrapped anew: the old
 * passphrase with an old copy of the database then opens nothing, since its device secret is overwritten. A fall at any
 * moment leaves exactly one of the two passphrases, the one that the wrap on the disk is for. Zeroes both.
 */
export async function changePassphrase(
  session: Session,
  attempts: Attempts,
  current: Bytes,
  next: Bytes,
): Promise<PassphraseChanged> {
  const { tools, accountId } = session
  try {
    const row = await accountRow(tools, accountId)
    const waitMs = attempts.waitMs(accountId, row.failed)
    if (waitMs > 0) return { status: 'wait', waitMs }
    const cost = await tools.tune()
    const done = await tools.keySlots.open(accountId, async (file): Promise<PassphraseChanged> => {
      const header = readHeader(row.header)
      const kek = await currentKek(attempts, row, header, file, current)
      if ('status' in kek) return kek
      const wipeCleared = session.pins.wipe === true
      await rotateKeySlot(file, header, async (slot) => {
        const kdf = { alg: 'argon2id', ...cost, salt: toBase64Url(randomBytes(16)) } as const
        const made = await rewrapped(row, kek.kek, { v: 1, accountId, kdf, gen: slot.gen, slot: slot.slot }, next, slot)
        const kept = await keep(session, row, made)
        if (kept.status === 'not-saved') throw new NotKept(kept)
      })
      return { status: 'changed', wipeCleared }
    })
    return done ?? { status: 'key-slot' }
  } catch (error) {
    if (error instanceof NotKept) return error.answer
    throw error
  } finally {
    current.fill(0)
    next.fill(0)
  }
}

type Shut = Exclude<Awaited<ReturnType<typeof tryWrap>>, { readonly master: CryptoKey }>

async function currentKek(
  attempts: Attempts,
  row: AccountRow,
  header: AccountHeader,
  file: KeySlotFile,
  passphrase: Bytes,
): Promise<{ readonly kek: CryptoKey } | Shut> {
  const secret = await readKeySlot(file, header)
  if (!secret) return { status: 'key-slot' }
  return tryWrap(attempts, row, header, passphrase, secret)
}

async function rewrapped(
  row: AccountRow,
  kek: CryptoKey,
  header: AccountHeader,
  passphrase: Bytes,
  { secret }: KeySlot,
): Promise<{ readonly header: string; readonly wrap: Bytes }> {
  const pk = await passphraseKey(passphrase, { ...header.kdf, salt: fromBase64Url(header.kdf.salt) })
  const nextKek = await deriveKek(pk, secret, header.accountId)
  pk.fill(0)
  const text = writeHeader(header)
  const wrap = await rewrapMasterKey({ kek, wrap: row.wrap, header: row.header }, { kek: nextKek, header: text })
  return { header: text, wrap }
}

/** The verifier of a wipe passphrase was made with the old salt, so it is filled at random again. */
async function keep(
  session: Session,
  before: AccountRow,
  made: { readonly header: string; readonly wrap: Bytes },
): Promise<{ readonly status: 'kept' } | NotSaved> {
  const { wipe: _, ...pins } = session.pins
  const done = await write(session, before, pins, 'passphrase', { ...made, wipeVerifier: randomBytes(32) })
  return done
}

async function write(
  session: Session,
  before: AccountRow,
  pins: Pins,
  action: 'passphrase' | 'wipe-passphrase',
  columns: Partial<Pick<AccountRow, 'header' | 'wrap' | 'wipeVerifier'>>,
): Promise<{ readonly status: 'kept' } | NotSaved> {
  const { accounts } = session.tools.database
  const configurationPin = await sealPins(session.adk, session.accountId, pins)
  const done = await commit<{ readonly status: 'kept' }>(session, async () => ({
    result: { status: 'kept' },
    event: { action },
    encryptions: 0,
    guard: async () => (await accounts.get(session.accountId))?.header === before.header,
    write: () => accounts.update(session.accountId, { ...columns, configurationPin }),
  }))
  if (done.status === 'kept') session.pins = pins
  return done
}

/**
 * A second passphrase that erases the account when it is typed at unlocking; `wipe` is empty for none. It is made with
 * the same parameters, so that one run judges both. Zeroes both.
 */
export async function setWipePassphrase(
  session: Session,
  attempts: Attempts,
  current: Bytes,
  wipe: Bytes,
): Promise<WipePassphraseSet> {
  const { tools, accountId } = session
  try {
    const row = await accountRow(tools, accountId)
    const waitMs = attempts.waitMs(accountId, row.failed)
    if (waitMs > 0) return { status: 'wait', waitMs }
    const header = readHeader(row.header)
    const none = wipe.length === 0
    const { wipe: _, ...others } = session.pins
    const judged = await tools.keySlots.open(accountId, async (file) => {
      const kek = await currentKek(attempts, row, header, file, current)
      if ('status' in kek) return kek
      return none ? randomBytes(32) : verifierOf(row, header, file, wipe)
    })
    if (judged === undefined) return { status: 'key-slot' }
    if ('status' in judged) return judged
    const pins: Pins = none ? others : { ...others, wipe: true }
    const kept = await write(session, row, pins, 'wipe-passphrase', { wipeVerifier: judged })
    if (kept.status === 'not-saved') return kept
    return { status: none ? 'none' : 'set' }
  } finally {
    current.fill(0)
    wipe.fill(0)
  }
}

async function verifierOf(
  row: AccountRow,
  { kdf, accountId, gen, slot }: AccountHeader,
  file: KeySlotFile,
  wipe: Bytes,
): Promise<Bytes | { readonly status: 'same' | 'key-slot' }> {
  const secret = await readKeySlot(file, { gen, slot })
  if (!secret) return { status: 'key-slot' }
  const pk = await passphraseKey(wipe, { ...kdf, salt: fromBase64Url(kdf.salt) })
  try {
    await unwrapMasterKey(await deriveKek(pk, secret, accountId), row.wrap, row.header)
    return { status: 'same' }
  } catch (error) {
    if (error instanceof SealError && error.reason === 'cannot-open') return await wipeVerifier(pk)
    throw error
  } finally {
    pk.fill(0)
    secret.fill(0)
  }
}
