// What the outbox, the receiver and the desk must agree on and neither may change alone: addresses, headers, limits.

/** Below the endpoint. `{…}` of an address is filled in by a function. */
export const paths = {
  enrol: '/v1/enrol',
  batches: '/v1/batches/',
  batch: (batchId: string) => `/v1/batches/${batchId}`,
  receipts: '/v1/receipts',
  receipt: (sha256: string) => `/v1/receipts/${sha256}`,
  boxes: '/v1/boxes',
  box: (boxId: string) => `/v1/boxes/${boxId}`,
  setups: '/v1/setups/',
  setup: (sha256: string) => `/v1/setups/${sha256}`,
  codes: '/v1/codes',
  health: '/health',
} as const

export const batchContentType = 'application/octet-stream'
/** Every answer that is not bytes. */
export const jsonContentType = 'application/json'
export const bearer = (token: string): string => `Bearer ${token}`

/** A boxId, a batchId or the name of a set-up document: hex SHA-256 of the bytes it names. */
export const digestPattern = /^[0-9a-f]{64}$/

const kib = 1024

/** One sealed box. The largest JSON (1 MiB), incompressible, padded and sealed to two hybrid recipients is under it. */
export const sealedSizeLimit = 1536 * kib
/** JSON of one box, before it is compressed. */
export const boxJsonLimit = 1024 * kib
/** The opener inflates no further. */
export const inflateLimit = 2048 * kib
/** Revisions in one box. */
export const itemLimit = 50
/** A box packed from several is kept below this, sealed, so that no common proxy refuses it. */
export const packedBoxLimit = 256 * kib
/** First line of a batch. */
export const batchMagic = 'BOXES1\n'
/** Bytes of a batch that holds nothing yet, and those that each box takes in it besides its own. */
export const batchFrame = { head: batchMagic.length, box: 4 } as const
/** One request's body; the receiver answers 413 beyond. */
export const batchSizeLimit = 8192 * kib
/** Boxes in one batch, so that its receipt stays below `receiptSizeLimit`. */
export const batchBoxLimit = 256
/** Sizes a sender aims at: it starts with the first, doubles to the last, halves after an unreadable answer. */
export const batchSizes = { first: 64 * kib, most: 896 * kib } as const
/** A receipt or signed refusal as text. */
export const receiptSizeLimit = 64 * kib
/** A set-up document or a configuration as text; two hybrid recipients take 4 KiB. */
export const setupSizeLimit = 64 * kib
