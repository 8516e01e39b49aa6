import 'fake-indexeddb/auto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readBatch } from '../batch/batch.ts'
import { digestOfKey, signConfiguration, type Configuration } from '../batch/configuration.ts'
import { signReceipt, type Receipt } from '../batch/receipt.ts'
import { freshDevice, openDatabase, type Database, type OutboxRow } from '../database.ts'
import type { DeliverDeps, Locks } from '../outbox/deliver.ts'
import { toBase64Url } from '../seal/base64url.ts'
import { concatBytes, utf8, type Bytes } from '../seal/bytes.ts'
import { sha256Hex, sha256HexOf } from '../seal/digest.ts'
import { newRecipientPair } from '../seal/envelope.ts'
import { newKeyId, newToken, randomBytes } from '../seal/random.ts'
import { newSigningKey, type SigningKey } from '../seal/signature.ts'

/** A tablet with an outbox, set up and enrolled unless told otherwise; its clock and its luck are in the test's hand. */
export interface AnOutbox {
  readonly database: Database
  readonly deviceId: string
  readonly token: string
  readonly receiverKey: SigningKey
  readonly deskKey: SigningKey
  readonly clock: { now: number }
  readonly locks: Locks
  /** What `deliver` takes; `change` what a test wants otherwise. */
  deps(change?: Partial<DeliverDeps>): DeliverDeps
  /** A box of so many bytes that is not queued yet; what is in it only looks sealed. */
  makeBox(size?: number): Promise<OutboxRow>
  /** Queues one. */
  addBox(size?: number, change?: Partial<OutboxRow>): Promise<string>
  row(boxId: string): Promise<OutboxRow>
  rows(): Promise<OutboxRow[]>
  /** A new signed configuration, as if the organisation had sent one. */
  configure(change: Partial<Configuration>): Promise<void>
}

export interface OutboxWishes {
  readonly receiverPublicKey?: string
  readonly enrolCode?: string
  /** What is dear to make, from a test that has made it before; a database is empty. */
  readonly made?: {
    readonly database: Database
    readonly newKey: () => SigningKey
    readonly recipients: readonly string[]
    readonly sign: typeof signConfiguration
  }
}

export async function anOutbox(
  endpoint: string,
  { receiverPublicKey, enrolCode = '', made }: OutboxWishes = {},
): Promise<AnOutbox> {
  const { newKey = newSigningKey, sign = signConfiguration } = made ?? {}
  const database = made?.database ?? openDatabase({}, `daybook-${newKeyId()}`)
  const [receiverKey, deskKey, configKey, successor] = [newKey(), newKey(), newKey(), newKey()]
  const first = await aConfiguration(endpoint, {
    key: toBase64Url(configKey.publicKey),
    successor: await digestOfKey(toBase64Url(successor.publicKey)),
    recipients: [...(made?.recipients ?? (await twoRecipients()))],
    receiverKeys: [receiverPublicKey ?? toBase64Url(receiverKey.publicKey)],
    deskKeys: [toBase64Url(deskKey.publicKey)],
  })
  const [deviceId, token] = [newKeyId(), enrolCode === '' ? newToken() : '']
  const configuration = await sign(first, configKey.privateKey)
  await database.device.put({ ...freshDevice(deviceId), configuration, token, enrolCode, changes: 1 })
  const clock = { now: Date.UTC(2026, 4, 2, 10) }
  const locks = newLocks()
  let [seq, version] = [0, 1]
  const makeBox = async (size = 4_400): Promise<OutboxRow> => {
    const bytes = concatBytes(utf8('age-encryption.org/v1\n'), randomBytes(32), new Uint8Array(size - 54))
    seq += 1
    return aRow(await sha256Hex(bytes), seq, bytes)
  }

  return {
    database,
    deviceId,
    token,
    receiverKey,
    deskKey,
    clock,
    locks,
    deps: (change = {}) => ({
      database,
      locks,
      now: () => clock.now,
      random: () => 0.5,
      fetch: (url, init) => fetch(url, init),
      ...change,
    }),
    makeBox,
    async addBox(size, change = {}) {
      const row = await makeBox(size)
      await database.outbox.put({ ...row, ...change })
      return row.boxId
    },
    async row(boxId) {
      const row = await database.outbox.get(boxId)
      if (!row) throw new Error('no such box')
      return row
    },
    rows: () => database.outbox.orderBy('boxId').toArray(),
    async configure(change) {
      version += 1
      const next = await sign({ ...first, ...change, version }, configKey.privateKey)
      const device = await database.device.get('device')
      await database.device.update('device', { configuration: next, changes: (device?.changes ?? 0) + 1 })
    },
  }
}

const aRow = (boxId: string, seq: number, bytes: Bytes): OutboxRow => ({
  boxId,
  seq,
  bytes,
  size: bytes.byteLength,
  state: 'waiting',
  attempts: 0,
  nextAt: 0,
  lastCode: '',
  recipientFpr: '',
  configVersion: 1,
  receipt: '',
  imported: '',
})

/** For work and for the drawer; nobody has their keys. */
export async function twoRecipients(): Promise<string[]> {
  const pairs = [await newRecipientPair({ kind: 'x25519' }), await newRecipientPair({ kind: 'x25519' })]
  return pairs.map(({ recipient }) => recipient)
}

type Keys = Pick<Configuration, 'key' | 'successor' | 'recipients' | 'receiverKeys' | 'deskKeys'>

const aConfiguration = async (endpoint: string, keys: Keys): Promise<Configuration> => ({
  v: 1,
  version: 1,
  endpoint,
  label: 'our office',
  profile: await sha256HexOf('{}'),
  ...keys,
  steps: [1, 2, 3],
  limits: { coverMinutes: 30, idleSeconds: 120, retentionDays: 90 },
  safetyCopies: true,
  circle: 'me',
})

/** Web Locks as far as one sender at a time needs them. */
export function newLocks(): Locks {
  const held = new Set<string>()
  return {
    async request(name, _options, callback) {
      if (held.has(name)) return callback(null)
      held.add(name)
      try {
        return await callback({ name })
      } finally {
        held.delete(name)
      }
    },
  }
}

export interface Heard {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Bytes
}

export interface AServer {
  readonly url: string
  readonly heard: Heard[]
  close(): Promise<void>
}

/** An HTTP server on loopback that answers as a test likes; `answer` gets each request after its body. */
export async function aServer(
  answer: (heard: Heard, response: ServerResponse, count: number) => void | Promise<void>,
): Promise<AServer> {
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    const parts: Uint8Array[] = []
    for await (const part of request) parts.push(part as Uint8Array)
    const { method = '', url: path = '', headers } = request
    const one = { method, path, headers, body: concatBytes(...parts) }
    heard.push(one)
    await answer(one, response, heard.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The receipt that an honest receiver gives for a batch, with what a test wants otherwise, signed by the key. */
export async function aReceipt(
  body: Bytes,
  { deviceId, receiverKey }: { deviceId: string; receiverKey: SigningKey },
  change: (receipt: Receipt) => Receipt = (receipt) => receipt,
): Promise<string> {
  const boxes = await Promise.all(
    readBatch(body).map(async (bytes) => ({ id: await sha256Hex(bytes), size: bytes.length, result: 'kept' as const })),
  )
  const batchId = await sha256Hex(body)
  const receipt = { v: 1, level: 'stored', batchId, deviceId, at: '2026-05-02T10:00:00Z', boxes } as const
  return signReceipt(change({ ...receipt, boxes }), receiverKey.privateKey)
}
