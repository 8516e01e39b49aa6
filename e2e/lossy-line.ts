import { connect, createServer, type Server, type Socket } from 'node:net'

/**
 * What the line does with a batch. `lost-before` = it breaks before the receiver hears of it; `lost-after` = the receiver
 * has it, and its answer is lost; `cut-before`, `cut-after` = half of the request, or of the answer, gets through; `late` =
 * the sender sees it break, and it is delivered when `deliverLate` is called; `twice` = the receiver gets it two times;
 * `drips` = it gets through in small pieces; `held` = the receiver has it, and its answer waits for ever; `noise` = bytes
 * that are not HTTP come back; `reset`, `closed` = whoever connects is thrown out.
 */
export const faults = [
  'none',
  'reset',
  'closed',
  'noise',
  'lost-before',
  'cut-before',
  'late',
  'lost-after',
  'cut-after',
  'twice',
  'drips',
  'held',
] as const
export type Fault = (typeof faults)[number]

export interface LossyLine {
  readonly port: number
  /** What happens to batches from now on, until it is changed. */
  fault: Fault
  /** Milliseconds that each direction takes. */
  delay: number
  /** Bytes a second in each direction of a connection; Infinity = as fast as it goes. */
  speed: number
  /** The share of batches that are lost; of half of them the receiver has heard. */
  lost: number
  /** What it has seen: batches, all requests, bytes from the sender, and answers that it holds. */
  readonly seen: { batches: number; requests: number; bytes: number; held: number }
  /** The port behind it from now on; whoever is connected is thrown out. */
  readonly leadTo: (port: number) => void
  /** Resolves when the receiver has what was late. */
  readonly deliverLate: () => Promise<void>
  readonly close: () => Promise<void>
}

/** A handshake of TLS refused: an alert. */
const noise = '\u0015\u0003\u0001\u0000\u0002\u0002('
const batch = /^(?:PUT|POST) \/v1\/batches\//
const request = /^[A-Z]+ \/\S* HTTP\/1\.1\r\n/

/** A TCP proxy on 127.0.0.1 that does to batches what networks do to them; what else is asked gets through. */
export async function lossyLine(port: number, to: number, random: () => number = Math.random): Promise<LossyLine> {
  const open = new Set<Socket>()
  const late: Buffer[] = []
  const line: LossyLine & { to: number; port: number } = {
    port,
    to,
    fault: 'none',
    delay: 0,
    speed: Infinity,
    lost: 0,
    seen: { batches: 0, requests: 0, bytes: 0, held: 0 },
    leadTo: (next) => {
      line.to = next
      for (const socket of open) socket.destroy()
    },
    deliverLate: async () => {
      for (const bytes of late.splice(0)) await deliverAlone(line.to, bytes)
    },
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  const server: Server = createServer((sender) => {
    open.add(sender)
    sender.on('close', () => open.delete(sender))
    sender.on('error', () => undefined)
    if (line.fault === 'reset') return void sender.resetAndDestroy()
    if (line.fault === 'closed') return void sender.destroy()
    new Connection({ line, sender, receiver: connect(line.to, '127.0.0.1'), to: line.to, late, random }).begin()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  line.port = typeof address === 'object' && address ? address.port : port
  return line
}

interface Ends {
  readonly line: LossyLine
  readonly sender: Socket
  readonly receiver: Socket
  /** The port of the receiver. */
  readonly to: number
  readonly late: Buffer[]
  readonly random: () => number
}

/** Two directions of one connection; each batch on it meets the fault of its moment. */
class Connection {
  readonly #ends: Ends
  #fault: Fault = 'none'
  /** Bytes of the batch: all of them, those that are still to come, and those that came. */
  #size = 0
  #left = 0
  #came: Buffer[] = []
  readonly #up = new Pace()
  readonly #down = new Pace()

  constructor(ends: Ends) {
    this.#ends = ends
  }

  begin(): void {
    const { sender, receiver } = this.#ends
    receiver.on('error', () => sender.destroy())
    receiver.on('close', () => void this.#down.after(() => void sender.end()))
    sender.on('close', () => receiver.destroy())
    sender.on('data', (bytes: Buffer) => this.#hear(bytes))
    receiver.on('data', (bytes: Buffer) => this.#answer(bytes))
  }

  #hear(bytes: Buffer): void {
    const { line, sender, receiver, late, to } = this.#ends
    line.seen.bytes += bytes.length
    if (this.#left === 0) this.#begin(bytes)
    else this.#left = Math.max(0, this.#left - bytes.length)
    if (this.#fault === 'reset') return void sender.resetAndDestroy()
    if (this.#fault === 'closed' || this.#fault === 'lost-before') return void sender.destroy()
    if (this.#fault === 'noise') return void sender.end(noise)
    if (this.#fault === 'cut-before' && this.#left <= this.#size / 2) return this.#break(receiver, bytes)
    this.#came.push(bytes)
    if (this.#fault !== 'late') this.#pass(this.#up, receiver, bytes)
    if (this.#left > 0) return
    if (this.#fault === 'held') line.seen.held += 1
    if (this.#fault === 'twice') deliverAlone(to, Buffer.concat(this.#came)).catch(() => undefined)
    if (this.#fault === 'late') {
      late.push(Buffer.concat(this.#came))
      sender.resetAndDestroy()
    }
  }

  #begin(bytes: Buffer): void {
    const { line, random } = this.#ends
    const text = bytes.toString('latin1')
    if (!request.test(text)) return
    line.seen.requests += 1
    ;[this.#fault, this.#came] = ['none', []]
    if (!batch.test(text)) return
    line.seen.batches += 1
    this.#fault = random() < line.lost ? (random() < 0.5 ? 'lost-before' : 'lost-after') : line.fault
    const length = Number(/\r\ncontent-length: (\d+)\r\n/i.exec(text)?.[1] ?? 0)
    this.#size = text.indexOf('\r\n\r\n') + 4 + length
    this.#left = Math.max(0, this.#size - bytes.length)
  }

  #answer(bytes: Buffer): void {
    const { sender } = this.#ends
    if (this.#fault === 'held') return
    if (this.#fault === 'lost-after') return void sender.destroy()
    const end = bytes.indexOf('\r\n\r\n') + 4
    if (this.#fault === 'cut-after' && bytes.length > end) return this.#break(sender, bytes, end)
    this.#pass(this.#down, sender, bytes)
  }

  /** Half of the bytes after these first ones, and no more. */
  #break(to: Socket, bytes: Buffer, first = 0): void {
    const { sender, receiver } = this.#ends
    to.write(bytes.subarray(0, Math.floor((first + bytes.length) / 2)), () => {
      receiver.destroy()
      sender.destroy()
    })
  }

  #pass(pace: Pace, to: Socket, bytes: Buffer): void {
    const { delay, speed } = this.#ends.line
    if (this.#fault !== 'drips') return pace.send(to, bytes, delay, speed)
    for (let at = 0; at < bytes.length; at += 97) pace.send(to, bytes.subarray(at, at + 97), delay, 20_000)
  }
}

/** Bytes of one direction, in their order, each at its time. */
class Pace {
  #free = 0
  #last: Promise<void> = Promise.resolve()

  send(to: Socket, bytes: Buffer, delay: number, speed: number): void {
    if (delay === 0 && speed === Infinity && this.#free === 0) return void to.write(bytes)
    this.#free = Math.max(this.#free, performance.now()) + (bytes.length / speed) * 1_000
    const at = this.#free + delay
    void this.after(async () => {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())))
      if (!to.destroyed) to.write(bytes)
    })
  }

  after(work: () => void | Promise<void>): Promise<void> {
    return (this.#last = this.#last.then(work))
  }
}

/** Sends what was kept, on a connection of its own, and waits until it is answered. */
async function deliverAlone(to: number, bytes: Buffer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const socket = connect(to, '127.0.0.1', () => socket.write(bytes))
    socket.on('error', reject)
    socket.on('close', () => resolve())
    socket.once('data', () => socket.destroy())
  })
}
