import Database from 'libsql'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import type { Known } from './a-life.ts'

/** Everything that a receiver of one version of the tables wrote, and what it had been told. */
export interface Frozen {
  readonly version: number
  /** Milliseconds since 1970: when it was written. */
  readonly at: number
  readonly known: readonly Known[]
  /** Files of the data folder besides the database, by name. */
  readonly files: Readonly<Record<string, string>>
  /** The statements that make the tables and indexes, in SQLite's words. */
  readonly made: readonly string[]
  readonly rows: Readonly<Record<string, readonly FrozenRow[]>>
}
export type FrozenRow = Readonly<Record<string, string | number | null | { readonly base64: string }>>

/** Reads a data folder on the embedded database that no receiver runs on. */
export async function frozenFrom(dataDir: string, known: readonly Known[], at: number): Promise<Frozen> {
  const made = await madeIn(rawly(dataDir, undefined))
  const tables = made.flatMap((sql) => /^CREATE TABLE (\w+)/.exec(sql)?.[1] ?? [])
  const rows = await rowsOf(tables, dataDir, undefined)
  const names = readdirSync(dataDir).filter((name) => name.endsWith('.key'))
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(dataDir, name), 'utf8')]))
  const version = Math.max(...(rows['migrations'] ?? []).map((row) => Number(row['version'])))
  return { version, at, known, files, made, rows }
}

/** The statements that would make the tables and indexes of an embedded database as they are, which is then closed. */
export async function madeIn(database: Raw): Promise<string[]> {
  const found = await database.ask('SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid')
  await database.close()
  return found.map(({ sql }) => String(sql))
}

const frozenRow = (row: Record<string, unknown>): FrozenRow =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, frozenCell(value)]))

function frozenCell(value: unknown): FrozenRow[string] {
  if (value instanceof ArrayBuffer) return frozenCell(new Uint8Array(value))
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') }
  return value === null || typeof value === 'number' ? value : String(value)
}

const thawedCell = (value: FrozenRow[string]) =>
  typeof value === 'object' && value !== null ? Buffer.from(value.base64, 'base64') : value

/** Puts everything back as it was written, by hand: nothing of today's receiver is run. */
export async function thaw({ files, made, rows }: Frozen, dataDir: string, url: string | undefined): Promise<void> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dataDir, name), text, { mode: 0o600 })
  const database = rawly(dataDir, url)
  for (const sql of made) await database.ask(sql)
  for (const [table, each] of Object.entries(rows))
    for (const row of each) {
      const marks = Object.keys(row).map(() => '?')
      const sql = `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${marks.join(', ')})`
      await database.ask(sql, Object.values(row).map(thawedCell))
    }
  await database.close()
}

/** The rows of these tables as they are now. */
export async function rowsOf(
  tables: readonly string[],
  dataDir: string,
  url: string | undefined,
): Promise<Record<string, FrozenRow[]>> {
  const database = rawly(dataDir, url)
  const found: Record<string, FrozenRow[]> = {}
  for (const table of tables) found[table] = (await database.ask(`SELECT * FROM ${table}`)).map(frozenRow)
  await database.close()
  return found
}

export interface Raw {
  readonly ask: (sql: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>
  readonly close: () => Promise<void>
}

/** The database of a folder without a receiver before it. */
export function rawly(dataDir: string, url: string | undefined): Raw {
  return url === undefined ? embedded(join(dataDir, 'receiver.db')) : postgres(url)
}

function embedded(path: string): Raw {
  const database = new Database(path)
  const ask: Raw['ask'] = async (sql, values = []) => {
    const statement = database.prepare(sql)
    if (statement.reader) return statement.all([...values]) as Record<string, unknown>[]
    statement.run([...values])
    return []
  }
  return { ask, close: async () => void database.close() }
}

function postgres(url: string): Raw {
  const client = new Client({ connectionString: url })
  const connected = client.connect()
  // Its own types where tables are made, its own signs for values; whole numbers here are never too large for one.
  const ask: Raw['ask'] = async (text, values = []) => {
    await connected
    let value = 0
    const sql = text.startsWith('CREATE')
      ? text.replaceAll('INTEGER', 'BIGINT').replaceAll('BLOB', 'BYTEA')
      : text.replaceAll('?', () => `$${++value}`)
    const { rows, fields } = await client.query<Record<string, unknown>>(sql, [...values])
    const whole = new Set(fields.filter(({ dataTypeID }) => dataTypeID === 20).map(({ name }) => name))
    return rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, cell]) => [name, whole.has(name) && cell !== null ? Number(cell) : cell]),
      ),
    )
  }
  return { ask, close: () => client.end() }
}
