import { row, rows, touched, type Row, type SqlDatabase, type Steps } from './sql.ts'
import type {
  BoxEntry,
  CodeEntry,
  Device,
  DeskEntry,
  DeviceEntry,
  Enrolment,
  EnrolmentAsked,
  KeptRow,
  NewBoxes,
  NewCode,
  NewOrg,
  NewReceipt,
  OrgEntry,
  Store,
} from './store.ts'
import { dayOf } from './quota.ts'
import { ReceiverError } from './receiver-error.ts'
import { sameHash, shelfOf } from './tokens.ts'

/**
 * The store in a database that speaks SQL. Only what SQLite and PostgreSQL have in common, and nothing that lives in a
 * connection: no cursors, no session settings, no listening, no advisory locks. Whoever changes what another could be
 * changing takes the row first (`UPDATE … SET x = x`), so that this holds at the level "read committed", too.
 */
export class SqlStore implements Store {
  readonly #db: SqlDatabase

  constructor(db: SqlDatabase) {
    this.#db = db
  }

  async addOrg({ org, bytesPerDay }: NewOrg): Promise<boolean> {
    const sql = `INSERT INTO orgs (org, boxes, receipts, bytes_per_day) VALUES (?, 0, 0, ?)
      ON CONFLICT (org) DO NOTHING RETURNING 1 AS done`
    return this.#db.run(touched(sql, org, bytesPerDay))
  }

  async listOrgs(): Promise<OrgEntry[]> {
    const sql = `SELECT org, bytes_per_day, boxes,
      (SELECT count(*) FROM devices WHERE devices.org = orgs.org) AS devices FROM orgs ORDER BY org`
    return (await this.#db.run(rows(sql))).map((found) => ({
      org: String(found['org']),
      bytesPerDay: numberOrNull(found['bytes_per_day']),
      devices: Number(found['devices']),
      boxes: Number(found['boxes']),
    }))
  }

  async keepCode({ org, hash, at, expiresAt, run }: NewCode): Promise<void> {
    const sql = 'INSERT INTO codes (hash, org, made_at, expires_at, run) VALUES (?, ?, ?, ?, ?)'
    await this.#db.run(rows(sql, hash, org, at, expiresAt, run))
  }

  async withdrawCode(org: string, hash: string): Promise<boolean> {
    const sql = `UPDATE codes SET withdrawn = 1 WHERE org = ? AND hash = ? AND withdrawn = 0 AND spent_by IS NULL
      RETURNING 1 AS done`
    return this.#db.run(touched(sql, org, hash))
  }

  async listCodes(org: string): Promise<CodeEntry[]> {
    const sql = 'SELECT hash, spent_by FROM codes WHERE org = ? AND run IS NULL ORDER BY made_at'
    return (await this.#db.run(rows(sql, org))).map((found) => ({
      hash: String(found['hash']),
      spentBy: found['spent_by'] === null ? null : String(found['spent_by']),
    }))
  }

  async foreseeEnrolment(asked: EnrolmentAsked): Promise<Enrolment> {
    return this.#db.run(judging(asked, looked))
  }

  async enrol(asked: EnrolmentAsked): Promise<Enrolment> {
    return this.#db.transaction(() => enrolling(asked))
  }

  async findDevice(tokenHash: string): Promise<Device | undefined> {
    const shelf = await this.#db.run(rows(devicesOnShelf, shelfOf(tokenHash)))
    const found = shelf.find((candidate) => sameHash(String(candidate['token_hash']), tokenHash))
    return found && deviceOf(found)
  }

  async markSeen(org: string, deviceId: string): Promise<void> {
    await this.#db.run(rows('UPDATE devices SET seen = 1 WHERE org = ? AND device_id = ?', org, deviceId))
  }

  async listDevices(org: string): Promise<DeviceEntry[]> {
    const sql = `SELECT device_id, enrolled_at, revoked_at,
      (SELECT count(*) FROM boxes WHERE boxes.org = devices.org AND boxes.device_id = devices.device_id) AS boxes
      FROM devices WHERE org = ? ORDER BY enrolled_at, device_id`
    return (await this.#db.run(rows(sql, org))).map((found) => ({
      deviceId: String(found['device_id']),
      enrolledAt: Number(found['enrolled_at']),
      revokedAt: numberOrNull(found['revoked_at']),
      boxes: Number(found['boxes']),
    }))
  }

  async revokeDevice(org: string, deviceId: string, at: number): Promise<boolean> {
    const sql = `UPDATE devices SET revoked_at = ?, readmit = 0 WHERE org = ? AND device_id = ? AND revoked_at IS NULL
      RETURNING 1 AS done`
    return this.#db.run(touched(sql, at, org, deviceId))
  }

  async readmitDevice(org: string, deviceId: string): Promise<boolean> {
    const sql = 'UPDATE devices SET readmit = 1 WHERE org = ? AND device_id = ? RETURNING 1 AS done'
    return this.#db.run(touched(sql, org, deviceId))
  }

  async keepDesk({ org, tokenHash, at }: { org: string; tokenHash: string; at: number }): Promise<void> {
    const sql = 'INSERT INTO desks (org, token_shelf, token_hash, made_at) VALUES (?, ?, ?, ?)'
    await this.#db.run(rows(sql, org, shelfOf(tokenHash), tokenHash, at))
  }

  async findDesk(tokenHash: string): Promise<{ org: string } | undefined> {
    const shelf = await this.#db.run(
      rows('SELECT org, token_hash FROM desks WHERE token_shelf = ?', shelfOf(tokenHash)),
    )
    const found = shelf.find((candidate) => sameHash(String(candidate['token_hash']), tokenHash))
    return found && { org: String(found['org']) }
  }

  async listDesks(org: string): Promise<DeskEntry[]> {
    const sql = 'SELECT token_shelf, made_at FROM desks WHERE org = ? ORDER BY made_at, token_shelf'
    const found = await this.#db.run(rows(sql, org))
    return found.map((desk) => ({ name: String(desk['token_shelf']), madeAt: Number(desk['made_at']) }))
  }

  async revokeDesk(org: string, name: string): Promise<boolean> {
    return this.#db.run(touched('DELETE FROM desks WHERE org = ? AND token_shelf = ? RETURNING 1 AS done', org, name))
  }

  async keepBoxes(batch: NewBoxes): Promise<boolean> {
    return this.#db.transaction(() => keepingBoxes(batch))
  }

  async listBoxes(org: string, after: number, limit: number): Promise<BoxEntry[]> {
    const sql = `SELECT n, id, device_id, size, at FROM boxes WHERE org = ? AND n > ?
      AND EXISTS (SELECT 1 FROM box_bytes WHERE box_bytes.org = boxes.org AND box_bytes.id = boxes.id) ORDER BY n LIMIT ?`
    return (await this.#db.run(rows(sql, org, after, limit))).map((found) => ({
      n: Number(found['n']),
      id: String(found['id']),
      deviceId: String(found['device_id']),
      size: Number(found['size']),
      at: Number(found['at']),
    }))
  }

  async lastBox(org: string): Promise<number> {
    return Number((await this.#db.run(row('SELECT boxes FROM orgs WHERE org = ?', org)))?.['boxes'] ?? 0)
  }

  async readBox(org: string, id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return bytesOf(await this.#db.run(row('SELECT bytes FROM box_bytes WHERE org = ? AND id = ?', org, id)))
  }

  async keepReceipt(receipt: NewReceipt): Promise<void> {
    await this.#db.transaction(() => keepingReceipt(receipt))
  }

  async listReceipts(
    org: string,
    deviceId: string,
    after: number,
    limit: number,
  ): Promise<{ n: number; text: string }[]> {
    const sql = 'SELECT n, text FROM receipts WHERE org = ? AND device_id = ? AND n > ? ORDER BY n LIMIT ?'
    const found = await this.#db.run(rows(sql, org, deviceId, after, limit))
    return found.map(({ n, text }) => ({ n: Number(n), text: String(text) }))
  }

  async receiptsBefore(org: string, at: number, after: number, limit: number): Promise<{ n: number; text: string }[]> {
    const sql = 'SELECT n, text FROM receipts WHERE org = ? AND n > ? AND at < ? ORDER BY n LIMIT ?'
    const found = await this.#db.run(rows(sql, org, after, at, limit))
    return found.map(({ n, text }) => ({ n: Number(n), text: String(text) }))
  }

  async forgetBytes(org: string, deviceId: string, ids: readonly string[]): Promise<number[]> {
    return this.#db.transaction(() => forgettingBytes(org, deviceId, ids))
  }

  async replaceBytes(org: string, id: string, bytes: Uint8Array): Promise<boolean> {
    const sql = 'UPDATE box_bytes SET bytes = ? WHERE org = ? AND id = ? RETURNING 1 AS done'
    return this.#db.run(touched(sql, bytes, org, id))
  }

  async overwriteOld(): Promise<boolean> {
    return this.#db.overwriteOld()
  }

  async keepSetup({ org, sha, bytes, at }: { org: string; sha: string; bytes: Uint8Array; at: number }): Promise<void> {
    const sql = 'INSERT INTO setups (sha, org, bytes, at) VALUES (?, ?, ?, ?) ON CONFLICT (sha, org) DO NOTHING'
    await this.#db.run(rows(sql, sha, org, bytes, at))
  }

  async readSetup(sha: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return bytesOf(await this.#db.run(row('SELECT bytes FROM setups WHERE sha = ? LIMIT 1', sha)))
  }

  async rememberFirst(name: string, value: string): Promise<string> {
    await this.#db.run(
      rows('INSERT INTO memory (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING', name, value),
    )
    return (await this.recall(name)) ?? value
  }

  async recall(name: string): Promise<string | undefined> {
    const found = await this.#db.run(row('SELECT value FROM memory WHERE name = ?', name))
    return found && String(found['value'])
  }

  async remember(name: string, value: string): Promise<void> {
    const sql = 'INSERT INTO memory (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value'
    await this.#db.run(rows(sql, name, value))
  }

  async forget(name: string): Promise<void> {
    await this.#db.run(rows('DELETE FROM memory WHERE name = ?', name))
  }

  async *everything(): AsyncGenerator<KeptRow> {
    for (const table of registryTables)
      for (const found of await this.#db.run(rows(`SELECT * FROM ${table}`))) yield { table, row: found }
    for (const { org } of await this.listOrgs()) {
      yield* this.#pages('receipts', 'SELECT * FROM receipts WHERE org = ? AND n > ? ORDER BY n LIMIT 100', org)
      const boxes = 'SELECT * FROM boxes WHERE org = ? AND n > ? ORDER BY n LIMIT 20'
      for await (const box of this.#pages('boxes', boxes, org)) {
        const bytes = await this.readBox(org, String(box.row['id']))
        yield box
        if (bytes) yield { table: 'box_bytes', row: { org, id: box.row['id'], bytes } }
      }
    }
  }

  async *#pages(table: string, sql: string, org: string): AsyncGenerator<KeptRow> {
    for (let after = 0; ;) {
      const page = await this.#db.run(rows(sql, org, after))
      for (const found of page) yield { table, row: found }
      if (page.length === 0) return
      after = Number(page.at(-1)?.['n'])
    }
  }

  async putBack(kept: readonly KeptRow[]): Promise<void> {
    await this.#db.transaction(() => puttingBack(kept))
  }

  async countAnew(): Promise<void> {
    const highest = (table: string) => `coalesce((SELECT max(n) FROM ${table} WHERE ${table}.org = orgs.org), 0)`
    await this.#db.run(rows(`UPDATE orgs SET boxes = ${highest('boxes')}, receipts = ${highest('receipts')}`))
  }

  async check(): Promise<void> {
    await this.#db.run(row('SELECT boxes FROM orgs LIMIT 1'))
  }

  async close(): Promise<void> {
    await this.#db.close()
  }
}

const registryTables = ['orgs', 'codes', 'devices', 'desks', 'setups', 'memory'] as const
const tables: ReadonlySet<string> = new Set([...registryTables, 'receipts', 'boxes', 'box_bytes'])

function* puttingBack(kept: readonly KeptRow[]): Steps<void> {
  for (const { table, row: one } of kept) {
    const names = Object.keys(one)
    if (!tables.has(table) || !names.every((name) => /^[a-z_]+$/.test(name))) throw new ReceiverError('bad-backup')
    // The organisation that every store begins with is there already.
    if (table === 'orgs') yield* rows('DELETE FROM orgs WHERE org = ?', one['org'])
    const marks = names.map(() => '?').join(', ')
    yield* rows(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks})`, ...Object.values(one))
  }
}

const devicesOnShelf = `SELECT devices.*, orgs.bytes_per_day FROM devices JOIN orgs ON orgs.org = devices.org
  WHERE token_shelf = ?`

/** How the rows of a code and of a device are read: for a look, or held until the commit. */
const looked = {
  code: 'SELECT * FROM codes WHERE hash = ?',
  device: 'SELECT * FROM devices WHERE org = ? AND device_id = ?',
}
const held = {
  code: 'UPDATE codes SET withdrawn = withdrawn WHERE hash = ? RETURNING *',
  device: 'UPDATE devices SET seen = seen WHERE org = ? AND device_id = ? RETURNING *',
}

function* judging(asked: EnrolmentAsked, read: typeof looked): Steps<Enrolment> {
  const code = yield* row(read.code, asked.codeHash)
  if (!code || Number(code['withdrawn'])) return { status: 'bad-code' }
  const org = String(code['org'])
  const refused = whyNotEnrolled(asked, code, yield* row(read.device, org, asked.deviceId))
  return { status: refused ?? 'enrolled', org }
}

function* enrolling(asked: EnrolmentAsked): Steps<Enrolment> {
  const judged = yield* judging(asked, held)
  if (judged.status !== 'enrolled') return judged
  yield* writingDevice(judged.org, asked)
  yield* rows('UPDATE codes SET spent_by = ? WHERE hash = ? AND run IS NULL', asked.deviceId, asked.codeHash)
  return judged
}

function* writingDevice(org: string, { deviceId, codeHash, tokenHash, at }: EnrolmentAsked): Steps<void> {
  const sql = `INSERT INTO devices (org, device_id, token_shelf, token_hash, code_hash, enrolled_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (org, device_id) DO UPDATE SET token_shelf = excluded.token_shelf, token_hash = excluded.token_hash,
    code_hash = excluded.code_hash, enrolled_at = excluded.enrolled_at, revoked_at = NULL, seen = 0, readmit = 0`
  yield* rows(sql, org, deviceId, shelfOf(tokenHash), tokenHash, codeHash, at)
}

function* keepingBoxes(batch: NewBoxes): Steps<boolean> {
  const { org, deviceId, at } = batch
  let n = yield* nextNumber('boxes', org)
  const boxes = yield* unknownOf(batch)
  if (boxes.length === 0) return true
  if (!(yield* countingBytes(batch, total(boxes)))) return false
  for (const { id, bytes } of boxes) {
    const sql = 'INSERT INTO boxes (org, id, n, device_id, size, at) VALUES (?, ?, ?, ?, ?, ?)'
    yield* rows(sql, org, id, n++, deviceId, bytes.length, at)
    yield* rows('INSERT INTO box_bytes (org, id, bytes) VALUES (?, ?, ?)', org, id, bytes)
  }
  yield* rows('UPDATE orgs SET boxes = ? WHERE org = ?', n - 1, org)
  return true
}

function* unknownOf({ org, boxes }: NewBoxes): Steps<NewBoxes['boxes']> {
  const unknown: NewBoxes['boxes'][number][] = []
  for (const box of new Map(boxes.map((each) => [each.id, each])).values())
    if (!(yield* row('SELECT n FROM boxes WHERE org = ? AND id = ?', org, box.id))) unknown.push(box)
  return unknown
}

const total = (boxes: NewBoxes['boxes']): number => boxes.reduce((sum, { bytes }) => sum + bytes.length, 0)

function* forgettingBytes(org: string, deviceId: string, ids: readonly string[]): Steps<number[]> {
  const sizes: number[] = []
  for (const id of ids) {
    const sql = `DELETE FROM box_bytes WHERE org = ? AND id = ? AND EXISTS (SELECT 1 FROM boxes
      WHERE boxes.org = box_bytes.org AND boxes.id = box_bytes.id AND device_id = ?) RETURNING length(bytes) AS size`
    const gone = yield* row(sql, org, id, deviceId)
    if (gone) sizes.push(Number(gone['size']))
  }
  return sizes
}

/** False, and nothing counted, where it would be more than the device may send on this day. */
function* countingBytes({ org, deviceId, at, bytesPerDay }: NewBoxes, bytes: number): Steps<boolean> {
  const ofDay = 'CASE WHEN day = ? THEN day_bytes ELSE 0 END + ?'
  const sql = `UPDATE devices SET day_bytes = ${ofDay}, day = ? WHERE org = ? AND device_id = ? AND ${ofDay} <= ?
    RETURNING 1 AS done`
  const day = dayOf(at)
  return yield* touched(sql, day, bytes, day, org, deviceId, day, bytes, bytesPerDay)
}

/** The number that comes next. The organisation's row is held until the commit, so that nobody lists it out of order. */
function* nextNumber(what: 'boxes' | 'receipts', org: string): Steps<number> {
  const held = yield* row(`UPDATE orgs SET ${what} = ${what} WHERE org = ? RETURNING ${what} AS last`, org)
  return Number(held?.['last']) + 1
}

function* keepingReceipt({ org, deviceId, sha, text, at }: NewReceipt): Steps<void> {
  const n = yield* nextNumber('receipts', org)
  if (yield* row('SELECT n FROM receipts WHERE org = ? AND sha = ?', org, sha)) return
  const sql = 'INSERT INTO receipts (org, sha, n, device_id, text, at) VALUES (?, ?, ?, ?, ?, ?)'
  yield* rows(sql, org, sha, n, deviceId, text, at)
  yield* rows('UPDATE orgs SET receipts = ? WHERE org = ?', n, org)
}

/**
 * A code is good once. It is good again only for the device that spent it and never showed up with the
 * token it was given: that answer was lost on the way.
 */
function whyNotEnrolled(asked: EnrolmentAsked, code: Row, device: Row | undefined) {
  const lostAnswer =
    device && !Number(device['seen']) && device['revoked_at'] === null && device['code_hash'] === asked.codeHash
  if (lostAnswer) return undefined
  if (code['spent_by'] !== null) return 'code-spent'
  if (code['run'] !== null && code['run'] !== asked.run) return 'code-expired'
  if (code['expires_at'] !== null && asked.at > Number(code['expires_at'])) return 'code-expired'
  return device && !Number(device['readmit']) ? 'known-device' : undefined
}

function deviceOf(found: Row): Device {
  return {
    org: String(found['org']),
    deviceId: String(found['device_id']),
    revoked: found['revoked_at'] !== null,
    seen: Number(found['seen']) === 1,
    day: Number(found['day']),
    dayBytes: Number(found['day_bytes']),
    bytesPerDay: numberOrNull(found['bytes_per_day']),
  }
}

const numberOrNull = (value: unknown): number | null => (value === null ? null : Number(value))

function bytesOf(found: Row | undefined): Uint8Array<ArrayBuffer> | undefined {
  return found && new Uint8Array(found['bytes'] as Uint8Array)
}
