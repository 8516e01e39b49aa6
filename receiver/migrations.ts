/**
 * The embedded database, step by step: entry n brings it from version n to n + 1. A step that was released
 * is never edited. Times are milliseconds since 1970, hashes and ids are text.
 */
export const migrations: readonly string[] = [
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
]
