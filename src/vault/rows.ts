import type * as z from 'zod/mini'
import type { RecordRow, RevisionRow } from '../database.ts'
import { openAtRest, sealAtRest, type Padding, type RowName } from '../seal/at-rest.ts'
import { concatBytes, textOf, utf8, type Bytes } from '../seal/bytes.ts'
import { sha256Hex, sha256HexOf } from '../seal/digest.ts'
import {
  bodySchema,
  payloadSchema,
  recordSchema,
  sumSchema,
  type Body,
  type FinishedEntry,
  type Sum,
} from './payload.ts'
import { keyName, type CircleKey, type Session } from './session.ts'
import { VaultError } from './vault-error.ts'

type RecordName = Pick<RecordRow, 'circleId' | 'epoch' | 'id' | 'rev' | 'schema'>

const recordName = (row: RecordName, column: 'sum' | 'body'): RowName => ({
  table: 'records',
  column,
  circleId: row.circleId,
  epoch: row.epoch,
  id: row.id,
  rev: row.rev,
  schema: row.schema,
})

const revisionName = (row: Omit<RevisionRow, 'body'>): RowName => ({
  table: 'revisions',
  column: 'body',
  circleId: row.circleId,
  epoch: row.epoch,
  id: row.id,
  rev: 0,
  schema: row.schema,
})

// Cases of up to about four victims have summaries of one size.
const sumPadding: Padding = { pad: 1024 }

/** A row of the circle whose key this is, in today's layout: two encryptions. */
export async function sealRecord(
  { circleId, epoch, dek }: CircleKey,
  id: string,
  rev: number,
  sum: Sum,
  body: Body,
): Promise<RecordRow> {
  const name = { circleId, epoch, id, rev, schema: recordSchema }
  return {
    ...name,
    sum: await sealJson(dek, recordName(name, 'sum'), sum, sumPadding),
    body: await sealJson(dek, recordName(name, 'body'), body),
  }
}

/** Throws VaultError `cannot-open` or `newer`. */
export const openSum = (session: Session, row: RecordRow): Promise<Sum> =>
  openRow(session, row, recordSchema, (key) => openJson(key.dek, recordName(row, 'sum'), row.sum, sumSchema))

/** Throws VaultError `cannot-open` or `newer`. */
export const openBody = (session: Session, row: RecordRow): Promise<Body> =>
  openRow(session, row, recordSchema, (key) => openJson(key.dek, recordName(row, 'body'), row.body, bodySchema))

/** The exact text of a finished revision: one encryption. */
export async function sealRevision(
  { circleId, epoch, dek }: CircleKey,
  id: string,
  text: string,
): Promise<RevisionRow> {
  const name = { circleId, epoch, id, schema: payloadSchema }
  return { ...name, body: await sealAtRest(dek, revisionName(name), utf8(text)) }
}

/** The text that `entry` speaks of, its digest compared. Throws VaultError `cannot-open` or `newer`. */
export async function openRevision(session: Session, entry: FinishedEntry): Promise<string> {
  const row = await session.tools.database.revisions.get(entry.row)
  if (!row) throw new VaultError('cannot-open')
  return openRow(session, row, payloadSchema, async (key) => {
    const text = textOf(await openAtRest(key.dek, revisionName(row), row.body))
    if ((await sha256HexOf(text)) !== entry.sha256) throw new VaultError('cannot-open')
    return text
  })
}

/** What the log says of a row's ciphertext: hex SHA-256 over `sum` then `body`. */
export const ciphertextHash = (row: RecordRow): Promise<string> => sha256Hex(concatBytes(row.sum, row.body))

async function openRow<T>(
  session: Session,
  row: { readonly circleId: string; readonly epoch: number; readonly schema: number },
  newest: number,
  open: (key: CircleKey) => Promise<T>,
): Promise<T> {
  const key = session.circles.get(keyName(row.circleId, row.epoch))
  if (!key) throw new VaultError('cannot-open')
  if (row.schema > newest) throw new VaultError('newer')
  try {
    return await open(key)
  } catch (cause) {
    throw cause instanceof VaultError ? cause : new VaultError('cannot-open', cause)
  }
}

export const sealJson = (key: CryptoKey, name: RowName, value: unknown, padding?: Padding): Promise<Bytes> =>
  sealAtRest(key, name, utf8(JSON.stringify(value)), padding)

export async function openJson<T>(key: CryptoKey, name: RowName, sealed: Bytes, schema: z.ZodMiniType<T>): Promise<T> {
  const read = schema.safeParse(JSON.parse(textOf(await openAtRest(key, name, sealed))))
  if (!read.success) throw new VaultError('cannot-open')
  return read.data
}
