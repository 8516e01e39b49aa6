import type { AccountRow, DeviceRow } from '../database.ts'
import { passphraseKey, type KdfCost } from '../seal/argon2.ts'
import { toBase64Url } from '../seal/base64url.ts'
import type { Bytes } from '../seal/bytes.ts'
import { accountKeys, deriveKek, makeMasterKey, writeHeader, type AccountKeys } from '../seal/keys.ts'
import { newKeyId, randomBytes } from '../seal/random.ts'
import { newSigningKey } from '../seal/signature.ts'
import type { AccountWish, NotSaved } from './api.ts'
import { emptyLog, nextEntry } from './audit.ts'
import { newCircle } from './circles.ts'
import { notSaved } from './commit.ts'
import { openedOrNot, pinned, pinOfSetup, requireDevice } from './device.ts'
import { createKeySlot, type KeySlot } from './key-slot.ts'
import { inOneTransaction } from './once-more.ts'
import { sealPin, sealPins, sealSigningKey } from './own-columns.ts'
import type { Pins, PinnedConfiguration } from './payload.ts'
import { keyName, type Session } from './session.ts'
import type { Tools } from './tools.ts'
import { VaultError } from './vault-error.ts'

const longestLabel = 20

/**
 * Makes an account, its circle, its first line in the log and, with a set-up, the device's configuration: the key slot
 * is on the disk first, then all rows in one strict transaction. Never touches what another account has. The passphrase
 * is zeroed, whatever happens. Throws VaultError `bad-input`, `device`, or `settings-changed` where the device already
 * has another configuration.
 */
export async function createAccount(
  tools: Tools,
  wish: AccountWish,
): Promise<Session | { readonly status: 'bad-setup' } | NotSaved> {
  try {
    checkWish(wish)
    const device = await requireDevice(tools.database)
    const configuration = await configurationFor(device, wish)
    if (configuration === 'bad-setup') return { status: 'bad-setup' }
    return await make(tools, wish, device, configuration)
  } finally {
    wish.passphrase.fill(0)
  }
}

function checkWish({ label, passphrase, pin }: AccountWish): void {
  const fits = label.trim() !== '' && Array.from(label).length <= longestLabel && passphrase.length > 0
  if (!fits || (pin !== undefined && !isPin(pin))) throw new VaultError('bad-input')
}

export const isPin = (text: string): boolean => /^[0-9]{6}$/.test(text)

async function configurationFor(
  device: DeviceRow,
  { setup }: AccountWish,
): Promise<PinnedConfiguration | 'bad-setup' | undefined> {
  if (setup) {
    if (device.configuration !== '' && device.configuration !== setup.configurationText)
      throw new VaultError('settings-changed')
    return (await pinOfSetup(setup)) ?? 'bad-setup'
  }
  if (device.configuration === '') return undefined
  const configuration = await openedOrNot(device.configuration)
  return configuration ? pinned(device.configuration, configuration, undefined) : 'bad-setup'
}

async function make(
  tools: Tools,
  wish: AccountWish,
  device: DeviceRow,
  configuration: PinnedConfiguration | undefined,
): Promise<Session | NotSaved> {
  const accountId = newKeyId()
  const cost = await tools.tune()
  const slot = await tools.keySlots.create(accountId, createKeySlot)
  const locked = await lockedMaster(accountId, wish.passphrase, cost, slot)
  const { adk, ageIdentity } = locked.keys
  const first = (await tools.database.accounts.count()) === 0
  const pins: Pins = {
    v: 1,
    deviceId: device.deviceId,
    ...homeOf(wish, first),
    ...(configuration && { configuration }),
  }
  const { home } = pins
  const circle = await newCircle(adk, home.circleId, accountId)
  const session: Session = {
    tools,
    accountId,
    label: wish.label,
    adk,
    ageIdentity,
    circles: new Map([[keyName(home.circleId, 1), circle.key]]),
    closedCircles: new Set(),
    failedBefore: 0,
    handovers: { taken: 0, left: 0 },
    pins,
    hasPin: wish.pin !== undefined,
    pinTries: 0,
  }
  const { recipientOf } = await import('../seal/envelope.ts')
  const row: AccountRow = {
    accountId,
    label: wish.label,
    header: locked.header,
    failed: 0,
    writes: 1,
    wipeVerifier: randomBytes(32),
    recipient: await recipientOf(ageIdentity),
    wrap: locked.wrap,
    recovery: new Uint8Array(0),
    signingKey: await newSealedSigningKey(adk, accountId),
    pin: await sealPin(adk, accountId, wish.pin ?? ''),
    configurationPin: await sealPins(adk, accountId, pins),
  }
  try {
    await store(session, row, circle.row, device, wish)
    return session
  } catch (error) {
    return notSaved(error, tools.database)
  }
}

// The first account of a tablet makes the team. Later ones wish for it, and have a circle of their own until a member
// lets them in.
function homeOf({ circle }: AccountWish, first: boolean): Pick<Pins, 'home' | 'role' | 'wantsTeam'> {
  const circleId = newKeyId()
  if (first) return { home: { circleId, kind: circle }, role: 'lead' }
  return { home: { circleId, kind: 'me' }, role: 'caseworker', ...(circle === 'team' && { wantsTeam: true }) }
}

async function lockedMaster(
  accountId: string,
  passphrase: Bytes,
  { m, t, p }: KdfCost,
  { secret, gen, slot }: KeySlot,
): Promise<{ header: string; wrap: Bytes; keys: AccountKeys }> {
  const salt = randomBytes(16)
  const header = writeHeader({
    v: 1,
    accountId,
    kdf: { alg: 'argon2id', m, t, p, salt: toBase64Url(salt) },
    gen,
    slot,
  })
  const pk = await passphraseKey(passphrase, { m, t, p, salt })
  const kek = await deriveKek(pk, secret, accountId)
  pk.fill(0)
  secret.fill(0)
  const { wrap, master } = await makeMasterKey(kek, header)
  return { header, wrap, keys: await accountKeys(master) }
}

async function newSealedSigningKey(adk: CryptoKey, accountId: string): Promise<Bytes> {
  const { privateKey } = newSigningKey()
  const sealed = await sealSigningKey(adk, accountId, privateKey)
  privateKey.fill(0)
  return sealed
}

async function store(
  session: Session,
  row: AccountRow,
  circle: Awaited<ReturnType<typeof newCircle>>['row'],
  seen: DeviceRow,
  { setup }: AccountWish,
): Promise<void> {
  const { database } = session.tools
  const { accounts, audit, circles, device } = database
  const entry = await nextEntry(session, emptyLog(circle.circleId), { action: 'account' })
  await inOneTransaction(database, [accounts, audit, circles, device], async () => {
    const current = await device.get('device')
    if (current?.deviceId !== seen.deviceId || current.configuration !== seen.configuration)
      throw new VaultError('settings-changed')
    await accounts.add(row)
    await circles.add(circle)
    await audit.add(entry)
    if (setup) await device.put(withSetup(current, setup.configurationText, setup.enrolCode))
  })
}

/** The device's row with another configuration; a fresh code to enrol with replaces one that was not spent. */
export function withSetup(device: DeviceRow, configuration: string, enrolCode: string | undefined): DeviceRow {
  return { ...device, configuration, enrolCode: enrolCode ?? device.enrolCode, changes: device.changes + 1 }
}
