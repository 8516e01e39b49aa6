import type { Database, DeviceRow, OutboxRow } from '../database.ts'

type Row = Record<string, unknown>
type Change = Row | ((row: Row) => void)

/**
 * The tables from which boxes are sent, without a browser's database below: as much of them as sending and packing use,
 * with the same order and the same all or nothing. One transaction runs at a time, and nothing else meanwhile.
 * `outbox/simulation.test.ts` holds them against the real ones.
 */
export class TablesInMemory {
  readonly outbox = new TableInMemory('boxId')
  readonly device = new TableInMemory('key')
  #last: Promise<unknown> = Promise.resolve()

  get database(): Database {
    return this as unknown as Database
  }

  boxes(): readonly OutboxRow[] {
    return this.outbox.all() as unknown as OutboxRow[]
  }

  itself(): DeviceRow | undefined {
    return this.device.all().find(({ key }) => key === 'device') as DeviceRow | undefined
  }

  table(name: 'outbox' | 'device'): TableInMemory {
    return this[name]
  }

  async transaction<T>(_mode: string, ...rest: readonly unknown[]): Promise<T> {
    const work = rest.at(-1) as () => Promise<T>
    const turn = this.#last.then(() => this.#allOrNothing(work))
    this.#last = turn.catch(() => undefined)
    return await turn
  }

  async #allOrNothing<T>(work: () => Promise<T>): Promise<T> {
    const before = [this.outbox, this.device].map((table) => table.snapshot())
    try {
      return await work()
    } catch (error) {
      for (const restore of before) restore()
      throw error
    }
  }
}

class TableInMemory {
  readonly #key: string
  #rows = new Map<unknown, Row>()

  constructor(key: string) {
    this.#key = key
  }

  /** As they lie there, in the order of their keys. */
  all(): Row[] {
    return [...this.#rows.keys()].sort().map((key) => this.#rows.get(key) as Row)
  }

  snapshot(): () => void {
    const before = new Map(this.#rows)
    return () => (this.#rows = before)
  }

  async get(key: unknown): Promise<Row | undefined> {
    const row = this.#rows.get(key)
    return row && structuredClone(row)
  }

  async bulkGet(keys: readonly unknown[]): Promise<(Row | undefined)[]> {
    return await Promise.all(keys.map(async (key) => await this.get(key)))
  }

  async put(row: Row): Promise<void> {
    this.#rows.set(row[this.#key], structuredClone(row))
  }

  async bulkPut(rows: readonly Row[]): Promise<void> {
    for (const row of rows) await this.put(row)
  }

  async update(key: unknown, change: Row): Promise<number> {
    const row = this.#rows.get(key)
    if (row) await this.put({ ...row, ...change })
    return row ? 1 : 0
  }

  async delete(key: unknown): Promise<void> {
    this.#rows.delete(key)
  }

  async bulkDelete(keys: readonly unknown[]): Promise<void> {
    for (const key of keys) this.#rows.delete(key)
  }

  async clear(): Promise<void> {
    this.#rows.clear()
  }

  toCollection(): RowsInMemory {
    return new RowsInMemory(this, this.all())
  }

  /** @param index `state`, or `[state+seq]` */
  where(index: string) {
    const of = (value: unknown) => this.all().filter(({ state }) => state === value)
    if (index === 'state') return { equals: (value: unknown) => new RowsInMemory(this, of(value)) }
    return {
      between: ([value, least]: [unknown, number], [, most]: [unknown, number]) => {
        const rows = bySeq(of(value)).filter(({ seq }) => Number(seq) >= least && Number(seq) < most)
        return new RowsInMemory(this, rows)
      },
    }
  }
}

const bySeq = (rows: readonly Row[]): Row[] => rows.toSorted((one, other) => Number(one['seq']) - Number(other['seq']))

class RowsInMemory {
  readonly #table: TableInMemory
  readonly #rows: readonly Row[]
  #isOver: () => boolean = () => false

  constructor(table: TableInMemory, rows: readonly Row[]) {
    this.#table = table
    this.#rows = rows
  }

  filter(isWanted: (row: Row) => boolean): RowsInMemory {
    return new RowsInMemory(this.#table, this.#rows.filter(isWanted))
  }

  until(isOver: () => boolean): this {
    this.#isOver = isOver
    return this
  }

  async each(work: (row: Row) => void): Promise<void> {
    for (const row of this.#rows) {
      if (this.#isOver()) return
      work(structuredClone(row))
    }
  }

  async count(): Promise<number> {
    return this.#rows.length
  }

  async sortBy(_seq: 'seq'): Promise<Row[]> {
    return bySeq(structuredClone(this.#rows) as Row[])
  }

  async modify(change: Change): Promise<number> {
    for (const row of structuredClone(this.#rows)) {
      if (typeof change === 'function') change(row)
      else Object.assign(row, change)
      await this.#table.put(row)
    }
    return this.#rows.length
  }
}
