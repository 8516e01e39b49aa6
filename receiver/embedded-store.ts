import { EmbeddedDatabase, type Row } from './embedded-database.ts'
import {
  type BoxEntry,
  type Device,
  type DeviceEntry,
  type Enrolment,
  type EnrolmentAsked,
  type NewBoxes,
  type NewCode,
  type NewReceipt,
  type Store,
} from './store.ts'
import type { ReceiverReason } from './receiver-error.ts'
import { sameHash, shelfOf } from './tokens.ts'
import { dayOf } from './quota.ts'

/**
 * Opens the store that lives in one file beside the receiver, and brings it up to date. Throws ReceiverError.
 * @param ifNew thrown, with nothing touched, where the file is missing, empty or no receiver's; without it one is made
 */
export function openEmbeddedStore(path: string, ifNew?: ReceiverReason): Store {
  return new EmbeddedStore(new EmbeddedDatabase(path, ifNew))
}

class EmbeddedStore implements Store {
  readonly #db: EmbeddedDatabase

  constructor(db: EmbeddedDatabase) {
    this.#db = db
  }

  async keepCode({ org, hash, at, expiresAt, run }: NewCode): Promise<void> {
    const sql = 'INSERT INTO codes (hash, org, made_at, expires_at, run) VALUES (?, ?, ?, ?, ?)'
    this.#db.run(sql, hash, org, at, expiresAt, run)
  }

  async withdrawCode(org: string, hash: string): Promise<boolean> {
    const sql = 'UPDATE codes SET withdrawn = 1 WHERE org = ? AND hash = ? AND withdrawn = 0 AND spent_by IS NULL'
    return this.#db.run(sql, org, hash) > 0
  }

  async enrol(asked: EnrolmentAsked): Promise<Enrolment> {
    return this.#db.transaction(() => {
      const code = this.#db.get('SELECT * FROM codes WHERE hash = ?', asked.codeHash)
      if (!code || code['withdrawn']) return { status: 'bad-code' }
      const org = String(code['org'])
      const device = this.#db.get('SELECT * FROM devices WHERE org = ? AND device_id = ?', org, asked.deviceId)
      const refused = whyNotEnrolled(asked, code, device)
      if (refused) return { status: refused }
      this.#writeDevice(org, asked)
      if (code['run'] === null) {
        this.#db.run('UPDATE codes SET spent_by = ? WHERE hash = ?', asked.deviceId, asked.codeHash)
      }
      return { status: 'enrolled', org }
    })
  }

  #writeDevice(org: string, { deviceId, codeHash, tokenHash, at }: EnrolmentAsked): void {
    const sql = `INSERT INTO devices (org, device_id, token_shelf, token_hash, code_hash, enrolled_at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (org, device_id) DO UPDATE SET token_shelf = excluded.token_shelf, token_hash = excluded.token_hash,
      code_hash = excluded.code_hash, enrolled_at = excluded.enrolled_at, revoked_at = NULL, seen = 0, readmit = 0`
    this.#db.run(sql, org, deviceId, shelfOf(tokenHash), tokenHash, codeHash, at)
  }

  async findDevice(tokenHash: string): Promise<Device | undefined> {
    const rows = this.#db.all('SELECT * FROM devices WHERE token_shelf = ?', shelfOf(tokenHash))
    const row = rows.find((candidate) => sameHash(String(candidate['token_hash']), tokenHash))
    return row && deviceOf(row)
  }

  async markSeen(org: string, deviceId: string): Promise<void> {
    this.#db.run('UPDATE devices SET seen = 1 WHERE org = ? AND device_id = ?', org, deviceId)
  }

  async listDevices(org: string): Promise<DeviceEntry[]> {
    const sql = `SELECT device_id, enrolled_at, revoked_at,
      (SELECT count(*) FROM boxes WHERE boxes.org = devices.org AND boxes.device_id = devices.device_id) AS boxes
      FROM devices WHERE org = ? ORDER BY enrolled_at, device_id`
    return this.#db.all(sql, org).map((row) => ({
      deviceId: String(row['device_id']),
      enrolledAt: Number(row['enrolled_at']),
      revokedAt: row['revoked_at'] === null ? null : Number(row['revoked_at']),
      boxes: Number(row['boxes']),
    }))
  }

  async revokeDevice(org: string, deviceId: string, at: number): Promise<boolean> {
    const sql = 'UPDATE devices SET revoked_at = ?, readmit = 0 WHERE org = ? AND device_id = ? AND revoked_at IS NULL'
    return this.#db.run(sql, at, org, deviceId) > 0
  }

  async readmitDevice(org: string, deviceId: string): Promise<boolean> {
    return this.#db.run('UPDATE devices SET readmit = 1 WHERE org = ? AND device_id = ?', org, deviceId) > 0
  }

  async keepDesk({ org, tokenHash, at }: { org: string; tokenHash: string; at: number }): Promise<void> {
    const sql = 'INSERT INTO desks (org, token_shelf, token_hash, made_at) VALUES (?, ?, ?, ?)'
    this.#db.run(sql, org, shelfOf(tokenHash), tokenHash, at)
  }

  async findDesk(tokenHash: string): Promise<{ org: string } | undefined> {
    const rows = this.#db.all('SELECT org, token_hash FROM desks WHERE token_shelf = ?', shelfOf(tokenHash))
    const row = rows.find((candidate) => sameHash(String(candidate['token_hash']), tokenHash))
    return row && { org: String(row['org']) }
  }

  async keepBoxes({ org, deviceId, at, boxes }: NewBoxes): Promise<void> {
    const byId = new Map(boxes.map((box) => [box.id, box.bytes]))
    this.#db.transaction(() => {
      const isNew = (id: string) => !this.#db.get('SELECT n FROM boxes WHERE org = ? AND id = ?', org, id)
      const fresh = [...byId].filter(([id]) => isNew(id))
      if (fresh.length === 0) return
      let n = this.#count('boxes', org, fresh.length) - fresh.length
      for (const [id, bytes] of fresh) this.#writeBox({ n: ++n, id, deviceId, size: bytes.length, at }, org, bytes)
      this.#countBytes(org, deviceId, dayOf(at), sum(fresh.map(([, bytes]) => bytes.length)))
    })
  }

  #writeBox({ n, id, deviceId, size, at }: BoxEntry, org: string, bytes: Uint8Array): void {
    const sql = 'INSERT INTO boxes (org, id, n, device_id, size, at) VALUES (?, ?, ?, ?, ?, ?)'
    this.#db.run(sql, org, id, n, deviceId, size, at)
    this.#db.run('INSERT INTO box_bytes (org, id, bytes) VALUES (?, ?, ?)', org, id, bytes)
  }

  #countBytes(org: string, deviceId: string, day: number, bytes: number): void {
    const sql = `UPDATE devices SET day_bytes = CASE WHEN day = ? THEN day_bytes ELSE 0 END + ?, day = ?
      WHERE org = ? AND device_id = ?`
    this.#db.run(sql, day, bytes, day, org, deviceId)
  }

  /** Takes the next `many` numbers of an organisation. Its row is held until the commit, so order is kept. */
  #count(what: 'boxes' | 'receipts', org: string, many: number): number {
    const row = this.#db.get(`UPDATE orgs SET ${what} = ${what} + ? WHERE org = ? RETURNING ${what} AS last`, many, org)
    return Number(row?.['last'])
  }

  async listBoxes(org: string, after: number, limit: number): Promise<BoxEntry[]> {
    const sql = 'SELECT n, id, device_id, size, at FROM boxes WHERE org = ? AND n > ? ORDER BY n LIMIT ?'
    return this.#db.all(sql, org, after, limit).map((row) => ({
      n: Number(row['n']),
      id: String(row['id']),
      deviceId: String(row['device_id']),
      size: Number(row['size']),
      at: Number(row['at']),
    }))
  }

  async readBox(org: string, id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return bytesOf(this.#db.get('SELECT bytes FROM box_bytes WHERE org = ? AND id = ?', org, id))
  }

  async keepReceipt({ org, deviceId, sha, text, at }: NewReceipt): Promise<void> {
    this.#db.transaction(() => {
      if (this.#db.get('SELECT n FROM receipts WHERE org = ? AND sha = ?', org, sha)) return
      const n = this.#count('receipts', org, 1)
      const sql = 'INSERT INTO receipts (org, sha, n, device_id, text, at) VALUES (?, ?, ?, ?, ?, ?)'
      this.#db.run(sql, org, sha, n, deviceId, text, at)
    })
  }

  async listReceipts(
    org: string,
    deviceId: string,
    after: number,
    limit: number,
  ): Promise<{ n: number; text: string }[]> {
    const sql = 'SELECT n, text FROM receipts WHERE org = ? AND device_id = ? AND n > ? ORDER BY n LIMIT ?'
    const rows = this.#db.all(sql, org, deviceId, after, limit)
    return rows.map((row) => ({ n: Number(row['n']), text: String(row['text']) }))
  }

  async keepSetup({ org, sha, bytes, at }: { org: string; sha: string; bytes: Uint8Array; at: number }): Promise<void> {
    const sql = 'INSERT INTO setups (sha, org, bytes, at) VALUES (?, ?, ?, ?) ON CONFLICT (sha, org) DO NOTHING'
    this.#db.run(sql, sha, org, bytes, at)
  }

  async readSetup(sha: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return bytesOf(this.#db.get('SELECT bytes FROM setups WHERE sha = ? LIMIT 1', sha))
  }

  async recall(name: string): Promise<string | undefined> {
    const row = this.#db.get('SELECT value FROM memory WHERE name = ?', name)
    return row && String(row['value'])
  }

  async remember(name: string, value: string): Promise<void> {
    const sql = 'INSERT INTO memory (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value'
    this.#db.run(sql, name, value)
  }

  async check(): Promise<void> {
    this.#db.get('SELECT boxes FROM orgs LIMIT 1')
  }

  async close(): Promise<void> {
    this.#db.close()
  }
}

/**
 * A code is good once. It is good again only for the device that spent it and never showed up with the
 * token it was given: that answer was lost on the way.
 */
function whyNotEnrolled(asked: EnrolmentAsked, code: Row, device: Row | undefined) {
  const lostAnswer =
    device && !device['seen'] && device['revoked_at'] === null && device['code_hash'] === asked.codeHash
  if (lostAnswer) return undefined
  if (code['spent_by'] !== null) return 'code-spent'
  if (code['run'] !== null && code['run'] !== asked.run) return 'code-expired'
  if (code['expires_at'] !== null && asked.at > Number(code['expires_at'])) return 'code-expired'
  return device && !device['readmit'] ? 'known-device' : undefined
}

function deviceOf(row: Row): Device {
  return {
    org: String(row['org']),
    deviceId: String(row['device_id']),
    revoked: row['revoked_at'] !== null,
    seen: Boolean(row['seen']),
    day: Number(row['day']),
    dayBytes: Number(row['day_bytes']),
  }
}

function bytesOf(row: Row | undefined): Uint8Array<ArrayBuffer> | undefined {
  return row && new Uint8Array(row['bytes'] as ArrayBuffer)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
