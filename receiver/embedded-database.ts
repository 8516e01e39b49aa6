import Database from 'libsql'
import { closeSync, openSync, statSync } from 'node:fs'
import { migrations } from './migrations.ts'
import { ReceiverError, type ReceiverReason } from './receiver-error.ts'

export type Row = Record<string, unknown>

/**
 * One connection to a file, opened so that a finished transaction survives a power cut: write-ahead log,
 * one fsync for each commit. Calls block; they take a fraction of a millisecond.
 */
export class EmbeddedDatabase {
  readonly #db: Database.Database
  readonly #statements = new Map<string, Database.Statement>()

  /** @param ifNew thrown, with nothing touched, where the file is missing, empty or no receiver's */
  constructor(path: string, ifNew?: ReceiverReason) {
    // Opening an empty file would throw away the log beside it, which may hold everything.
    if (ifNew && !hasBytes(path)) throw new ReceiverError(ifNew)
    this.#db = guarded(() => {
      closeSync(openSync(path, 'a', 0o600))
      return new Database(path, { timeout: 5000 })
    })
    if (ifNew && !this.#isReceivers()) {
      this.close()
      throw new ReceiverError(ifNew)
    }
    guarded(() => {
      this.#db.pragma('journal_mode = WAL')
      this.#db.pragma('synchronous = FULL')
    })
    this.#migrate()
  }

  run(sql: string, ...values: unknown[]): number {
    // Values go in as one array: a lone object is taken for named values, and one that is not ends the process.
    return guarded(() => this.#statement(sql).run(values).changes)
  }

  get(sql: string, ...values: unknown[]): Row | undefined {
    return guarded(() => this.#statement(sql).get(values) as Row | undefined)
  }

  all(sql: string, ...values: unknown[]): Row[] {
    return guarded(() => this.#statement(sql).all(values) as Row[])
  }

  /** Runs all of it or nothing. Sees no other writer in between. */
  transaction<T>(work: () => T): T {
    guarded(() => this.#db.exec('BEGIN IMMEDIATE'))
    try {
      const result = work()
      guarded(() => this.#db.exec('COMMIT'))
      return result
    } catch (error) {
      this.#rollBack()
      throw error
    }
  }

  /** Closes, and writes the log back into the file: this library leaves everything in the log otherwise. */
  close(): void {
    this.#statements.clear()
    if (!this.#db.open) return
    try {
      this.#db.pragma('wal_checkpoint(PASSIVE)')
    } catch {
      // What is not written back stays in the log, and is read from there the next time.
    }
    this.#db.close()
  }

  #rollBack(): void {
    try {
      // Asking a closed connection whether it is in a transaction would end the process.
      if (this.#db.open && this.#db.inTransaction) this.#db.exec('ROLLBACK')
    } catch {
      // A full disk has already rolled back; the first error is the one to tell.
    }
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql)
    if (known) return known
    const made = this.#db.prepare(sql)
    this.#statements.set(sql, made)
    return made
  }

  #isReceivers(): boolean {
    return this.get(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'`) !== undefined
  }

  #migrate(): void {
    this.transaction(() => {
      guarded(() =>
        this.#db.exec('CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, at INTEGER NOT NULL)'),
      )
      const version = Number(this.get('SELECT coalesce(max(version), 0) AS version FROM migrations')?.['version'])
      if (version > migrations.length) throw new ReceiverError('store-newer')
      migrations.slice(version).forEach((step, done) => {
        guarded(() => this.#db.exec(step))
        this.run('INSERT INTO migrations (version, at) VALUES (?, ?)', version + done + 1, Date.now())
      })
    })
  }
}

function hasBytes(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0
}

function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof ReceiverError) throw cause
    throw new ReceiverError(reasonOf(cause), cause)
  }
}

function reasonOf(error: unknown): ReceiverReason {
  const code = (error as { code?: string } | null)?.code ?? ''
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') return 'store-full'
  if (code.startsWith('SQLITE_BUSY')) return 'store-busy'
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) return 'store-damaged'
  return 'store-failed'
}
