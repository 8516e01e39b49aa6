import { BatchError } from '../batch/batch-error.ts'
import { hasReceiver, openConfiguration, type Configuration, type WithReceiver } from '../batch/configuration.ts'
import { batchBoxLimit } from '../batch/protocol.ts'
import { senderLock, type Database, type DeviceRow, type OutboxRow } from '../database.ts'
import { consequenceOf, isOutcast, outcast, type Consequence, type DeliveryCode } from './answers.ts'
import { sizeWithin } from './backoff.ts'
import { enrol } from './enrol.ts'
import { exchange, isWhole, type Wire } from './exchange.ts'
import { fetchImported, type Imported } from './imported.ts'
import { advance, beginPass, freshLine, mayTry, type Line, type Trigger } from './line.ts'
import { readLine, writeLine } from './line-row.ts'
import { forgetTries, offerAgain, quarantine, settle } from './settle.ts'
import { takeBoxes, type Taken } from './take.ts'

/** The part of `navigator.locks` that is used: the callback gets null where somebody else holds the lock. */
export interface Locks {
  request<T>(name: string, options: { ifAvailable: true }, callback: (lock: unknown) => Promise<T>): Promise<T>
}

export interface DeliverDeps extends Wire {
  readonly database: Database
  /** A number in [0, 1). */
  readonly random: () => number
  readonly locks: Locks
  /** Counts what went wrong; gets a closed code and never a word of data. */
  readonly log?: (code: DeliveryCode) => void
  /** Why we are asked to send; `timer` when left out. */
  readonly trigger?: Trigger
  /** Milliseconds after which nothing may be under way any more; none for a page. */
  readonly budget?: number
  /** Asked before a pass, and before its news is written down: whether the disk has room for so many bytes. */
  readonly hasRoom?: (bytes: number) => Promise<boolean>
  /** Whether the connection of this moment costs by the byte; false where the platform does not tell. */
  readonly isMetered?: () => boolean
  /** Told before each request and after the last how far this pass is. */
  readonly onProgress?: (progress: Progress) => void
}

/** How far a pass is. Only what has its turn in it counts, and what somebody queues meanwhile. */
export interface Progress {
  /** Boxes that were answered for, whatever became of them. */
  readonly done: number
  readonly of: number
  /** Bytes that have left, the frame of each request included. */
  readonly bytes: number
}

export interface DeliveryReport {
  /**
   * `done` = nothing waits; `waiting` = something does, until `nextAt`; `more` = the budget is used up, or the pass
   * was broken off;
   * `elsewhere` = another sender is at it; `not-set-up` = there is nowhere to send to; `no-room` = the disk is full;
   * `metered` = a person said that nothing leaves by itself over such a connection.
   */
  readonly status: 'done' | 'waiting' | 'more' | 'elsewhere' | 'not-set-up' | 'no-room' | 'metered'
  /** Boxes of this pass, by what became of them. */
  readonly received: number
  readonly refused: number
  readonly opened: number
  /** Boxes in the outbox that nobody has received yet. */
  readonly waiting: number
  readonly code: DeliveryCode
  /** Epoch milliseconds of the next planned try; 0 = none is planned. */
  readonly nextAt: number
}

/** More than is written before anything has left: the boxes of one batch, once more. */
const roomToBegin = 2 << 20

/**
 * One pass: sends what waits and may be tried, one request after the other, until nothing is left, the line asks for a
 * pause or the budget is over. Safe to call at any moment, from any tab or worker, and to be killed at any moment: the
 * raised `attempts` are on the disk before a request leaves, what is sent twice is kept once by the receiver, and a box
 * moves only by a receipt that verifies. On a full disk nothing leaves; a receipt that finds no room is left where it is,
 * and the box asks for it again. Throws only what the database throws.
 */
export function deliver(deps: DeliverDeps): Promise<DeliveryReport> {
  return deps.locks.request(senderLock, { ifAvailable: true }, async (lock) =>
    lock === null
      ? { status: 'elsewhere', received: 0, refused: 0, opened: 0, waiting: 0, code: '', nextAt: 0 }
      : new Pass(deps).run(),
  )
}

/** The device as its row says, with its configuration, verified just now. */
interface Bearings<C extends Configuration = WithReceiver> {
  readonly device: DeviceRow
  readonly configuration: C
}

/** What one pass knows besides the disk. */
class Pass {
  readonly #deps: DeliverDeps
  readonly #until: number
  /** Boxes that had their turn in this pass and wait for themselves. */
  readonly #skip = new Set<string>()
  readonly #count = { received: 0, refused: 0, opened: 0 }
  /** Bytes that left. */
  #bytes = 0
  /** -1 is nobody's count of changes. */
  #line: Line = freshLine(-1)
  /** Boxes that wait for themselves are tried, too. */
  #early: boolean
  /** The receiver itself, by its signature, takes nothing from our token any more. */
  #outcast = false
  /** What came back could not be written down. */
  #full = false

  constructor(deps: DeliverDeps) {
    this.#deps = deps
    this.#until = deps.now() + (deps.budget ?? Infinity)
    this.#early = deps.trigger === 'person'
  }

  async run(): Promise<DeliveryReport> {
    const { database, now, trigger = 'timer' } = this.#deps
    const device = await database.device.get('device')
    if (!device || device.configuration === '') return this.#report('not-set-up')
    const line = await readLine(database, device.changes)
    if (line) this.#line = line
    if (line && !mayTry(line, trigger, now())) return this.#report()
    if (!(await this.#hasRoom(roomToBegin))) return this.#report('no-room')
    if (line) this.#line = beginPass(line)
    return this.#sendAll()
  }

  async #sendAll(): Promise<DeliveryReport> {
    for (;;) {
      const found = await this.#lookUp()
      if (!found) return this.#stop()
      const { device, configuration } = found
      if (!hasReceiver(configuration)) return this.#nowhere(device)
      const here = { device, configuration }
      if (this.#waitsForWifi(here)) return this.#report('metered')
      const token = await this.#token(here)
      if (this.#isBrokenOff) return this.#report('more')
      if (token === undefined) return this.#report(this.#full ? 'no-room' : undefined)
      const taken = await this.#take(here.configuration)
      if (taken.rows.length === 0) {
        const heard = await this.#hear(here, token)
        if (heard === 'more') continue
        if (this.#isBrokenOff) return this.#report('more')
        if (heard === 'outcast') return this.#report(this.#full ? 'no-room' : undefined)
        return this.#finish(taken, heard)
      }
      await this.#tell()
      await this.#send(taken.rows, here, token)
      await this.#tell()
      if (this.#isBrokenOff) return this.#report('more')
      if (!this.#full && this.#outcast && (await this.#enrolAnew(here.configuration))) continue
      if (this.#full) return this.#report('no-room')
      if (this.#line.hold !== 'none') return this.#report()
    }
  }

  /** Reads and verifies again what may have changed since the last request; undefined where it is not what was signed. */
  async #lookUp(): Promise<Bearings<Configuration> | undefined> {
    const device = await this.#deps.database.device.get('device')
    if (!device) return undefined
    if (device.changes !== this.#line.changes) await this.#beginAnew(device.changes)
    try {
      return { device, configuration: await openConfiguration(device.configuration) }
    } catch (error) {
      if (error instanceof BatchError) return undefined
      throw error
    }
  }

  /** Only what a person asks for at this moment may cost. */
  #waitsForWifi({ device }: Bearings): boolean {
    const { trigger, isMetered } = this.#deps
    return device.wifiOnly === true && trigger !== 'person' && (isMetered?.() ?? false)
  }

  async #tell(): Promise<void> {
    const { database, onProgress } = this.#deps
    if (!onProgress) return
    const waiting = await database.outbox.where('state').equals('waiting').count()
    const done = this.#count.received + this.#count.refused + this.#skip.size
    onProgress({ done, of: done + Math.max(waiting - this.#skip.size, 0), bytes: this.#bytes })
  }

  async #beginAnew(changes: number): Promise<void> {
    this.#line = freshLine(changes)
    this.#early = true
    this.#skip.clear()
    await offerAgain(this.#deps.database)
    await this.#deps.database.device.update('device', { receiptsAfter: 0 })
  }

  /** The token, asked for where there is none yet; undefined where that must wait. */
  async #token({ device, configuration }: Bearings): Promise<string | undefined> {
    if (device.token !== '') return device.token
    const enrolment = await enrol(this.#deps, device, configuration, this.#left())
    if (enrolment.status === 'enrolled') return enrolment.token
    if (!this.#isBrokenOff) await this.#learn(enrolment.consequence, [], '', 0)
    return undefined
  }

  /**
   * A token that the receiver refuses gives way to the one of a fresh code, if somebody has brought one. Safe: only a
   * signed refusal gets here, so no portal can make us spend the code; the code came with settings that a person
   * accepted and the pinned key signed, and it goes to their receiver alone; the old token is let go of only once the
   * new one is there; and any token can do no more than add sealed boxes.
   */
  async #enrolAnew(configuration: WithReceiver): Promise<boolean> {
    const { database } = this.#deps
    this.#outcast = false
    const device = await database.device.get('device')
    if (!device || device.enrolCode === '') return false
    const enrolment = await enrol(this.#deps, device, configuration, this.#left())
    if (enrolment.status !== 'enrolled') {
      if (!this.#isBrokenOff) await this.#learn(enrolment.consequence, [], '', 0)
      return false
    }
    this.#count.refused = 0
    await this.#beginAnew(device.changes)
    return true
  }

  #take({ revoked = [] }: Configuration): Promise<Taken> {
    const most = sizeWithin(this.#left())
    return takeBoxes(this.#deps.database, {
      target: Math.min(this.#line.target, most),
      most,
      count: batchBoxLimit,
      now: this.#deps.now(),
      early: this.#early,
      skip: this.#skip,
      revoked,
    })
  }

  async #send(taken: readonly OutboxRow[], { device, configuration }: Bearings, token: string): Promise<void> {
    const whole = await Promise.all(taken.map(isWhole))
    await quarantine(
      this.#deps.database,
      taken.filter((_, i) => !whole[i]),
    )
    const rows = taken.filter((_, i) => whole[i])
    if (rows.length === 0) return
    const errand = { rows, method: this.#line.method, configuration, deviceId: device.deviceId, token }
    const { ours, answer, text, sent } = await exchange(this.#deps, { ...errand, left: this.#left() })
    if (this.#isBrokenOff && answer.kind === 'none') return
    const boxIds = rows.map(({ boxId }) => boxId)
    const consequence = consequenceOf(answer, ours)
    this.#outcast = isOutcast(consequence)
    await this.#learn(consequence, boxIds, text, sent)
  }

  /** Writes down what an answer means, for the boxes and for the line. */
  async #learn(consequence: Consequence, boxIds: readonly string[], text: string, sent: number): Promise<void> {
    const { database, now, random, log } = this.#deps
    // A receipt is kept beside each of its boxes.
    if (!(await this.#hasRoom(roomToBegin + sent + text.length * boxIds.length))) return void (this.#full = true)
    this.#bytes += sent
    this.#line = advance(this.#line, consequence, sent, now(), random)
    await settle(database, { boxIds, consequence, text, line: this.#line, now: now(), random })
    for (const [boxId, { fate }] of consequence.boxes) {
      if (fate === 'wait') this.#skip.add(boxId)
      else this.#count[fate] += 1
    }
    if (consequence.code !== '') log?.(consequence.code)
  }

  /**
   * Asks what the desk has opened. `more`: there is more to do then, since another store answers, and is sent what it lacks,
   * or a fresh code took the place of a token that is told nothing any more. Where there is no such code, it is learnt as
   * from the answer to a batch: a tablet that has nothing to send would hear of it in no other way.
   */
  async #hear({ device, configuration }: Bearings, token: string): Promise<'more' | Imported['came']> {
    const { database, fetch, signal } = this.#deps
    const { deviceId } = device
    const left = (): number => this.#left()
    const asked = { database, fetch, configuration, deviceId, token, left, signal }
    const { opened, again, came } = await fetchImported(asked)
    this.#count.opened += opened
    if (came === 'outcast') await this.#learn(outcast, [], '', 0)
    if (came === 'outcast' && !this.#full && (await this.#enrolAnew(configuration))) return 'more'
    return again ? 'more' : came
  }

  /** Nothing more to send now: remembers when to come back. */
  async #finish(taken: Taken, heard: 'told' | 'nothing'): Promise<DeliveryReport> {
    // What the receiver said by its signature holds until it says something else.
    const still = heard === 'nothing' && this.#line.code === 'device' ? 'device' : ''
    const code = still || taken.trouble || (this.#count.refused > 0 ? 'refused' : '')
    const free = heard === 'told' ? ({ hold: 'none', failures: 0 } as const) : {}
    this.#line = { ...this.#line, ...free, code, nextAt: taken.later }
    await writeLine(this.#deps.database, this.#line)
    return this.#report(taken.unfit ? 'more' : undefined)
  }

  /** The organisation takes files alone: nothing is tried, and what was learnt of an earlier receiver's line is past. */
  async #nowhere({ changes }: DeviceRow): Promise<DeliveryReport> {
    const { database } = this.#deps
    if (!(await readLine(database, changes))) {
      this.#line = freshLine(changes)
      await forgetTries(database)
      await writeLine(database, this.#line)
    }
    return this.#report('not-set-up')
  }

  /** The configuration is not what was signed: nothing leaves. */
  async #stop(): Promise<DeliveryReport> {
    this.#line = { ...this.#line, code: 'config', nextAt: 0 }
    await writeLine(this.#deps.database, this.#line)
    this.#deps.log?.('config')
    return this.#report()
  }

  async #report(status?: DeliveryReport['status']): Promise<DeliveryReport> {
    const waiting = await this.#deps.database.outbox.where('state').equals('waiting').count()
    const { code, nextAt } = this.#line
    return { status: status ?? (waiting > 0 ? 'waiting' : 'done'), ...this.#count, waiting, code, nextAt }
  }

  async #hasRoom(bytes: number): Promise<boolean> {
    return (await this.#deps.hasRoom?.(bytes)) ?? true
  }

  /** Somebody else goes on sending: what the line did to a call that we broke off says nothing about the line. */
  get #isBrokenOff(): boolean {
    return this.#deps.signal?.aborted ?? false
  }

  #left(): number {
    return this.#until - this.#deps.now()
  }
}
