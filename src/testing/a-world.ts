import 'fake-indexeddb/auto'
import { AsyncLocalStorage } from 'node:async_hooks'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { issueCode } from '../../receiver/codes.ts'
import { receiver } from '../../receiver/handler.ts'
import { defaultLimits } from '../../receiver/limits.ts'
import { Metrics } from '../../receiver/metrics.ts'
import { RequestQuota } from '../../receiver/quota.ts'
import { newDeskToken, openData } from '../../receiver/server.ts'
import { Spool } from '../../receiver/spool.ts'
import { firstOrg, type Store } from '../../receiver/store.ts'
import { paths } from '../batch/protocol.ts'
import { signReceipt } from '../batch/receipt.ts'
import type { OutboxRow } from '../database.ts'
import { deliver, type DeliverDeps, type Locks } from '../outbox/deliver.ts'
import type { Trigger } from '../outbox/line.ts'
import { sha256Hex, sha256HexOf } from '../seal/digest.ts'
import { toBase64Url } from '../seal/base64url.ts'
import { newSigningKey, type SigningKey } from '../seal/signature.ts'
import { anOutbox, type AnOutbox } from './an-outbox.ts'

/**
 * The sender at whose request something happens. Each has a luck of its own, and what it was answered is known to others
 * only when all have ended: what is drawn for one does not depend on how far another one beside it has come.
 */
const sender = new AsyncLocalStorage<{ readonly luck: () => number; readonly receipts: string[] }>()

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
/** Where Linux keeps files in memory: power cuts are not what is tried here. */
const memory = '/dev/shm'
const day = 86_400_000

/**
 * Three tablets with two senders each, the receiver as it runs, and a desk, over a line on which everything goes wrong
 * that can; driven by a seed. Throws where a promise of security.md, section 17, is broken, or where what was sent has
 * not arrived once the line is good again. Gives where all boxes were after each step.
 */
export async function live(seed: number, bug: Bug = 'none'): Promise<string> {
  const world = await World.begin(seed, bug)
  const told: string[] = []
  try {
    for (let step = 0; step < 40; step += 1) {
      await world.step()
      told.push(await world.told())
    }
    await world.settle()
    return told.join('\n')
  } finally {
    await world.end()
  }
}

interface Tablet {
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
  /** Senders that hold the lock; one that is killed leaves it free. */
  busy: number
  /** The desk's keys for this tablet, the newest last. */
  readonly deskKeys: SigningKey[]
}

class World {
  readonly #steps: () => number
  readonly #bug: Bug
  readonly #folder: string
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
  /** Those of this step. */
  readonly #senders: { readonly receipts: readonly string[] }[] = []
  #store!: Store
  #deskToken = ''
  #handle!: (request: Request) => Promise<Response>
  #good = false
  #now = Date.UTC(2026, 4, 2, 10)

  private constructor(seed: number, bug: Bug) {
    this.#steps = luckOf(seed)
    this.#bug = bug
    this.#folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'world-'))
  }

  static async begin(seed: number, bug: Bug): Promise<World> {
    const world = new World(seed, bug)
    await world.#startReceiver()
    world.#deskToken = await newDeskToken(world.#store, world.#now)
    for (let n = 0; n < devices; n += 1) {
      const { code } = await issueCode(world.#store, firstOrg, world.#now)
      const outbox = await anOutbox(endpoint, {
        receiverPublicKey: toBase64Url(world.#keyInUse().publicKey),
        enrolCode: code,
      })
      world.#tablets.push({
        outbox,
        known: new Map(),
        contents: new Map(),
        busy: 0,
        store: undefined,
        deskKeys: [outbox.deskKey],
      })
    }
    return world
  }

  async end(): Promise<void> {
    await this.#store.close()
    for (const { outbox } of this.#tablets) await outbox.database.delete()
    rmSync(this.#folder, { recursive: true, force: true })
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
    ])()
    for (const { receipts } of this.#senders.splice(0)) this.#receipts.push(...receipts)
    await this.#look()
  }

  /** The line is good from now on: everything arrives and is opened. */
  async settle(): Promise<void> {
    this.#good = true
    this.#inUse = this.#keys.length
    this.#signed.clear()
    for (const tablet of this.#tablets) await this.#configure(tablet)
    for (let round = 0; round < 6 && !(await this.#isOver()); round += 1) {
      for (const tablet of this.#tablets) {
        tablet.outbox.clock.now += 2 * day
        await this.#pass(tablet, 'person')
      }
      await this.#desk()
      await this.#look()
    }
    const arrived = new Set<number>()
    for (const { outbox, contents } of this.#tablets)
      for (const { boxId, state, lastCode } of await outbox.rows()) {
        must(state === 'opened', `a box stays ${state} (${lastCode}) on a good line`)
        for (const revision of contents.get(boxId) ?? []) arrived.add(revision)
      }
    must(arrived.size === this.#revisions, 'a revision is in no box that was opened')
  }

  /** Where the boxes of each tablet are, in the order of their making. */
  async told(): Promise<string> {
    const rows = await Promise.all(
      this.#tablets.map(({ outbox }) => outbox.database.outbox.toCollection().sortBy('seq')),
    )
    return rows.map((all) => all.map(({ state, attempts }) => `${state} ${attempts}`).join(', ')).join('; ')
  }

  async #isOver(): Promise<boolean> {
    const rows = await Promise.all(this.#tablets.map(({ outbox }) => outbox.rows()))
    return rows.flat().every(({ state }) => state === 'opened')
  }

  readonly #luck = (): number => (sender.getStore()?.luck ?? this.#steps)()

  #one<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.#luck() * choices.length)] as T
  }

  /** Starts it on what is on the disk. */
  async #startReceiver(): Promise<void> {
    const { store, key } = await openData(this.#folder)
    this.#store = store
    if (this.#keys.length === 0) this.#keys.push(key)
    const limits = { ...defaultLimits, requestsPerMinute: 100_000 }
    this.#handle = receiver({
      store: this.#spoiled(store),
      keys: { of: async () => this.#keyInUse() },
      storeId: `store ${this.#bug === 'is-restored-in-silence' ? 0 : this.#restored}`,
      clock: () => (this.#now += 1),
      log: () => undefined,
      metrics: new Metrics(),
      limits,
      appOrigins: ['http://app.test'],
      spool: new Spool(join(this.#folder, 'incoming'), limits),
      quota: new RequestQuota(limits.requestsPerMinute),
      freeShare: async () => 1,
      run: 'run',
    })
  }

  get #backup(): string {
    return join(this.#folder, 'backup.db')
  }

  /** Copies what the receiver has, once all tablets are enrolled. */
  async #backUp(): Promise<void> {
    const devices = await Promise.all(this.#tablets.map(({ outbox }) => outbox.database.device.get('device')))
    if (devices.some((device) => device?.token === '')) return
    await this.#store.close()
    cpSync(join(this.#folder, 'receiver.db'), this.#backup)
    await this.#startReceiver()
  }

  /** The receiver dies with all that it has; another one begins with the backup, under another name. */
  async #bringBack(): Promise<void> {
    if (!existsSync(this.#backup)) return
    await this.#store.close()
    for (const end of ['', '-wal', '-shm']) rmSync(join(this.#folder, `receiver.db${end}`), { force: true })
    cpSync(this.#backup, join(this.#folder, 'receiver.db'))
    this.#restored += 1
    this.#signed.clear()
    // A receipt of before that a box has no longer beside it would be believed, if the same batch was sent again.
    this.#receipts.splice(0)
    for (const { known } of this.#tablets) for (const box of known.values()) box.lost = box.state !== 'waiting'
    await this.#startReceiver()
  }

  #keyInUse(): SigningKey {
    return this.#keys[this.#inUse - 1] as SigningKey
  }

  /** The receiver or the desk gets another key, or the receiver begins to sign with the one that it has. */
  #rotate({ deskKeys }: Tablet): void {
    this.#one([
      () => this.#keys.push(newSigningKey()),
      () => (this.#inUse = Math.min(this.#inUse + 1, this.#keys.length)),
      () => deskKeys.push(newSigningKey()),
    ])()
  }

  /** New settings reach a tablet: the keys of now and of before. Others do without them meanwhile. */
  async #configure({ outbox, deskKeys }: Tablet): Promise<void> {
    const lastTwo = (keys: readonly SigningKey[]) => keys.slice(-2).map(({ publicKey }) => toBase64Url(publicKey))
    await outbox.configure({ receiverKeys: lastTwo(this.#keys), deskKeys: lastTwo(deskKeys) })
  }

  async #startAgain(): Promise<void> {
    await this.#store.close()
    await this.#startReceiver()
  }

  /** A store that fails now and then before or after the commit; and, where that is planted, lies. */
  #spoiled(store: Store): Store {
    const keepBoxes: Store['keepBoxes'] = async (batch) => {
      if (this.#bug === 'says-kept-and-keeps-nothing' && this.#luck() < 0.2) return
      if (!this.#good && this.#luck() < 0.05) throw new Error('killed before the commit')
      await store.keepBoxes(batch)
      if (this.#bug === 'keeps-twice')
        for (const box of batch.boxes) await store.keepBoxes({ ...batch, boxes: [await again(box)] })
      if (!this.#good && this.#luck() < 0.05) throw new Error('killed after the commit')
    }
    return new Proxy(store, {
      get: (target, name) =>
        name === 'keepBoxes' ? keepBoxes : (Reflect.get(target, name) as () => unknown).bind(target),
    })
  }

  async #add({ outbox, known, contents }: Tablet): Promise<void> {
    const boxId = await outbox.addBox(4_400 + Math.floor(this.#luck() * 3) * 4096)
    known.set(boxId, { bytes: (await outbox.row(boxId)).bytes, state: 'waiting', lost: false })
    contents.set(boxId, [(this.#revisions += 1)])
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
    const one = { luck: luckOf(this.#luck() * 2 ** 32), receipts: [] }
    this.#senders.push(one)
    await sender.run(one, () => this.#send(tablet, trigger, meanwhile))
  }

  async #send(tablet: Tablet, trigger: Trigger, meanwhile?: () => Promise<void>): Promise<void> {
    let toDo = meanwhile
    let [kill, killed]: [() => void, boolean] = [() => undefined, false]
    const gone = new Promise<void>((resolve) => (kill = resolve))
    const fetch: DeliverDeps['fetch'] = async (url, init) => {
      await toDo?.()
      toDo = undefined
      const dies = !this.#good && this.#luck() < 0.06
      const after = this.#luck() < 0.5
      if (!dies) return await this.#travel(url, init)
      if (after) await this.#travel(url, init).catch(() => undefined)
      killed = true
      kill()
      return await new Promise<Response>(() => undefined)
    }
    const held = new Set<string>()
    const locks: Locks = {
      request: async (name, _options, callback) => {
        if (tablet.busy > 0) return await callback(null)
        tablet.busy += 1
        held.add(name)
        try {
          return await callback({ name })
        } finally {
          if (!killed) tablet.busy -= 1
        }
      },
    }
    if (this.#bug === 'deletes-before-the-receipt') await this.#deleteOne(tablet)
    const random = this.#luck
    const deps = tablet.outbox.deps({ fetch, locks, random, trigger })
    const done = deliver(
      this.#bug === 'believes-any-200' ? { ...deps, fetch: await this.#believing(fetch, tablet) } : deps,
    )
    await Promise.race([done, gone])
    if (killed && held.size > 0) tablet.busy -= 1
  }

  async #deleteOne({ outbox }: Tablet): Promise<void> {
    const [row] = (await outbox.rows()).filter(({ state, attempts }) => state === 'waiting' && attempts > 0)
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
  async #travel(url: string, init: RequestInit): Promise<Response> {
    const ask = async () => {
      const { signal: _, ...rest } = init
      const length = rest.body instanceof Uint8Array ? rest.body.byteLength : String(rest.body ?? '').length
      const headers = {
        ...(rest.headers as Record<string, string>),
        ...(rest.body && { 'Content-Length': String(length) }),
      }
      return await this.#handle(new Request(url, { ...rest, headers } as RequestInit))
    }
    if (this.#good || this.#luck() < 0.55) return await this.#remember(await ask())
    return await this.#one([
      async () => await lost(),
      async () => {
        await ask()
        return await lost()
      },
      async () => {
        await ask()
        return await this.#remember(await ask())
      },
      async () => {
        await new Promise((resolve) => setTimeout(resolve, this.#luck() * 4))
        return await this.#remember(await ask())
      },
      async () => new Response((await (await ask()).text()).slice(0, 40), { status: 200 }),
      async () => new Response('<html>Welcome to the network</html>', { status: 200 }),
      async () => Response.json({ ok: true }),
      async () => Response.json({ error: 'who are you?' }, { status: this.#one([401, 403, 404, 410]) }),
      async () => new Response('', { status: this.#one([400, 408, 409, 413, 422, 425, 500, 502, 503, 507, 511]) }),
      async () =>
        new Response('', { status: 503, headers: { 'Retry-After': this.#one(['5', '-1', 'soon', '99999999999']) } }),
      async () => new Response('', { status: 302, headers: { Location: 'https://elsewhere.example/' } }),
      async () => new Response(this.#receipts.length > 0 ? this.#one(this.#receipts) : '{}', { status: 200 }),
      async () => new Response(await this.#forged(), { status: 200 }),
    ])()
  }

  /** Keeps what was answered, to be played again to somebody else. */
  async #remember(answer: Response): Promise<Response> {
    const text = await answer.clone().text()
    if (text.includes('"receipt"')) sender.getStore()?.receipts.push(text)
    return answer
  }

  /** A receipt for everything there is, by a key that nobody pinned. */
  async #forged(): Promise<string> {
    const { outbox } = this.#one(this.#tablets)
    const boxes = (await outbox.rows()).map(({ boxId, size }) => ({ id: boxId, size, result: 'kept' as const }))
    const about = {
      v: 1,
      level: 'stored',
      batchId: '0'.repeat(64),
      deviceId: outbox.deviceId,
      at: '2026-05-02T10:00:00Z',
    } as const
    return await signReceipt({ ...about, boxes }, newSigningKey().privateKey)
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
      const put = new Request(endpoint + paths.receipt(await sha256HexOf(text)), {
        method: 'PUT',
        body: text,
        headers: { Authorization: `Bearer ${this.#deskToken}`, 'Content-Length': String(text.length) },
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
    for (const tablet of this.#tablets) await this.#lookAt(tablet)
  }

  async #lookAt(tablet: Tablet): Promise<void> {
    const { outbox, known } = tablet
    const rows = new Map((await outbox.rows()).map((row) => [row.boxId, row]))
    const { receiptsStore } = (await outbox.database.device.get('device')) ?? {}
    const learnt = tablet.store !== undefined && receiptsStore !== tablet.store
    tablet.store = receiptsStore
    for (const [boxId, before] of known) {
      const row = rows.get(boxId)
      must(row, 'a box left the outbox without a receipt')
      must(Buffer.compare(row.bytes, before.bytes) === 0, 'a box changed while it waited')
      // Offered again to another store, and what that one has already, too.
      if (learnt && before.state === 'received') Object.assign(before, { lost: false, state: 'waiting' })
      must(rank[row.state] >= rank[before.state], `a box went back from ${before.state} to ${row.state}`)
      if (row.state === 'opened')
        must(this.#opened.has(boxId), 'a box is called opened, and the desk has not opened it')
      if (!before.lost && (row.state === 'received' || row.state === 'opened')) {
        const kept = await this.#store.readBox(firstOrg, boxId)
        must(kept && Buffer.compare(kept, before.bytes) === 0, 'a box is called received, and the receiver has it not')
      }
      must(row.state !== 'refused', 'a good box is refused')
      before.state = row.state
    }
  }
}

const rank = { waiting: 0, refused: 1, received: 1, opened: 2, quarantined: 3 } as Readonly<Record<string, number>> &
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
