import { setTimeout as sleep } from 'node:timers/promises'
import { Pool, type ClientBase } from 'pg'
import { migrating } from './migrations.ts'
import { ReceiverError, type ReceiverReason } from './receiver-error.ts'
import { rows, type Query, type Row, type SqlDatabase, type Steps } from './sql.ts'
import { SqlStore } from './sql-store.ts'
import type { Store } from './store.ts'

export interface PostgresOptions {
  /** Connections of this process; a request waits for one. */
  readonly connections?: number
  /** Milliseconds that a statement may take before the request is told to come again. */
  readonly statementTime?: number
}

/**
 * Opens the store in PostgreSQL, and brings it up to date; any number of processes may do so at once. Throws
 * ReceiverError.
 * @param url `postgres://user:password@host:port/database`, with `?sslmode=require` where it is another machine
 */
export async function openPostgresStore(url: string, options: PostgresOptions = {}): Promise<Store> {
  if (!/^postgres(?:ql)?:\/\//.test(url) || !URL.canParse(url)) throw new ReceiverError('bad-database')
  const database = new PostgresDatabase(url, options)
  try {
    await database.migrate()
    return new SqlStore(database)
  } catch (error) {
    await database.close()
    throw error
  }
}

/** How often a transaction is tried that another one got in the way of. */
const tries = 8

/**
 * A pool of connections. Nothing is kept in a connection between transactions, so that poolers and distributed
 * databases that speak PostgreSQL's language can stand in between; a finished transaction is on the disk.
 */
class PostgresDatabase implements SqlDatabase {
  readonly #pool: Pool
  readonly #statementTime: number

  constructor(url: string, { connections = 10, statementTime = 20_000 }: PostgresOptions) {
    this.#statementTime = statementTime
    const times = { connectionTimeoutMillis: 5_000, query_timeout: statementTime, idleTimeoutMillis: 60_000 }
    this.#pool = new Pool({ connectionString: url, max: connections, ...times })
    // What goes wrong with a connection is told to whoever waits for an answer on it, and otherwise to nobody.
    this.#pool.on('error', () => undefined)
    this.#pool.on('connect', (client) => client.on('error', () => undefined))
  }

  async run<T>(steps: Steps<T>): Promise<T> {
    return guarded(async () => await through(this.#pool, steps))
  }

  async transaction<T>(begin: () => Steps<T>): Promise<T> {
    return this.#atomically(begin)
  }

  /** Of two processes that begin at once the second waits, and finds it done. */
  async migrate(): Promise<void> {
    await this.#atomically(migrationAlone, [...inTheWay, ...madeByAnother])
  }

  /** Old versions of rows, and the server's own log, are its administrator's: `VACUUM FULL`. */
  async overwriteOld(): Promise<boolean> {
    return false
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }

  async #atomically<T>(begin: () => Steps<T>, again: readonly string[] = inTheWay): Promise<T> {
    for (let tried = 1; ; tried += 1)
      try {
        return await guarded(async () => await this.#once(begin()))
      } catch (error) {
        if (tried === tries || !(error instanceof ReceiverError) || !again.includes(error.code ?? '')) throw error
        await sleep(Math.random() * 10 * 2 ** tried)
      }
  }

  async #once<T>(steps: Steps<T>): Promise<T> {
    const client = await this.#pool.connect()
    let broken = true
    try {
      await client.query(
        `BEGIN; SET LOCAL synchronous_commit = on; SET LOCAL statement_timeout = ${this.#statementTime}`,
      )
      const result = await through(client, steps)
      await client.query('COMMIT')
      broken = false
      return result
    } catch (error) {
      broken = await client.query('ROLLBACK').then(
        () => false,
        () => true,
      )
      throw error
    } finally {
      client.release(broken)
    }
  }
}

function* migrationAlone(): Steps<void> {
  yield* rows('CREATE TABLE IF NOT EXISTS migrating (one INTEGER PRIMARY KEY)')
  yield* rows('INSERT INTO migrating (one) VALUES (1) ON CONFLICT (one) DO UPDATE SET one = 1')
  yield* migrating()
}

async function through<T>(on: Connection, steps: Steps<T>): Promise<T> {
  let step = steps.next()
  while (!step.done) step = steps.next(await ask(on, step.value))
  return step.value
}

type Connection = Pick<ClientBase, 'query'>

async function ask(on: Connection, { sql, values }: Query): Promise<readonly Row[]> {
  return (await on.query<Record<string, unknown>>(inPostgres(sql), [...values])).rows
}

/** Its own signs for the values, and, where a table is made, its own types. */
function inPostgres(text: string): string {
  let value = 0
  const sql = text.replaceAll('?', () => `$${++value}`)
  return /^(?:CREATE|ALTER) TABLE/.test(sql) ? sql.replaceAll('INTEGER', 'BIGINT').replaceAll('BLOB', 'BYTEA') : sql
}

/** SQLSTATE: could not be put in order with another transaction, and deadlock. Nothing was done; it is tried again. */
const inTheWay = ['40001', '40P01']
/** What another process has made at the same moment: a row, a table, a type. */
const madeByAnother = ['23505', '42P07', '42710']

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof ReceiverError) throw cause
    throw new ReceiverError(reasonOf(cause), cause)
  }
}

/** By SQLSTATE or its class (PostgreSQL, appendix A), or by the system's word for a connection that failed. */
const reasons: readonly (readonly [RegExp, ReceiverReason])[] = [
  [/^53100$/, 'store-full'],
  [/^(?:28|3D)/, 'store-refused'],
  [/^(?:08|53|57|40)|^E[A-Z]+$|^CONNECT/, 'store-unreachable'],
  [/^XX00[12]$/, 'store-damaged'],
]

function reasonOf(error: unknown): ReceiverReason {
  const code = (error as { code?: unknown } | null)?.code
  // The library gives its own failures to connect, and answers that never came, no code.
  if (code === undefined && error instanceof Error && /connect|terminated|timeout/i.test(error.message))
    return 'store-unreachable'
  return reasons.find(([pattern]) => pattern.test(String(code)))?.[1] ?? 'store-failed'
}
