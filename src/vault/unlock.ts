import type { AccountRow } from '../database.ts'
import { passphraseKey } from '../seal/argon2.ts'
import { fromBase64Url } from '../seal/base64url.ts'
import { sameBytes, type Bytes } from '../seal/bytes.ts'
import { accountKeys, deriveKek, readHeader, unwrapMasterKey, wipeVerifier } from '../seal/keys.ts'
import { SealError } from '../seal/seal.ts'
import { accountRow } from './account-row.ts'
import type { Attempts } from './attempts.ts'
import { closedCircles, openCircles } from './circles.ts'
import { readKeySlot } from './key-slot.ts'
import { openPin, openPins } from './own-columns.ts'
import type { Pins } from './payload.ts'
import type { CircleKey, Session } from './session.ts'
import type { Tools } from './tools.ts'
import { VaultError } from './vault-error.ts'

export type Shut =
  | { readonly status: 'wrong'; readonly waitMs: number }
  | { readonly status: 'wait'; readonly waitMs: number }
  | { readonly status: 'key-slot' }

/** Opens an account. Zeroes the passphrase. Throws VaultError `not-found`, SealError `kdf-limits` or `bad-header`. */
export async function unlock(
  tools: Tools,
  attempts: Attempts,
  accountId: string,
  passphrase: Bytes,
): Promise<Session | Shut> {
  const before = (await accountRow(tools, accountId)).failed
  const wipe = async (row: AccountRow) => (await import('./wiping.ts')).wipeBehind(tools, row)
  const master = await tryPassphrase(tools, attempts, accountId, passphrase, wipe)
  return 'status' in master ? master : openAccount(tools, accountId, master, before)
}

/**
 * The master key if the passphrase is right. An attempt is counted before it is made and taken back only where it was
 * right, or not the passphrase's fault. Limits of the header are checked before anything is computed. Zeroes the bytes.
 * `wipe` runs where it is the wipe passphrase, and the answer is that of any wrong one.
 */
export async function tryPassphrase(
  tools: Tools,
  attempts: Attempts,
  accountId: string,
  passphrase: Bytes,
  wipe?: (row: AccountRow) => Promise<void>,
): Promise<CryptoKey | Shut> {
  try {
    const row = await accountRow(tools, accountId)
    const waitMs = attempts.waitMs(accountId, row.failed)
    if (waitMs > 0) return { status: 'wait', waitMs }
    const header = readHeader(row.header)
    if (header.accountId !== accountId) throw new SealError('bad-header')
    const secret = await tools.keySlots.open(accountId, (file) => readKeySlot(file, header))
    if (!secret) return { status: 'key-slot' }
    const tried = await tryWrap(attempts, row, header, passphrase, secret, wipe)
    return 'master' in tried ? tried.master : tried
  } finally {
    passphrase.fill(0)
  }
}

/**
 * One counted attempt at the account's wrap, with the device secret that its header names. Zeroes `secret`, and not the
 * passphrase.
 */
export async function tryWrap(
  attempts: Attempts,
  row: AccountRow,
  { kdf }: ReturnType<typeof readHeader>,
  passphrase: Bytes,
  secret: Bytes,
  wipe?: (row: AccountRow) => Promise<void>,
): Promise<{ readonly master: CryptoKey; readonly kek: CryptoKey } | Shut> {
  const failed = await attempts.begin(row.accountId)
  let pk: Bytes | undefined
  try {
    pk = await passphraseKey(passphrase, { ...kdf, salt: fromBase64Url(kdf.salt) })
    const kek = await deriveKek(pk, secret, row.accountId)
    const master = await unwrapMasterKey(kek, row.wrap, row.header)
    await attempts.succeeded(row.accountId)
    return { master, kek }
  } catch (error) {
    if (!(error instanceof SealError && error.reason === 'cannot-open')) {
      await attempts.takeBack(row.accountId)
      throw error
    }
    // Computed for every wrong passphrase, so that none takes longer than another.
    if (wipe && pk && sameBytes(await wipeVerifier(pk), row.wipeVerifier)) await wipe(row)
    return { status: 'wrong', waitMs: attempts.waitMs(row.accountId, failed) }
  } finally {
    pk?.fill(0)
    secret.fill(0)
  }
}

async function openAccount(tools: Tools, accountId: string, master: CryptoKey, before: number): Promise<Session> {
  const row = await accountRow(tools, accountId)
  const { adk, ageIdentity } = await accountKeys(master)
  const circles = await openCircles(tools.database, { accountId, adk, ageIdentity })
  const session: Session = {
    tools,
    accountId,
    label: row.label,
    adk,
    ageIdentity,
    circles,
    closedCircles: await closedCircles(tools.database, accountId, circles),
    failedBefore: before,
    pins: await pinsOr(adk, row, circles),
    hasPin: (await openPin(adk, row).catch(() => '')) !== '',
    handovers: { taken: 0, left: 0 },
    pinTries: 0,
  }
  await settle(session)
  return session
}

// What others did meanwhile keeps nobody from what is theirs.
async function settle(session: Session): Promise<void> {
  try {
    const { settleHome } = await import('./settling.ts')
    await settleHome(session)
    if ((await session.tools.database.handovers.where('accountId').equals(session.accountId).count()) === 0) return
    const { takeHandovers } = await import('./giving.ts')
    session.handovers = await takeHandovers(session)
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
  }
}

// A damaged column must not keep the cases shut: the account opens, and its settings count as changed, since no device
// has the empty id.
async function pinsOr(adk: CryptoKey, row: AccountRow, circles: ReadonlyMap<string, CircleKey>): Promise<Pins> {
  const circleId = [...circles.values()][0]?.circleId ?? ''
  return openPins(adk, row).catch(() => ({ v: 1, deviceId: '', home: { circleId, kind: 'me' } }))
}
