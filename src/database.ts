import { Dexie, type Table } from 'dexie'

/**
 * Everything this device keeps, on one page.
 * Plain columns are those of the table in docs/security.md and nothing else; every other column is ciphertext
 * (`Bytes`), or was signed by somebody else and is verified at every use. Names are neutral: they are readable on disk.
 * Nothing here encrypts or decrypts. A write is acknowledged when the promise of its *transaction* resolves: on a full
 * disk the request succeeds first and the transaction aborts afterwards.
 */

export type Bytes = Uint8Array<ArrayBuffer>

export interface AccountRow {
  accountId: string
  label: string
  /** Parameters of the passphrase and the key slot: the exact text that is associated data of `wrap`. */
  header: string
  /** Attempts to unlock since the last one that succeeded. */
  failed: number
  /** Encryptions made by this account; the limit of random nonces is counted with it. */
  writes: number
  /** 32 bytes; random unless a wipe passphrase is set, so that its presence tells nothing. */
  wipeVerifier: Bytes
  /** Public age recipient of the account. */
  recipient: string
  wrap: Bytes
  /** Empty where the configuration names no recovery recipient. */
  recovery: Bytes
  signingKey: Bytes
  /** Cover PIN; empty when none is set. */
  pin: Bytes
  /** What the account has seen of the device's configuration, to be compared at unlock. */
  configurationPin: Bytes
}

export interface CircleRow {
  circleId: string
  epoch: number
  accountId: string
  /** How `wrapped` is closed: with the account's own key, or age to its recipient until its next unlock. */
  form: 'own' | 'age'
  wrapped: Bytes
}

export interface RecordRow {
  id: string
  circleId: string
  epoch: number
  /** Count of saves, from 1. Not the revision. */
  rev: number
  schema: number
  sum: Bytes
  body: Bytes
}

export interface RevisionRow {
  /** An id of its own: the case that it belongs to stands only inside ciphertext. */
  id: string
  circleId: string
  epoch: number
  schema: number
  body: Bytes
}

/** Who is in an epoch of a circle; a list that only they can read or write. */
export interface RosterRow {
  circleId: string
  epoch: number
  body: Bytes
}

/** A case on its way to an account that has not been opened since: age to its recipient, and its own id inside. */
export interface HandoverRow {
  id: string
  accountId: string
  bytes: Bytes
}

/** Something sent by case code, without a case on this tablet; which one, and what, stands inside the ciphertext. */
export type ChangeRow = RevisionRow

export interface AuditRow {
  circleId: string
  n: number
  entry: Bytes
  mac: Bytes
}

export const outboxStates = ['waiting', 'received', 'opened', 'refused'] as const
export type OutboxState = (typeof outboxStates)[number]

/** Why a box is still here, said in a closed list of codes; '' = nothing to say yet. */
export const outboxCodes = [
  '',
  'E-NET',
  'E-BUSY',
  'E-FULL',
  'E-PORTAL',
  'E-RECEIPT',
  'E-DEVICE',
  'E-CODE',
  'E-ENDPOINT',
  'E-CONFIG',
  'E-TOO-LARGE',
  'E-REFUSED',
  'unknown-format',
  'too-large',
  'revoked',
  'rejected',
] as const
export type OutboxCode = (typeof outboxCodes)[number]

export interface OutboxRow {
  /** Hex SHA-256 of `bytes`. */
  boxId: string
  seq: number
  /** Length of `bytes`. */
  size: number
  state: OutboxState
  /** Raised and committed before a request leaves. */
  attempts: number
  /** Epoch milliseconds before which the box need not be tried; 0 at the start, so that it tells no time. */
  nextAt: number
  lastCode: OutboxCode
  /** How many cases it speaks of, where that is not one: what waits is counted in cases. 0: a safety copy. */
  cases?: number
  /** Boxes that this one took the place of, and those that they had: as it says itself, for whoever replaces it. */
  replaces?: readonly string[]
  /** Day on which it was saved as a file (`2024-05-02`), where a person said that the file is there. */
  savedOn?: string
  /** Fingerprint of the recipients it was sealed to. */
  recipientFpr: string
  configVersion: number
  /** Signed receipt of the receiver as it came, or ''. */
  receipt: string
  /** Signed receipt of the desk as it came, or ''. */
  imported: string
  /** The sealed box; empty once it was opened, or `letGo`. */
  bytes: Bytes
  /** The receiver had it for long, and its bytes made room: where it has to be sent again, its account seals it anew. */
  letGo?: true
}

export interface DeviceRow {
  key: 'device'
  /** Signed text of the configuration, or ''. */
  configuration: string
  deviceId: string
  /** Upload token, or '' before the device has enrolled. */
  token: string
  /** One-time code to enrol with, or '' when spent. */
  enrolCode: string
  /** The token that was asked for with a code; until it, or another, was given. */
  tokenAsked?: { readonly code: string; readonly token: string } | undefined
  /** Number of the last box sealed on this device; 0 before the first. */
  seq: number
  /** Id of the last box sealed on this device, or ''. */
  prevBoxId: string
  /** Number of the last receipt fetched. */
  receiptsAfter: number
  /** What the receiver calls the store in which it counts them. */
  receiptsStore?: string
  /** Epoch milliseconds of the last answer that was the receiver's own; 0 = never. */
  lastContactAt: number
  /** Goes up when configuration, token or enrol code change, so that waiting senders try at once. */
  changes: number
  /** The device whose copy was restored here, and whose work this one goes on with. */
  continues?: string
  /** Nothing leaves by itself over a connection that is metered, as far as the platform tells. */
  wifiOnly?: boolean
  /** Language of the screens on this device (`ar`), once somebody chose one. */
  language?: string
}

export type Database = Dexie & {
  readonly accounts: Table<AccountRow, string>
  readonly circles: Table<CircleRow, [string, number, string]>
  readonly records: Table<RecordRow, string>
  readonly revisions: Table<RevisionRow, string>
  readonly changes: Table<ChangeRow, string>
  readonly audit: Table<AuditRow, [string, number]>
  readonly outbox: Table<OutboxRow, string>
  readonly device: Table<DeviceRow, 'device'>
  readonly rosters: Table<RosterRow, [string, number]>
  readonly handovers: Table<HandoverRow, string>
}

/** What may befall the connection; each is called at most once an occasion, and must not throw. */
export interface DatabaseEvents {
  /** Another tab holds a newer or a leaving version: flush, then resolve. The connection is closed afterwards. */
  readonly onVersionChange?: () => Promise<void> | void
  /** This tab cannot open because another one holds an older version. */
  readonly onBlocked?: () => void
  /** The connection was closed: by us, or by the browser, and then the next use opens it again. */
  readonly onClosed?: () => void
  /** Asked before each transaction that writes; without room it is refused before the database hears of it. */
  readonly hasRoom?: () => Promise<boolean>
}

/** Web Lock of whoever sends: page, service worker, and the vault while it replaces boxes. */
export const senderLock = 'outbox-sender'

/** The mode of a transaction that only removes. */
export const evenWithoutRoom = 'rw!'

export const databaseName = 'daybook'

// On localhost Dexie would write to the console what it does when a page is put away.
Dexie.debug = false

/**
 * The device's database, one connection a tab. Opens at first use. Its handlers stand before the first `await`.
 * Changes of structure are additive: a new version is a new `version(n).stores` line below the others.
 */
export function openDatabase(events: DatabaseEvents = {}, name: string = databaseName): Database {
  const database = new Dexie(name, { chromeTransactionDurability: 'strict' }) as Database
  database.version(1).stores({
    accounts: 'accountId',
    circles: '[circleId+epoch+accountId], accountId',
    records: 'id, circleId',
    revisions: 'id, circleId',
    audit: '[circleId+n]',
    outbox: 'boxId, state, [state+seq]',
    device: 'key',
  })
  database.version(2).stores({ changes: 'id, circleId' })
  database.version(3).stores({ rosters: '[circleId+epoch]', handovers: 'id, accountId' })
  database.version(4).stores({ outbox: 'boxId, state, [state+seq], [state+cases]' })
  database.on('versionchange', () => {
    void leave(database, events)
    return false
  })
  database.on('blocked', () => {
    events.onBlocked?.()
    return false
  })
  database.on('close', () => events.onClosed?.())
  openAgainAfterFailure(database)
  if (events.hasRoom) refuseWithoutRoom(database, events.hasRoom)
  return database
}

/**
 * [Note: A database that did not open]
 * On a full disk it does not open, and Dexie keeps that answer for good: with room again nothing would be saved until the
 * page is loaded anew. So a failure is forgotten once those who waited have heard of it, and the next use tries again.
 * What was let go of on purpose stays closed.
 */
function openAgainAfterFailure(database: Dexie): void {
  const open = database.open.bind(database)
  const forget = () => {
    if (database.hasFailed() && !database.hasBeenClosed()) database.close({ disableAutoOpen: false })
  }
  database.open = () =>
    open().catch((error: unknown) => {
      setTimeout(forget)
      throw error
    })
}

/** Cases in the boxes of one state, counted from indexes alone: no box is read. */
export async function casesIn({ outbox }: Database, state: OutboxState): Promise<number> {
  const boxes = await outbox.where('state').equals(state).count()
  let more = 0
  const packed = outbox.where('[state+cases]').between([state, Dexie.minKey], [state, Dexie.maxKey])
  await packed.eachKey((key) => {
    const [, cases] = key as unknown as [string, number]
    more += cases - 1
  })
  return boxes + more
}

// Both handlers above answer `false`: Dexie's own would write a line to the console and close without waiting.
async function leave(database: Database, events: DatabaseEvents): Promise<void> {
  try {
    await events.onVersionChange?.()
    // Closed while the event is told, it would keep Firefox from telling who asked that a third one holds on.
    await new Promise((resolve) => setTimeout(resolve))
  } finally {
    database.close({ disableAutoOpen: true })
  }
}

/** The device's row, made once, at the first start, and never again while anything else is kept. */
export function freshDevice(deviceId: string): DeviceRow {
  return {
    key: 'device',
    configuration: '',
    deviceId,
    token: '',
    enrolCode: '',
    seq: 0,
    prevBoxId: '',
    receiptsAfter: 0,
    lastContactAt: 0,
    changes: 0,
  }
}

// What is written without a transaction of its own is a few bytes, beside one that was asked for.
function refuseWithoutRoom(database: Dexie, hasRoom: () => Promise<boolean>): void {
  const begin = database.transaction.bind(database) as unknown as (mode: string, ...rest: unknown[]) => unknown
  const transaction = (mode: string, ...rest: unknown[]): unknown => {
    if (mode !== 'rw' || Dexie.currentTransaction) return begin(mode, ...rest)
    return Dexie.Promise.resolve(hasRoom()).then((room) => {
      if (!room) throw new Dexie.QuotaExceededError('no room on the disk')
      return begin(mode, ...rest)
    })
  }
  Object.assign(database, { transaction })
}
