import type { Table } from 'dexie'
import type { Database } from '../database.ts'
import type { Line } from './line.ts'

/** The line's row stands beside the device's own, in the same table. */
const lines = (database: Database): Table<Line, 'line'> => database.table<Line, 'line'>('device')

/**
 * The line as it was left; undefined when there is none, and when configuration, token or code have changed since
 * (`changes` of the device's row): what was learnt about the old line says nothing about the new one.
 */
export async function readLine(database: Database, changes: number): Promise<Line | undefined> {
  const line = await lines(database).get('line')
  return line?.changes === changes ? line : undefined
}

export async function writeLine(database: Database, line: Line): Promise<void> {
  await lines(database).put(line)
}
