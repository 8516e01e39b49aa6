import 'fake-indexeddb/auto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { issueCode } from '../../receiver/codes.ts'
import { Metrics } from '../../receiver/metrics.ts'
import { newDeskToken, openData } from '../../receiver/server.ts'
import { firstOrg } from '../../receiver/store.ts'
import { signConfiguration, type Configuration } from '../batch/configuration.ts'
import { openDatabase, type Database, type DeviceRow, type OutboxRow } from '../database.ts'
import { newKeyId } from '../seal/random.ts'
import { newSigningKey, type SigningKey } from '../seal/signature.ts'
import { twoRecipients } from './an-outbox.ts'
import { workAtOnce } from './at-once.ts'
import { TablesInMemory } from './tables-in-memory.ts'

/** Where Linux keeps files in memory: power cuts are not what is tried here. */
const memory = '/dev/shm'
const mostTexts = 10_000

/** What tablets keep their boxes on: the database that they really have, or tables that are as quick as memory. */
export type Medium = 'IndexedDB' | 'memory'

export interface Disk {
  readonly database: Database
  /** As they lie there, in the order of their names, past every layer that reads or writes them. Not to be changed. */
  boxes(): readonly OutboxRow[]
  /** The device's own row, in the same way. */
  itself(): DeviceRow | undefined
}

/**
 * Where one life after another is lived: what is dear to make and says nothing by being new is made once. Only one may be
 * lived at a time.
 */
export class APlace {
  /** The receiver's data folder. */
  readonly folder: string
  /** What each tablet keeps its boxes on. */
  readonly disks: Readonly<Record<Medium, readonly Disk[]>>
  readonly recipients: readonly string[]
  readonly deskToken: string
  /** The receiver's first key. */
  readonly receiptKey: SigningKey
  /** A code to enrol with for each tablet. */
  readonly codes: readonly string[]
  readonly metrics = new Metrics()
  /** A key that nobody pinned. */
  readonly strangersKey = newSigningKey()
  /** The receiver's database before anybody has enrolled. */
  readonly #fresh: Uint8Array
  readonly #keys: SigningKey[] = []
  #keysInUse = 0
  readonly #signed = new Map<string, string>()

  private constructor(made: Pick<APlace, 'folder' | 'disks' | 'recipients' | 'deskToken' | 'receiptKey' | 'codes'>) {
    this.folder = made.folder
    this.disks = made.disks
    this.recipients = made.recipients
    this.deskToken = made.deskToken
    this.receiptKey = made.receiptKey
    this.codes = made.codes
    this.#fresh = readFileSync(join(made.folder, 'receiver.db'))
  }

  /** @param at when the receiver was set up: epoch milliseconds */
  static async make(tablets: number, at: number): Promise<APlace> {
    workAtOnce()
    const folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'world-'))
    const { store, key } = await openData(folder)
    const deskToken = await newDeskToken(store, at)
    const codes: string[] = []
    while (codes.length < tablets) codes.push((await issueCode(store, firstOrg, at)).code)
    await store.close()
    const disks = { memory: codes.map(() => new TablesInMemory()), IndexedDB: codes.map(() => new RealDisk()) }
    return new APlace({ folder, disks, recipients: await twoRecipients(), deskToken, receiptKey: key, codes })
  }

  /** Everything as it was made. */
  async clear(medium: Medium): Promise<void> {
    // A new file: one that is written over may still be open to whom it was closed by.
    for (const end of ['', '-wal', '-shm']) rmSync(join(this.folder, `receiver.db${end}`), { force: true })
    rmSync(join(this.folder, 'backup.db'), { force: true })
    writeFileSync(join(this.folder, 'receiver.db'), this.#fresh)
    for (const { database } of this.disks[medium]) {
      await database.outbox.clear()
      await database.device.clear()
    }
    this.#keysInUse = 0
  }

  async leave(): Promise<void> {
    for (const { database } of this.disks.IndexedDB) await database.delete()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Another one at each call, until all is cleared. */
  readonly newKey = (): SigningKey => {
    const key = this.#keys[this.#keysInUse] ?? newSigningKey()
    this.#keys[this.#keysInUse] = key
    this.#keysInUse += 1
    return key
  }

  /** As `signConfiguration`, which gives the same for the same. */
  readonly sign = async (configuration: Configuration, privateKey: SigningKey['privateKey']): Promise<string> => {
    const asked = JSON.stringify([configuration, [...privateKey]])
    const text = this.#signed.get(asked) ?? (await signConfiguration(configuration, privateKey))
    if (this.#signed.size > mostTexts) this.#signed.clear()
    this.#signed.set(asked, text)
    return text
  }
}

/** The database as a tablet has it. */
class RealDisk implements Disk {
  readonly database = openDatabase({}, `daybook-${newKeyId()}`)

  boxes(): readonly OutboxRow[] {
    return this.#rows('outbox') as OutboxRow[]
  }

  itself(): DeviceRow | undefined {
    return (this.#rows('device') as DeviceRow[]).find(({ key }) => key === 'device')
  }

  #rows(table: string): unknown[] {
    const { _rawDatabase: raw } = this.database.backendDB() as unknown as Raw
    return [...(raw.rawObjectStores.get(table)?.records.values() ?? [])].map(({ value }) => value)
  }
}

/** The inside of a database of fake-indexeddb. */
interface Raw {
  readonly _rawDatabase: {
    readonly rawObjectStores: ReadonlyMap<string, { readonly records: { values(): Iterable<{ value: unknown }> } }>
  }
}
