import { randomUUID } from 'node:crypto'
import { open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import * as z from 'zod/mini'
import { sealStream } from '../src/seal/seal-stream.ts'
import { ReceiverError } from './receiver-error.ts'
import { openData, openEmpty, restoringName, storeIdName } from './server.ts'
import { schemaVersion } from './migrations.ts'
import type { KeptRow, Store } from './store.ts'
import { flushFolder, writeThrough } from './to-the-disk.ts'
import { newToken } from './tokens.ts'

const keyFile = /^receipt(?:-[a-z][a-z0-9-]{1,30})?\.key$/
/** What belongs to a run, or names the store that a backup is not. */
const notKept = ['run', storeIdName, restoringName]

const cell = z.union([z.string(), z.number(), z.null(), z.strictObject({ base64: z.string() })])
const lineSchema = z.union([
  z.strictObject({ backup: z.literal(1), version: z.int() }),
  z.strictObject({ file: z.string().check(z.regex(keyFile)), text: z.string() }),
  z.strictObject({ table: z.string(), row: z.record(z.string().check(z.regex(/^[a-z_]+$/)), cell) }),
  z.strictObject({ end: z.int() }),
])
type Line = z.infer<typeof lineSchema>

/**
 * Writes everything that a receiver keeps into one file, sealed to age recipients: its registry, boxes, receipts and
 * receipt keys. It may run meanwhile; what comes in after the beginning may be in it or not. Gives the number of boxes.
 * Throws ReceiverError, and SealError for the recipients.
 */
export async function backUp(
  { dataDir, database }: Where,
  recipients: readonly string[],
  out: string,
): Promise<{ boxes: number }> {
  const { store } = await openData(dataDir, 'existing', database)
  const beside = `${out}.${randomUUID()}.part`
  try {
    const counted = { boxes: 0 }
    const sealed = await sealStream(
      recipients,
      Readable.toWeb(Readable.from(linesOf(dataDir, store, counted))) as ReadableStream<Uint8Array>,
    )
    const file = await open(beside, 'wx', 0o600)
    try {
      for await (const chunk of sealed) await file.write(chunk)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, out)
    await flushFolder(dirname(out))
    return counted
  } finally {
    await rm(beside, { force: true })
    await store.close()
  }
}

export interface Where {
  readonly dataDir: string
  readonly database?: string
}

async function* linesOf(dataDir: string, store: Store, counted: { boxes: number }): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const lineOf = (line: Line) => encoder.encode(`${JSON.stringify(line)}\n`)
  yield lineOf({ backup: 1, version: schemaVersion })
  for (const name of await readdir(dataDir))
    if (keyFile.test(name)) yield lineOf({ file: name, text: await readFile(join(dataDir, name), 'utf8') })
  let rows = 0
  for await (const { table, row } of store.everything()) {
    if (table === 'memory' && notKept.includes(String(row['name']))) continue
    rows += 1
    if (table === 'boxes') counted.boxes += 1
    yield lineOf({ table, row: Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)])) })
  }
  yield lineOf({ end: rows })
}

const cellOf = (value: unknown): z.infer<typeof cell> => {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') }
  return typeof value === 'number' || value === null ? value : String(value)
}
const valueOf = (value: z.infer<typeof cell>) =>
  typeof value === 'object' && value !== null ? new Uint8Array(Buffer.from(value.base64, 'base64')) : value

/**
 * Brings a backup, opened before by age, into a folder and a database in which nothing is yet. The store gets another
 * name, so that desks and tablets that read further than the backup goes begin at the first again. Gives the number of
 * boxes. Throws ReceiverError `not-empty`, `bad-backup`, `store-newer`; what was begun and not finished does not start.
 */
export async function restore({ dataDir, database }: Where, from: NodeJS.ReadableStream): Promise<{ boxes: number }> {
  const store = await openEmpty(dataDir, database)
  const files: { file: string; text: string }[] = []
  try {
    await store.remember(restoringName, '1')
    const counted = await fill(store, from, files)
    for (const { file, text } of files) await writeThrough(join(dataDir, file), text)
    await flushFolder(dataDir)
    await store.countAnew()
    await store.remember(storeIdName, newToken())
    await store.forget(restoringName)
    return counted
  } finally {
    await store.close()
  }
}

interface KeyFile {
  readonly file: string
  readonly text: string
}

/** Rows of one transaction; a box may be 2 MiB. */
const together = 20

async function fill(store: Store, from: NodeJS.ReadableStream, files: KeyFile[]): Promise<{ boxes: number }> {
  const counted = { rows: 0, boxes: 0 }
  let [begun, ended, waiting]: [boolean, boolean, KeptRow[]] = [false, false, []]
  const flush = async () => {
    await store.putBack(waiting)
    waiting = []
  }
  for await (const text of createInterface({ input: from, crlfDelay: Infinity })) {
    const line = lineIn(text)
    if (!line || ended || begun === 'backup' in line) throw new ReceiverError('bad-backup')
    begun = true
    if ('backup' in line && line.version > schemaVersion) throw new ReceiverError('store-newer')
    if ('file' in line) files.push(line)
    if ('end' in line) ended = line.end === counted.rows
    if (!('table' in line)) continue
    counted.rows += 1
    if (line.table === 'boxes') counted.boxes += 1
    if (isNoSetup(line)) continue
    const row = Object.fromEntries(Object.entries(line.row).map(([name, value]) => [name, valueOf(value)]))
    waiting.push({ table: line.table, row })
    if (waiting.length === together) await flush()
  }
  await flush()
  if (!ended || files.length === 0) throw new ReceiverError('bad-backup')
  return { boxes: counted.boxes }
}

/** A backup of the embedded database once held a word in place of a set-up document: the desk puts it again. */
const isNoSetup = ({ table, row }: Extract<Line, { table: string }>): boolean =>
  table === 'setups' && typeof row['bytes'] === 'string'

function lineIn(text: string): Line | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
