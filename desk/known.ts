import * as z from 'zod/mini'
import type { ChainLink } from './chains.ts'

const counted = z.int().check(z.positive())

/** A public key that signs boxes, and the device it was first seen on. */
const knownKeySchema = z.strictObject({ key: z.string(), deviceId: z.string(), boxId: z.string() })
export type KnownKey = z.infer<typeof knownKeySchema>

/** A revision that was taken in; `sha256` is that of its text. */
const knownRevisionSchema = z.strictObject({
  caseId: z.string(),
  revision: counted,
  sha256: z.string(),
  boxId: z.string(),
})
export type KnownRevision = z.infer<typeof knownRevisionSchema>

const chainLinkSchema = z.strictObject({
  deviceId: z.string(),
  boxId: z.string(),
  seq: counted,
  prevBoxId: z.nullable(z.string()),
  replaces: z.array(z.string()),
})

/** What the desk knows from the boxes that it opened before. Holds no answer of a record. */
export interface Known {
  readonly keys: readonly KnownKey[]
  readonly revisions: readonly KnownRevision[]
  readonly chain: readonly ChainLink[]
}

export const knownSchema: z.ZodMiniType<Known> = z.strictObject({
  keys: z.array(knownKeySchema),
  revisions: z.array(knownRevisionSchema),
  chain: z.array(chainLinkSchema),
})

export const nothingKnown: Known = { keys: [], revisions: [], chain: [] }
