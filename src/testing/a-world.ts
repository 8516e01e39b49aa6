import 'fake-indexeddb/auto'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { issueCode } from '../../receiver/codes.ts'
import { openEmbeddedStore } from '../../receiver/embedded-database.ts'
import { receiver } from '../../receiver/handler.ts'
import { defaultLimits } from '../../receiver/limits.ts'
import { FailureQuota, RequestQuota } from '../../receiver/quota.ts'
import { Spool } from '../../receiver/spool.ts'
import { firstOrg, type Store } from '../../receiver/store.ts'
import { paths } from '../batch/protocol.ts'
import { signReceipt } from '../batch/receipt.ts'
import type { OutboxRow } from '../database.ts'
import { deliver, type DeliverDeps, type Locks } from '../outbox/deliver.ts'
import type { Trigger } from '../outbox/line.ts'
import { sha256Hex, sha256HexOf } from '../seal/digest.ts'
import { toBase64Url } from '../seal/base64url.ts'
import type { SigningKey } from '../seal/signature.ts'
import { APlace, type Disk, type Medium } from './a-place.ts'
import { anOutbox, type AnOutbox } from './an-outbox.ts'
import { lightRequest, lightResponse } from './light-http.ts'

/**
 * A sender at work. Each has a luck of its own, and what it was answered is known to others only when all have ended: what
 * is drawn for one does not depend on how far another one beside it has come.
 */
interface Sender {
  readonly luck: () => number
  readonly receipts: string[]
  /** Requests that it gave up, and that have not arrived yet. */
  readonly late: (() => Promise<Response>)[]
}

/** What a planted bug does; each must be found by some seed. */
export type Bug =
  | 'none'
  | 'says-kept-and-keeps-nothing'
  | 'deletes-before-the-receipt'
  | 'believes-any-200'
  | 'keeps-twice'
  | 'replaces-what-was-tried'
  | 'is-restored-in-silence'

/** Numbers in [0, 1) that follow from a seed alone (mulberry32). */
export function luckOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const endpoint = 'https://receiver.example'
const devices = 3
const begun = Date.UTC(2026, 4, 2, 10)
const day = 86_400_000

/**
 * Three tablets with two senders each, the receiver as it runs, and a desk, over a line on which everything goes wrong
 * that can; driven by a seed. Throws where a promise of security.md, section 17, is broken, or where what was sent has
 * not arrived once the line is good again. Gives where all boxes were after each step.
 */
export async function live(seed: number, bug: Bug = 'none', medium: Medium = 'memory'): Promise<string> {
  const world = await World.begin(await (place ??= APlace.make(devices, begun)), medium, seed, bug)
  const told: string[] = []
  try {
    for (let step = 0; step < 40; step += 1) {
      await world.step()
      told.push(world.told())
    }
    await world.settle()
    return told.join('\n')
  } finally {
    await world.end()
  }
}

let place: Promise<APlace> | undefined

/** To be called after the last life: leaves nothing on the disk. */
export async function leave(): Promise<void> {
  await (await place)?.leave()
  place = undefined
}

interface Tablet {
  readonly disk: Disk
  readonly outbox: AnOutbox
  /**
   * Every box that was ever put into it, by id: its bytes and the furthest state that was seen. `lost` = the receiver that
   * took it may have lost it since, and this tablet may not know of it yet.
   */
  readonly known: Map<string, { readonly bytes: Uint8Array; state: OutboxRow['state']; lost: boolean }>
  /** What is in each box, replaced ones too: the numbers of the revisions. */
  readonly contents: Map<string, readonly number[]>
  /** The store that it knew of when it was last looked at. */
  store: string | undefined
  /** The sender that holds the lock; one that is killed leaves it free. */
  sender: Sender | undefined
  /** The desk's keys for this tablet, the newest last. */
  readonly deskKeys: SigningKey[]
  /** It was called lost: what it sent may have been refused for that, and only a new code lets it in again. */
  wasLost: boolean
}

class World {
  readonly #steps: () => number
  readonly #bug: Bug
  readonly #place: APlace
  readonly #tablets: Tablet[] = []
  /** Boxes that the desk has signed for: ever, and with the keys of now. */
  readonly #opened = new Set<string>()
  readonly #signed = new Set<string>()
  /** The receiver's keys, the newest last, and how many of them it has signed with. */
  readonly #keys: SigningKey[] = []
  #inUse = 1
  /** How often the receiver was brought back from a backup. */
  #restored = 0
  #revisions = 0
  readonly #receipts: string[] = []
  readonly #late: (() => Promise<Response>)[] = []
  /** Those of this step. */
  readonly #senders: Sender[] = []
  #store!: Store
  /** Boxes whose bytes in this store were found to be those that were sent. */
  readonly #compared = new Set<string>()
  #handle!: (request: Request) => Promise<Response>
  #good = false
  #now = begun

  private constructor(place: APlace, seed: number, bug: Bug) {
    this.#place = place
    this.#steps = luckOf(seed)
    this.#bug = bug
    this.#keys.push(place.receiptKey)
  }

  static async begin(place: APlace, medium: Medium, seed: number, bug: Bug): Promise<World> {
    await place.clear(medium)
    const world = new World(place, seed, bug)
    world.#startReceiver()
    for (const [n, disk] of place.disks[medium].entries()) {
      const outbox = await anOutbox(endpoint, {
        receiverPublicKey: toBase64Url(place.receiptKey.publicKey),
        enrolCode: place.codes[n] ?? '',
        made: { database: disk.database, newKey: place.newKey, recipients: place.recipients, sign: place.sign },
      })
      const { deskKey } = outbox
      const empty = { known: new Map(), contents: new Map(), sender: undefined, store: undefined, wasLost: false }
      world.#tablets.push({ disk, outbox, ...empty, deskKeys: [deskKey] })
    }
    return world
  }

  async end(): Promise<void> {
    await this.#store.close()
  }

  /** One thing happens, and then every promise is looked at. */
  async step(): Promise<void> {
    const tablet = this.#one(this.#tablets)
    await this.#one([
      async () => await this.#add(tablet),
      async () => await this.#add(tablet),
      async () => await this.#pass(tablet),
      async () => await this.#pass(tablet),
      async () => void (await Promise.all([this.#pass(tablet), this.#pass(tablet)])),
      async () => void (await Promise.all(this.#tablets.map(async (each) => await this.#pass(each)))),
      async () => await this.#desk(),
      async () => await this.#startAgain(),
      async () => void (tablet.outbox.clock.now += this.#one([60_000, 3_600_000, day, -day, 3650 * day, -3650 * day])),
      async () => await this.#configure(tablet),
      async () => await this.#pack(tablet),
      async () => await this.#pass(tablet, undefined, () => this.#pack(tablet)),
      async () => this.#rotate(tablet),
      async () => await this.#one([() => this.#backUp(), () => this.#bringBack()])(),
      async () => await this.#arriveLate(),
      async () => await this.#loseOrFind(tablet),
    ])()
    for (const { receipts, late } of this.#senders.splice(0)) {
      this.#receipts.push(...receipts)
      this.#late.push(...late)
    }
    await this.#look()
  }

  /** The line is good from now on: everything arrives and is opened. */
  async settle(): Promise<void> {
    this.#good = true
    this.#inUse = this.#keys.length
    this.#signed.clear()
    for (const tablet of this.#tablets) await this.#configure(tablet)
    for (const tablet of this.#tablets) if (tablet.wasLost) await this.#letInAgain(tablet)
    for (let round = 0; round < 6 && !this.#isOver(); round += 1) {
      for (const tablet of this.#tablets) {
        tablet.outbox.clock.now += 2 * day
        await this.#pass(tablet, 'person')
      }
      await this.#desk()
      await this.#look()
    }
    const arrived = new Set<number>()
    for (const { disk, contents } of this.#tablets)
      for (const { boxId, state, lastCode } of disk.boxes()) {
        must(state === 'opened', `a box stays ${state} (${lastCode}) on a good line`)
        for (const revision of contents.get(boxId) ?? []) arrived.add(revision)
      }
    must(arrived.size === this.#revisions, 'a revision is in no box that was opened')
    while (this.#late.length > 0) await this.#arriveLate()
    this.#compared.clear()
    await this.#look()
  }

  /** Where the boxes of each tablet are, in the order of their making. */
  told(): string {
    const rows = this.#tablets.map(({ disk }) => disk.boxes().toSorted((one, other) => one.seq - other.seq))
    return rows.map((all) => all.map(({ state, attempts }) => `${state} ${attempts}`).join(', ')).join('; ')
  }

  #isOver(): boolean {
    return this.#tablets.flatMap(({ disk }) => disk.boxes()).every(({ state }) => state === 'opened')
  }

  #one<T>(choices: readonly T[], luck = this.#steps): T {
    return choices[Math.floor(luck() * choices.length)] as T
  }

  /** Starts it on what is on the disk. */
  #startReceiver(): void {
    const store = openEmbeddedStore(this.#file('receiver.db'))
    this.#store = store
    this.#compared.clear()
    const limits = { ...defaultLimits, requestsPerMinute: 100_000, sameFailuresPerMinute: 100_000 }
    this.#handle = receiver({
      store: this.#spoiled(store),
      keys: { of: async () => this.#keyInUse() },
      storeId: `store ${this.#bug === 'is-restored-in-silence' ? 0 : this.#restored}`,
      clock: () => (this.#now += 1),
      log: () => undefined,
      metrics: this.#place.metrics,
      limits,
      appOrigins: ['http://app.test'],
      spool: new Spool(this.#file('incoming'), limits),
      quota: new RequestQuota(limits.requestsPerMinute),
      failures: new FailureQuota(limits),
      freeShare: async () => 1,
      run: 'run',
    })
  }

  #file(name: string): string {
    return join(this.#place.folder, name)
  }

  /** Copies what the receiver has, once all tablets are enrolled. */
  async #backUp(): Promise<void> {
    if (this.#tablets.some(({ disk }) => disk.itself()?.token === '')) return
    await this.#store.close()
    cpSync(this.#file('receiver.db'), this.#file('backup.db'))
    this.#startReceiver()
  }

  /** The receiver dies with all that it has; another one begins with the backup, under another name. */
  async #bringBack(): Promise<void> {
    if (!existsSync(this.#file('backup.db'))) return
    await this.#store.close()
    for (const end of ['', '-wal', '-shm']) rmSync(this.#file(`receiver.db${end}`), { force: true })
    cpSync(this.#file('backup.db'), this.#file('receiver.db'))
    this.#restored += 1
    this.#signed.clear()
    // A receipt of before that a box has no longer beside it would be believed, if the same batch was sent again.
    this.#receipts.splice(0)
    for (const { known } of this.#tablets) for (const box of known.values()) box.lost = box.state !== 'waiting'
    this.#startReceiver()
  }

  #keyInUse(): SigningKey {
    return this.#keys[this.#inUse - 1] as SigningKey
  }

  /** The receiver or the desk gets another key, or the receiver begins to sign with the one that it has. */
  #rotate({ deskKeys }: Tablet): void {
    this.#one([
      () => this.#keys.push(this.#place.newKey()),
      () => (this.#inUse = Math.min(this.#inUse + 1, this.#keys.length)),
      () => deskKeys.push(this.#place.newKey()),
    ])()
  }

  /** The operator revokes a tablet that is enrolled, or lets one in again that was found. */
  async #loseOrFind(tablet: Tablet): Promise<void> {
    const { deviceId } = tablet.outbox
    const known = (await this.#store.listDevices(firstOrg)).find((device) => device.deviceId === deviceId)
    if (!known) return
    tablet.wasLost = true
    if (known.revokedAt === null) await this.#store.revokeDevice(firstOrg, deviceId, this.#now)
    else await this.#letInAgain(tablet)
  }

  async #letInAgain({ outbox, disk }: Tablet): Promise<void> {
    await this.#store.readmitDevice(firstOrg, outbox.deviceId)
    const { code: enrolCode } = await issueCode(this.#store, firstOrg, this.#now)
    await outbox.database.device.update('device', { enrolCode, changes: (disk.itself()?.changes ?? 0) + 1 })
  }

  /** New settings reach a tablet: the keys of now and of before. Others do without them meanwhile. */
  async #configure({ outbox, deskKeys }: Tablet): Promise<void> {
    const lastTwo = (keys: readonly SigningKey[]) => keys.slice(-2).map(({ publicKey }) => toBase64Url(publicKey))
    await outbox.configure({ receiverKeys: lastTwo(this.#keys), deskKeys: lastTwo(deskKeys) })
  }

  async #startAgain(): Promise<void> {
    await this.#store.close()
    this.#startReceiver()
  }

  /** A store that fails now and then before or after the commit; and, where that is planted, lies. */
  #spoiled(store: Store): Store {
    const keepBoxes: Store['keepBoxes'] = async (batch) => {
      const luck = this.#tablets.find(({ outbox }) => outbox.deviceId === batch.deviceId)?.sender?.luck ?? this.#steps
      if (this.#bug === 'says-kept-and-keeps-nothing' && luck() < 0.2) return true
      if (!this.#good && luck() < 0.05) throw new Error('killed before the commit')
      const kept = await store.keepBoxes(batch)
      if (this.#bug === 'keeps-twice')
        for (const box of batch.boxes) await store.keepBoxes({ ...batch, boxes: [await again(box)] })
      if (!this.#good && luck() < 0.05) throw new Error('killed after the commit')
      return kept
    }
    return new Proxy(store, {
      get: (target, name) =>
        name === 'keepBoxes' ? keepBoxes : (Reflect.get(target, name) as () => unknown).bind(target),
    })
  }

  async #add({ outbox, known, contents }: Tablet): Promise<void> {
    const row = await outbox.makeBox(4_400 + Math.floor(this.#steps() * 3) * 4096)
    await outbox.database.outbox.put(row)
    known.set(row.boxId, { bytes: row.bytes, state: 'waiting', lost: false })
    contents.set(row.boxId, [(this.#revisions += 1)])
  }

  /** Boxes that were never tried become one, or are sealed anew, as at an unlock; here with no regard for who is sending. */
  async #pack({ outbox, known, contents }: Tablet): Promise<void> {
    const { database } = outbox
    const packed = await outbox.makeBox()
    const isFree = ({ attempts }: OutboxRow) => attempts === 0 || this.#bug === 'replaces-what-was-tried'
    await database.transaction('rw', database.outbox, async () => {
      const waiting = await database.outbox.where('state').equals('waiting').sortBy('seq')
      const old = waiting.filter(isFree).map(({ boxId }) => boxId)
      if (old.length === 0) return
      await database.outbox.bulkDelete(old)
      await database.outbox.put({ ...packed, replaces: old })
      contents.set(
        packed.boxId,
        old.flatMap((boxId) => contents.get(boxId) ?? []),
      )
      for (const boxId of old) known.delete(boxId)
      known.set(packed.boxId, { bytes: packed.bytes, state: 'waiting', lost: false })
    })
  }

  /** A sender sends until it is done, or is killed in the middle of a request. */
  /** @param meanwhile is done while the first request is on its way */
  async #pass(
    tablet: Tablet,
    trigger: Trigger = this.#one(['timer', 'woken', 'start', 'person'] as const),
    meanwhile?: () => Promise<void>,
  ): Promise<void> {
    const sender = { luck: luckOf(this.#steps() * 2 ** 32), receipts: [], late: [] }
    this.#senders.push(sender)
    await this.#send(tablet, sender, trigger, meanwhile)
  }

  async #send(tablet: Tablet, sender: Sender, trigger: Trigger, meanwhile?: () => Promise<void>): Promise<void> {
    let toDo = meanwhile
    let kill = (): void => undefined
    const gone = new Promise<void>((resolve) => (kill = resolve))
    const fetch: DeliverDeps['fetch'] = async (url, init) => {
      await toDo?.()
      toDo = undefined
      const dies = !this.#good && sender.luck() < 0.06
      const after = sender.luck() < 0.5
      if (!dies) return await this.#travel(url, init, sender)
      if (after) await this.#travel(url, init, sender).catch(() => undefined)
      kill()
      return await new Promise<Response>(() => undefined)
    }
    const locks: Locks = {
      request: async (name, _options, callback) => {
        if (tablet.sender) return await callback(null)
        tablet.sender = sender
        try {
          return await callback({ name })
        } finally {
          tablet.sender = undefined
        }
      },
    }
    if (this.#bug === 'deletes-before-the-receipt') await this.#deleteOne(tablet)
    const deps = tablet.outbox.deps({ fetch, locks, random: sender.luck, trigger })
    const done = deliver(
      this.#bug === 'believes-any-200' ? { ...deps, fetch: await this.#believing(fetch, tablet) } : deps,
    )
    await Promise.race([done, gone.then(() => (tablet.sender = undefined))])
  }

  async #deleteOne({ disk, outbox }: Tablet): Promise<void> {
    const row = disk.boxes().find(({ state, attempts }) => state === 'waiting' && attempts > 0)
    if (row) await outbox.database.outbox.delete(row.boxId)
  }

  /** Marks everything as received when anything answers 200. */
  async #believing(fetch: DeliverDeps['fetch'], { outbox }: Tablet): Promise<DeliverDeps['fetch']> {
    return async (url, init) => {
      const answer = await fetch(url, init)
      if (init.method === 'PUT' && answer.ok) await outbox.database.outbox.toCollection().modify({ state: 'received' })
      return answer
    }
  }

  /** A request on the line. */
  async #travel(url: string, init: RequestInit, sender: Sender): Promise<Response> {
    const { luck } = sender
    const ask = async () => await this.#handle(lightRequest(url, init))
    if (this.#good || luck() < 0.55) return await remember(await ask(), sender)
    return await this.#one(
      [
        async () => await lost(),
        async () => {
          await ask()
          return await lost()
        },
        async () => {
          await ask()
          return await remember(await ask(), sender)
        },
        async () => {
          await turns(luck() * 100)
          return await remember(await ask(), sender)
        },
        async () => {
          sender.late.push(ask)
          return await lost()
        },
        async () => new Response((await (await ask()).text()).slice(0, 40), { status: 200 }),
        async () => new Response('<html>Welcome to the network</html>', { status: 200 }),
        async () => Response.json({ ok: true }),
        async () => Response.json({ error: 'who are you?' }, { status: this.#one([401, 403, 404, 410], luck) }),
        async () =>
          new Response('', { status: this.#one([400, 408, 409, 413, 422, 425, 500, 502, 503, 507, 511], luck) }),
        async () =>
          new Response('', {
            status: 503,
            headers: { 'Retry-After': this.#one(['5', '-1', 'soon', '99999999999'], luck) },
          }),
        async () => new Response('', { status: 302, headers: { Location: 'https://elsewhere.example/' } }),
        async () => new Response(this.#receipts.length > 0 ? this.#one(this.#receipts, luck) : '{}', { status: 200 }),
        async () => new Response(await this.#forged(luck), { status: 200 }),
      ],
      luck,
    )()
  }

  async #arriveLate(): Promise<void> {
    const [ask] = this.#late.splice(Math.floor(this.#steps() * this.#late.length), 1)
    await ask?.()
  }

  /** A receipt for everything there is, by a key that nobody pinned. */
  async #forged(luck: () => number): Promise<string> {
    const { disk, outbox } = this.#one(this.#tablets, luck)
    const boxes = disk.boxes().map(({ boxId, size }) => ({ id: boxId, size, result: 'kept' as const }))
    const about = {
      v: 1,
      level: 'stored',
      batchId: '0'.repeat(64),
      deviceId: outbox.deviceId,
      at: '2026-05-02T10:00:00Z',
    } as const
    return await signReceipt({ ...about, boxes }, this.#place.strangersKey.privateKey)
  }

  /** The desk fetches all, and signs for it as each tablet's own desk would. */
  async #desk(): Promise<void> {
    const listed = await this.#listed()
    for (const { outbox, deskKeys } of this.#tablets) {
      const boxes = listed
        .filter(({ id, deviceId }) => deviceId === outbox.deviceId && !this.#signed.has(id))
        .map(({ id, size }) => ({ id, size, result: 'imported' as const }))
      if (boxes.length === 0) continue
      const about = {
        v: 1,
        level: 'imported',
        deviceId: outbox.deviceId,
        at: new Date(this.#now).toISOString(),
      } as const
      const text = await signReceipt({ ...about, boxes }, (deskKeys.at(-1) as SigningKey).privateKey)
      const put = lightRequest(endpoint + paths.receipt(await sha256HexOf(text)), {
        method: 'PUT',
        body: text,
        headers: { Authorization: `Bearer ${this.#place.deskToken}` },
      })
      if (!(await this.#handle(put)).ok) continue
      for (const { id } of boxes) for (const named of [this.#signed, this.#opened]) named.add(id)
    }
  }

  async #listed(): Promise<{ n: number; id: string; deviceId: string; size: number }[]> {
    return await this.#store.listBoxes(firstOrg, 0, 100_000)
  }

  /** Whether every promise holds now. */
  async #look(): Promise<void> {
    const listed = await this.#listed()
    must(new Set(listed.map(({ id }) => id)).size === listed.length, 'the receiver holds a box twice')
    must(
      listed.every(({ n }, i) => n === i + 1),
      'the receiver has a gap in its count',
    )
    const sent = new Set(this.#tablets.flatMap(({ known }) => [...known.keys()]))
    must(
      listed.every(({ id }) => sent.has(id)),
      'the receiver holds a box that nobody made',
    )
    const kept = new Set(listed.map(({ id }) => id))
    for (const tablet of this.#tablets) await this.#lookAt(tablet, kept)
  }

  async #lookAt(tablet: Tablet, kept: ReadonlySet<string>): Promise<void> {
    const { disk, known } = tablet
    const rows = new Map(disk.boxes().map((row) => [row.boxId, row]))
    const { receiptsStore } = disk.itself() ?? {}
    const learnt = tablet.store !== undefined && receiptsStore !== tablet.store
    tablet.store = receiptsStore
    for (const [boxId, before] of known) {
      const row = rows.get(boxId)
      must(row, 'a box left the outbox without a receipt')
      must(Buffer.compare(row.bytes, before.bytes) === 0, 'a box changed while it waited')
      // Offered again to another store, and what that one has already, too.
      if (learnt && before.state === 'received') Object.assign(before, { lost: false, state: 'waiting' })
      if (before.state === 'refused' && row.state === 'waiting') before.lost = false
      must(rank[row.state] >= rank[before.state], `a box went back from ${before.state} to ${row.state}`)
      if (row.state === 'opened')
        must(this.#opened.has(boxId), 'a box is called opened, and the desk has not opened it')
      if (!before.lost && (row.state === 'received' || row.state === 'opened')) {
        const isThere = kept.has(boxId) && (await this.#isWhole(boxId, before.bytes))
        must(isThere, 'a box is called received, and the receiver has it not')
      }
      must(row.state !== 'refused' || tablet.wasLost, 'a good box is refused')
      before.state = row.state
    }
  }

  /** Looked up once after each start of the receiver, and at the end: no box that is kept is ever written again. */
  async #isWhole(boxId: string, bytes: Uint8Array): Promise<boolean> {
    if (this.#compared.has(boxId)) return true
    const kept = await this.#store.readBox(firstOrg, boxId)
    if (kept === undefined || Buffer.compare(kept, bytes) !== 0) return false
    this.#compared.add(boxId)
    return true
  }
}

/** Keeps what was answered, to be played again to somebody else. */
async function remember(answer: Response, { receipts }: Sender): Promise<Response> {
  const text = await answer.text()
  if (text.includes('"receipt"')) receipts.push(text)
  return lightResponse(text, answer)
}

/** Lets everybody else go on for as long. */
async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await new Promise((resolve) => setImmediate(resolve))
}

const rank = { waiting: 0, refused: 0, received: 1, opened: 2, quarantined: 3 } as Readonly<Record<string, number>> &
  Record<OutboxRow['state'], number>

const lost = async (): Promise<never> => await Promise.reject(new TypeError('the line broke'))

/** The same box with one more byte, as if it were another. */
async function again({ bytes }: { readonly bytes: Uint8Array }) {
  const more = new Uint8Array([...bytes, 0])
  return { id: await sha256Hex(more), bytes: more }
}

function must(isSo: unknown, otherwise: string): asserts isSo {
  if (!isSo) throw new Error(otherwise)
}
