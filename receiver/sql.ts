/** A row as a database gives it: numbers may come as text, bytes as a Buffer. */
export type Row = Readonly<Record<string, unknown>>

/** One statement of plain SQL; `?` stands for each of the values. */
export interface Query {
  readonly sql: string
  readonly values: readonly unknown[]
}

/**
 * A piece of work on a database, as statements that are asked for one after the other: the same text is run at once
 * by the embedded database and over a connection by PostgreSQL.
 */
export type Steps<T> = Generator<Query, T, readonly Row[]>

export interface SqlDatabase {
  /** Runs work that needs no transaction: a single statement, or readings that need not agree. */
  run<T>(steps: Steps<T>): Promise<T>
  /** Runs all of it or nothing, on the disk when it resolves. `begin` is called again where the database says so. */
  transaction<T>(begin: () => Steps<T>): Promise<T>
  /** Writes over what was replaced or deleted. False where that is not this program's to do, or others are at work. */
  overwriteOld(): Promise<boolean>
  close(): Promise<void>
}

export function* rows(sql: string, ...values: readonly unknown[]): Steps<readonly Row[]> {
  return yield { sql, values }
}

export function* row(sql: string, ...values: readonly unknown[]): Steps<Row | undefined> {
  return (yield { sql, values })[0]
}

/** Whether a statement that ends with `RETURNING 1` touched any row. */
export function* touched(sql: string, ...values: readonly unknown[]): Steps<boolean> {
  return (yield { sql, values }).length > 0
}
