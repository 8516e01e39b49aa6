import { ReceiverError } from './receiver-error.ts'
import { row, rows, type Steps } from './sql.ts'

/** Brings a database up to date, in one transaction. Throws ReceiverError `store-newer`, with nothing changed. */
export function* migrating(): Steps<void> {
  yield* rows('CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, at INTEGER NOT NULL)')
  const found = yield* row('SELECT coalesce(max(version), 0) AS version FROM migrations')
  const version = Number(found?.['version'])
  if (version > migrations.length) throw new ReceiverError('store-newer')
  for (const [done, step] of migrations.slice(version).entries()) {
    for (const statement of statementsIn(step)) yield* rows(statement)
    yield* rows('INSERT INTO migrations (version, at) VALUES (?, ?)', version + done + 1, Date.now())
  }
}

/** No text in a step holds a semicolon. */
const statementsIn = (step: string): string[] =>
  step
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')

/**
 * The tables, step by step: entry n brings them from version n to n + 1. A step that was released is never edited. Times
 * are milliseconds since 1970, hashes and ids are text. The words are SQLite's; `postgres-database.ts` puts its own types in their place.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE memory (name TEXT PRIMARY KEY, value TEXT NOT NULL);

  CREATE TABLE orgs (org TEXT PRIMARY KEY, boxes INTEGER NOT NULL, receipts INTEGER NOT NULL);
  INSERT INTO orgs (org, boxes, receipts) VALUES ('first', 0, 0);

  CREATE TABLE codes (
    hash TEXT PRIMARY KEY, org TEXT NOT NULL, made_at INTEGER NOT NULL,
    expires_at INTEGER, run TEXT, spent_by TEXT, withdrawn INTEGER NOT NULL DEFAULT 0
  );

  CREATE TABLE devices (
    org TEXT NOT NULL, device_id TEXT NOT NULL,
    token_shelf TEXT NOT NULL, token_hash TEXT NOT NULL, code_hash TEXT NOT NULL,
    enrolled_at INTEGER NOT NULL, revoked_at INTEGER,
    seen INTEGER NOT NULL DEFAULT 0, readmit INTEGER NOT NULL DEFAULT 0,
    day INTEGER NOT NULL DEFAULT 0, day_bytes INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (org, device_id)
  );
  CREATE INDEX devices_by_token ON devices (token_shelf);

  CREATE TABLE desks (
    org TEXT NOT NULL, token_shelf TEXT NOT NULL, token_hash TEXT NOT NULL, made_at INTEGER NOT NULL,
    PRIMARY KEY (token_shelf, token_hash)
  );

  CREATE TABLE boxes (
    org TEXT NOT NULL, id TEXT NOT NULL, n INTEGER NOT NULL,
    device_id TEXT NOT NULL, size INTEGER NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (org, id)
  );
  CREATE UNIQUE INDEX boxes_in_order ON boxes (org, n);
  CREATE INDEX boxes_by_device ON boxes (org, device_id);
  CREATE TABLE box_bytes (org TEXT NOT NULL, id TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (org, id));

  CREATE TABLE receipts (
    org TEXT NOT NULL, sha TEXT NOT NULL, n INTEGER NOT NULL,
    device_id TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (org, sha)
  );
  CREATE UNIQUE INDEX receipts_of_device ON receipts (org, device_id, n);

  CREATE TABLE setups (
    sha TEXT NOT NULL, org TEXT NOT NULL, bytes BLOB NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (sha, org)
  );
  `,
  `
  ALTER TABLE orgs ADD COLUMN bytes_per_day INTEGER;
  `,
  `
  CREATE UNIQUE INDEX receipts_in_order ON receipts (org, n);
  `,
]

/** The version of the tables that this program writes. */
export const schemaVersion = migrations.length
