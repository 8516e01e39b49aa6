import { copyFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { constants, inflateRawSync } from 'node:zlib'
import Database from 'libsql'
import { decompressBlock } from 'lz4js'
import { uncompress } from 'snappyjs'
import { removeFolder, temporaryFolder } from './house.ts'
import { isTable, logParts, readVarint, tableParts } from './leveldb.ts'

/** One way to read a file: as it lies there, or as the program that wrote it would. */
export interface Reading {
  readonly file: string
  readonly how: 'as it is' | 'table' | 'log' | 'row' | 'snappy' | 'mozLz4' | 'gzip'
  readonly bytes: Buffer
}

/** Nothing that a browser keeps of a person is larger. */
const most = 64 * 1024 * 1024

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (entry.isFile()) yield path
  }
}

/** Every reading of every file below a folder. Files that end meanwhile are left out. */
export function* readingsBelow(folder: string): Generator<Reading> {
  for (const path of filesBelow(folder)) {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue
    const bytes = readFileSync(path)
    const file = path.slice(folder.length)
    yield { file, how: 'as it is', bytes }
    for (const { how, bytes: read } of decoded(path, bytes)) yield { file, how, bytes: read }
  }
}

type Decoded = Omit<Reading, 'file'>

function* decoded(path: string, file: Buffer): Generator<Decoded> {
  if (isTable(file)) yield* withValues('table', tableParts(file))
  else if (/^\d+\.log$/.test(basename(path))) yield* withValues('log', logParts(file))
  else if (file.subarray(0, 16).toString('latin1') === 'SQLite format 3\0') yield* withValues('row', cellsOf(path))
  else if (file.subarray(0, 8).toString('latin1') === 'mozLz40\0') yield* one('mozLz4', () => fromMozLz4(file))
  else yield* fromSnappy(file)
  yield* gzipIn(file)
}

function* withValues(how: Reading['how'], parts: Iterable<Buffer>): Generator<Decoded> {
  for (const bytes of parts) {
    yield { how, bytes }
    yield* fromSnappy(bytes)
  }
}

function* one(how: Reading['how'], read: () => Uint8Array): Generator<Decoded> {
  try {
    yield { how, bytes: Buffer.from(read()) }
  } catch {
    // It only looked like it.
  }
}

const framed = Buffer.from('ff060000734e61507059', 'hex')
/** Before the value of a row that Chromium has compressed; a number or two stand before it. */
const wrapped = Buffer.from('ff1102', 'hex')

/** A block of Snappy as it is, behind Chromium's mark, or in frames, as Firefox writes larger ones. */
function* fromSnappy(bytes: Buffer): Generator<Decoded> {
  const marked = bytes.subarray(0, 20).indexOf(wrapped)
  if (bytes.subarray(0, framed.length).equals(framed)) yield* one('snappy', () => Buffer.concat([...framesOf(bytes)]))
  else if (marked >= 0) yield* one('snappy', () => uncompress(bytes.subarray(marked + wrapped.length), most))
  else if (mayBeSnappy(bytes)) yield* one('snappy', () => uncompress(bytes, most))
}

/** Three bytes of Snappy give 64 at most, and none of it is shorter than what it came from by more than a sixth. */
function mayBeSnappy(bytes: Buffer): boolean {
  const size = readVarint(bytes, 0)
  if (!size || size.value < 4) return false
  const inside = bytes.length - size.next
  return size.value <= inside * 22 && inside <= size.value + size.value / 6 + 32
}

/** Kind, length in three bytes; compressed (0) and plain (1) ones carry a checksum of four. */
function* framesOf(bytes: Buffer): Generator<Uint8Array> {
  for (let at = 0; at + 4 <= bytes.length;) {
    const size = bytes.readUIntLE(at + 1, 3)
    const inside = bytes.subarray(at + 8, at + 4 + size)
    if (bytes[at] === 0) yield uncompress(inside, most)
    else if (bytes[at] === 1) yield inside
    at += 4 + size
  }
}

function fromMozLz4(file: Buffer): Uint8Array {
  const into = new Uint8Array(Math.min(file.readUInt32LE(8), most))
  return into.subarray(0, decompressBlock(file, into, 12, file.length - 12, 0))
}

const gzipMark = Buffer.from('1f8b08', 'hex')

/** At the start of a file, or anywhere in one: a cache puts its own words before and behind what it keeps. */
function* gzipIn(file: Buffer): Generator<Decoded> {
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: most }
  for (let at = file.indexOf(gzipMark); at >= 0; at = file.indexOf(gzipMark, at + 1)) {
    const from = behindHeader(file, at)
    yield* one('gzip', () => inflateRawSync(file.subarray(from), options))
  }
}

/** Ten bytes, then what its flags announce: more fields, a name and a comment, each ended by a zero, a checksum. */
function behindHeader(file: Buffer, start: number): number {
  const flags = file[start + 3] ?? 0
  let at = start + 10
  if (flags & 4 && at + 2 <= file.length) at += 2 + file.readUInt16LE(at)
  for (const flag of [8, 16]) if (flags & flag) at = file.indexOf(0, at) + 1
  return flags & 2 ? at + 2 : at
}

/** Every text and every run of bytes in every table of a copy, with what its log holds and the file does not yet. */
function* cellsOf(path: string): Generator<Buffer> {
  const folder = temporaryFolder('cells')
  const copy = join(folder, 'copy')
  copyFileSync(path, copy)
  if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`)
  const database = new Database(copy)
  try {
    for (const table of columnOf(database, "SELECT name FROM sqlite_master WHERE type = 'table'"))
      yield* cellsOfTable(database, String(table))
  } finally {
    database.close()
    removeFolder(folder)
  }
}

const columnOf = (database: Database.Database, sql: string): unknown[] => database.prepare(sql).pluck().all()

function* cellsOfTable(database: Database.Database, table: string): Generator<Buffer> {
  let rows: readonly unknown[]
  try {
    rows = database
      .prepare(`SELECT * FROM "${table.replaceAll('"', '""')}"`)
      .raw()
      .all()
  } catch {
    // A table of a kind that only the browser knows; its rows stand in others as well.
    return
  }
  for (const cell of rows.flatMap((row) => (Array.isArray(row) ? (row as unknown[]) : [])))
    if (cell instanceof Uint8Array) yield Buffer.from(cell)
    else if (typeof cell === 'string') yield Buffer.from(cell, 'utf8')
}
