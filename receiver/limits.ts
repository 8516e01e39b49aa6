import { batchSizeLimit, sealedSizeLimit, setupSizeLimit } from '../src/batch/protocol.ts'

/** What one receiver is willing to take. Sizes in bytes, times in milliseconds. */
export interface Limits {
  readonly batchBytes: number
  readonly boxBytes: number
  readonly documentBytes: number
  readonly smallBodyBytes: number
  /** A body up to this size stays in memory; a longer one goes to a temporary file. */
  readonly memoryBytes: number
  readonly memoryBytesOfAll: number
  readonly fileBytesOfAll: number
  readonly headerTime: number
  readonly idleTime: number
  /** From this age on a body must have come in at `slowestBytesPerSecond` or faster on average. */
  readonly graceTime: number
  readonly slowestBytesPerSecond: number
  readonly stopTime: number
  /** The share of the disk that stays free, 0 to 1. */
  readonly freeShare: number
  readonly requestsPerMinute: number
  /** Refusals of unknown tokens, codes and addresses that are signed: of one organisation, or where none is known. */
  readonly failuresPerMinute: number
  /** The same for one token or code. */
  readonly sameFailuresPerMinute: number
  readonly bytesPerDay: number
}

const KiB = 1024
const MiB = 1024 * KiB

/**
 * The limits of security.md section 10; quotas are for one device. A signature takes half a millisecond: as many as may
 * fail take a twentieth of one core.
 */
export const defaultLimits: Limits = {
  batchBytes: batchSizeLimit,
  boxBytes: sealedSizeLimit,
  documentBytes: setupSizeLimit,
  smallBodyBytes: 4 * KiB,
  memoryBytes: MiB,
  memoryBytesOfAll: 64 * MiB,
  fileBytesOfAll: 1024 * MiB,
  headerTime: 10_000,
  idleTime: 30_000,
  graceTime: 30_000,
  slowestBytesPerSecond: 1000,
  stopTime: 20_000,
  freeShare: 0.1,
  requestsPerMinute: 300,
  failuresPerMinute: 6000,
  sameFailuresPerMinute: 60,
  bytesPerDay: 512 * MiB,
}
