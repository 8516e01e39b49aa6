import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeBatch } from '../../src/batch/batch.ts'
import { boxItemOf, makeBox } from '../../src/batch/box.ts'
import { paths } from '../../src/batch/protocol.ts'
import { verifyReceipt, type Receipt } from '../../src/batch/receipt.ts'
import { newRecipientPair } from '../../src/seal/envelope.ts'
import { newKeyId, randomBytes } from '../../src/seal/random.ts'
import { newSigningKey, sign } from '../../src/seal/signature.ts'
import { inject } from 'vitest'
import type { Store } from '../store.ts'
import { databaseAt, databaseFor, everythingIn } from './a-postgres.ts'
import type { LogEntry } from '../log.ts'
import { openData, startReceiver, type RunningReceiver, type StartOptions } from '../server.ts'

/** The database of the receiver in this folder, where the tests run over PostgreSQL. */
export async function databaseOf(dataDir: string): Promise<{ database?: string }> {
  const server = inject('postgres')
  return server === undefined ? {} : { database: await databaseAt(server, databaseFor(dataDir)) }
}

export const appOrigin = 'http://app.test:8420'

export interface Device {
  readonly deviceId: string
  readonly token: string
}

/** A folder of the test's own. */
export function aFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'receiver-'))
}

/** A real receiver on a real port over a real database, in a folder of its own. */
export class TestReceiver {
  readonly dataDir: string
  readonly log: LogEntry[]
  readonly running: RunningReceiver
  readonly #ownFolder: boolean

  constructor(dataDir: string, log: LogEntry[], running: RunningReceiver, ownFolder: boolean) {
    this.dataDir = dataDir
    this.log = log
    this.running = running
    this.#ownFolder = ownFolder
  }

  static async start(options: Partial<StartOptions> = {}): Promise<TestReceiver> {
    const dataDir = options.dataDir ?? (await aFolder())
    const log: LogEntry[] = []
    const standard = { port: 0, appOrigins: [appOrigin], freeShare: async () => 0.5 }
    const database = await databaseOf(dataDir)
    const running = await startReceiver({
      ...standard,
      ...database,
      log: (entry) => log.push(entry),
      ...options,
      dataDir,
    })
    return new TestReceiver(dataDir, log, running, options.dataDir === undefined)
  }

  async stop(): Promise<void> {
    await this.running.close()
    if (this.#ownFolder) await rm(this.dataDir, { recursive: true, force: true })
  }

  /** The store beside the running receiver, as a command would open it. */
  async openStore(): Promise<Store> {
    return (await openData(this.dataDir, 'existing', (await databaseOf(this.dataDir)).database)).store
  }

  /** What somebody finds who has the data folder and the database: every file and every row, as Latin-1. */
  async everythingKept(): Promise<string> {
    const files = await readdir(this.dataDir, { recursive: true, withFileTypes: true })
    const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name))
    const texts = await Promise.all(paths.map((path) => readFile(path, 'latin1')))
    const { database } = await databaseOf(this.dataDir)
    return texts.join('') + (database === undefined ? '' : await everythingIn(database))
  }

  ask(path: string, init: RequestInit & { token?: string } = {}): Promise<Response> {
    const { token, ...rest } = init
    const headers = new Headers(rest.headers)
    if (token !== undefined) headers.set('Authorization', `Bearer ${token}`)
    return fetch(this.running.url + path, { ...rest, headers })
  }

  enrol(deviceId: string, code: string, token?: string): Promise<Response> {
    return this.ask(paths.enrol, { method: 'POST', body: JSON.stringify({ deviceId, code, token }) })
  }

  async aDevice(): Promise<Device> {
    const deviceId = newKeyId()
    const answer = await this.enrol(deviceId, await this.running.issueCode())
    const { token } = (await answer.json()) as { token: string }
    return { deviceId, token }
  }

  /** Sends boxes as one batch and gives back the answer. */
  async put(token: string, boxes: readonly Uint8Array[], init: RequestInit = {}): Promise<Response> {
    const { batchId, bytes } = await writeBatch(boxes)
    return this.ask(paths.batch(batchId), { method: 'PUT', body: bytes, token, ...init })
  }

  /** The receipt in an answer, if it is one that a tablet would believe. */
  async receiptIn(answer: Response): Promise<Receipt | undefined> {
    return verifyReceipt(await answer.text(), [this.running.receiptPublicKey], 'stored')
  }
}

const account = newSigningKey()
const desk = newRecipientPair({ kind: 'x25519' })

/** A sealed box of its own; `text` is in the record that is inside. */
export async function aBox(
  deviceId: string,
  text = 'invented',
): Promise<{ id: string; bytes: Uint8Array<ArrayBuffer> }> {
  const item = await boxItemOf(JSON.stringify({ text }), { caseId: newKeyId(), revision: 1, previous: null, schema: 1 })
  const content = {
    kind: 'record' as const,
    deviceId,
    key: account.publicKey,
    seq: 1,
    prevBoxId: null,
    configVersion: 1,
    auditHead: '0'.repeat(64),
    replaces: [],
    items: [item],
  }
  const made = await makeBox(content, (bytes) => sign(account.privateKey, bytes), [(await desk).recipient])
  return { id: made.boxId, bytes: made.bytes }
}

/** Bytes that begin like a sealed box and go on at random: a receiver cannot tell. */
export function likeABox(size = 4096): Uint8Array<ArrayBuffer> {
  const bytes = randomBytes(Math.min(size, 65_536))
  const whole = new Uint8Array(size)
  for (let at = 0; at < size; at += bytes.length) whole.set(bytes.subarray(0, Math.min(bytes.length, size - at)), at)
  whole.set(new TextEncoder().encode('age-encryption.org/v1\n'))
  return whole
}
