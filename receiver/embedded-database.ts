import Database from 'libsql'
import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { migrating } from './migrations.ts'
import { ReceiverError, type ReceiverReason } from './receiver-error.ts'
import type { Query, Row, SqlDatabase, Steps } from './sql.ts'
import { SqlStore } from './sql-store.ts'
import type { Store } from './store.ts'

/**
 * Opens the store that lives in one file beside the receiver, and brings it up to date. Throws ReceiverError.
 * @param ifNew thrown, with nothing touched, where the file is missing, empty or no receiver's; without it one is made
 */
export function openEmbeddedStore(path: string, ifNew?: ReceiverReason): Store {
  return new SqlStore(new EmbeddedDatabase(path, ifNew))
}

/**
 * One connection to a file, opened so that a finished transaction survives a power cut: write-ahead log,
 * one fsync for each commit. Calls block; they take a fraction of a millisecond.
 */
export class EmbeddedDatabase implements SqlDatabase {
  readonly #db: Database.Database
  readonly #statements = new Map<string, Database.Statement>()

  /** @param ifNew thrown, with nothing touched, where the file is missing, empty or no receiver's */
  constructor(path: string, ifNew?: ReceiverReason) {
    // Opening an empty file would throw away the log beside it, which may hold everything.
    if (ifNew && !hasBytes(path)) throw new ReceiverError(ifNew)
    this.#db = guarded(() => {
      makeFile(path)
      return new Database(path, { timeout: 5000 })
    })
    if (ifNew && !this.#isReceivers()) {
      this.#shut()
      throw new ReceiverError(ifNew)
    }
    guarded(() => {
      this.#db.pragma('journal_mode = WAL')
      this.#db.pragma('synchronous = FULL')
    })
    this.#migrate()
  }

  async run<T>(steps: Steps<T>): Promise<T> {
    return this.#through(steps)
  }

  /** From begin to commit nothing else runs in this process, since nothing is waited for. */
  async transaction<T>(begin: () => Steps<T>): Promise<T> {
    return this.#atomically(() => this.#through(begin()))
  }

  /** The file is written anew without what is free in it, and the log is emptied: both need to be alone. */
  async overwriteOld(): Promise<boolean> {
    this.#ask({ sql: 'VACUUM', values: [] })
    const [log] = this.#ask({ sql: 'PRAGMA wal_checkpoint(TRUNCATE)', values: [] })
    return Number(log?.['busy']) === 0
  }

  async close(): Promise<void> {
    this.#shut()
  }

  /** Closes, and writes the log back into the file: this library leaves everything in the log otherwise. */
  #shut(): void {
    this.#statements.clear()
    if (!this.#db.open) return
    try {
      this.#db.pragma('wal_checkpoint(PASSIVE)')
    } catch {
      // What is not written back stays in the log, and is read from there the next time.
    }
    this.#db.close()
  }

  #through<T>(steps: Steps<T>): T {
    let step = steps.next()
    while (!step.done) step = steps.next(this.#ask(step.value))
    return step.value
  }

  #ask({ sql, values }: Query): readonly Row[] {
    // Values go in as one array: a lone object is taken for named values, and one that is not ends the process.
    return guarded(() => {
      const statement = this.#statement(sql)
      if (statement.reader) return (statement.all([...values]) as Record<string, unknown>[]).map(withBytes)
      statement.run([...values])
      return []
    })
  }

  #atomically<T>(work: () => T): T {
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
    const sql = `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'`
    return this.#ask({ sql, values: [] }).length > 0
  }

  #migrate(): void {
    this.#atomically(() => this.#through(migrating()))
  }
}

/** This library gives bytes as a bare buffer. */
function withBytes(row: Record<string, unknown>): Row {
  for (const [name, value] of Object.entries(row)) if (value instanceof ArrayBuffer) row[name] = new Uint8Array(value)
  return row
}

/**
 * For the owner alone. A file that is there is not touched: whoever opens and closes it beside a connection lets go of every
 * lock that this process holds on it (POSIX), and one that was closed here holds on until it is collected. Another
 * process would then take itself for the last one, and take the log away under whoever writes into it.
 */
function makeFile(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
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
