// A box: finished revisions, signed by the account that wrote them, compressed, padded to a size step, sealed with age
// to the organisation. Made when a record is finished, so that sending it needs no key. Its bytes never change, and
// its id is their SHA-256.

import * as z from 'zod/mini'
import { fromBase64Url, toBase64Url } from '../seal/base64url.ts'
import { textOf, utf8, type Bytes } from '../seal/bytes.ts'
import { sha256Hex, sha256HexOf } from '../seal/digest.ts'
import { openWith, sealTo } from '../seal/envelope.ts'
import { SealError } from '../seal/seal.ts'
import { keyIdOf } from '../seal/signature.ts'
import { BatchError } from './batch-error.ts'
import { contentOf, layOut } from './layout.ts'
import { boxJsonLimit, inflateLimit, itemLimit, sealedSizeLimit } from './protocol.ts'
import { withoutName, type NamedBox } from './resealed.ts'
import { digestSchema, idSchema, isSignedBy, jsonOf, publicKeySchema, signedBytes } from './signed-text.ts'

export { packedBoxLimit, sealedSizeLimit } from './protocol.ts'

const boxMagic = 'TIPB1'

/** `record` finished revisions; `draft` a safety copy; `change` something said by case code; `test` nothing inside. */
export const boxKinds = ['record', 'draft', 'change', 'test'] as const
export type BoxKind = (typeof boxKinds)[number]

const counter = z.int().check(z.nonnegative())

export const boxItemSchema = z.strictObject({
  caseId: idSchema,
  revision: z.int().check(z.positive()),
  /** digest of the revision before, `null` in revision 1 */
  previous: z.nullable(digestSchema),
  schema: z.int().check(z.positive()),
  /** of the payload's UTF-8 */
  sha256: digestSchema,
  /** the record's JSON, as the text it was written as */
  payload: z.string(),
})
export type BoxItem = z.infer<typeof boxItemSchema>

export const boxSchema = z
  .strictObject({
    v: z.literal(1),
    kind: z.enum(boxKinds),
    deviceId: idSchema,
    /** raw public key of the account, base64url */
    key: publicKeySchema,
    /** one chain a device, in the order of sealing, from 1 */
    seq: z.int().check(z.positive()),
    /** the box sealed before on this device, `null` in the first */
    prevBoxId: z.nullable(digestSchema),
    /** version of the configuration it was sealed under; 0 = set by hand, or none */
    configVersion: counter,
    /** head of the circle's audit chain, hex; 64 zeros where it has no entry yet */
    auditHead: digestSchema,
    /** boxes that this one takes the place of */
    replaces: z.array(digestSchema),
    items: z.array(boxItemSchema).check(z.maxLength(itemLimit)),
  })
  .check(z.refine((box) => (box.kind === 'test') === (box.items.length === 0)))
export type Box = z.infer<typeof boxSchema>

/** What the maker says; `key` is the raw public key whose private half `sign` uses. */
export type BoxContent = Omit<Box, 'v' | 'key'> & { readonly key: Uint8Array }

/** An item for a revision's exact text. */
export async function boxItemOf(
  text: string,
  { caseId, revision, previous, schema }: Omit<BoxItem, 'sha256' | 'payload'>,
): Promise<BoxItem> {
  return { caseId, revision, previous, schema, sha256: await sha256HexOf(text), payload: text }
}

/**
 * Signs, compresses, pads and seals. The same content gives another box each time: age's file key is random.
 * @param sign Ed25519 over the bytes given, by the private half of `key`
 * @param recipients `age1…` all of one kind
 * Throws `bad-json` (content that no opener would take), `too-large` (over 1 MiB of JSON), `bad-recipient`,
 * `mixed-recipients`.
 */
export async function makeBox(
  { key, ...content }: BoxContent,
  sign: (bytes: Bytes) => Promise<Uint8Array>,
  recipients: readonly string[],
): Promise<{ boxId: string; bytes: Bytes }> {
  const box = boxSchema.safeParse({ v: 1, ...content, key: toBase64Url(key) })
  if (!box.success) throw new BatchError('bad-json')
  const json = boxText(box.data)
  if (utf8(json).length > boxJsonLimit) throw new BatchError('too-large')
  const keyId = await keyIdOf(fromBase64Url(box.data.key))
  const signature = toBase64Url(await sign(signedBytes('box', json)))
  const plain = await layOut(boxMagic, utf8(`${keyId} ${signature}\n${json}`))
  const bytes = await sealTo(recipients, plain).catch(asBatchError)
  return { boxId: await sha256Hex(bytes), bytes }
}

/**
 * Opens a box and believes nothing in it before its signature held. Throws, in the order looked at: `too-large`,
 * `not-age`, `cannot-open`, `unknown-layout`, `bad-padding`, `too-large` (inflated), `bad-json` (not this shape, or an
 * item's digest is not its payload's), `bad-signature`. Whose key it is, and the chain of a device, is for the desk.
 * @returns with name and size as the tablet made it, also where it was sealed anew since
 */
export async function openBox(
  bytes: Uint8Array,
  identities: readonly string[],
): Promise<{ box: Box; keyId: string } & NamedBox> {
  if (bytes.length > sealedSizeLimit) throw new BatchError('too-large')
  const { named, plain } = withoutName(await openWith(identities, bytes).catch(asBatchError))
  const { keyId, signature, json } = signedPartOf(await contentOf(boxMagic, plain, inflateLimit))
  const box = boxSchema.safeParse(jsonOf(json))
  if (!box.success || !(await digestsHold(box.data))) throw new BatchError('bad-json')
  if (keyId !== (await keyIdOf(fromBase64Url(box.data.key)))) throw new BatchError('bad-signature')
  if (!(await isSignedBy('box', json, signature, [box.data.key]))) throw new BatchError('bad-signature')
  const { boxId, size } = named ?? { boxId: await sha256Hex(new Uint8Array(bytes)), size: bytes.length }
  return { box: box.data, keyId, boxId, size }
}

function signedPartOf(content: Bytes): { keyId: string; signature: string; json: string } {
  const text = textOrThrow(content)
  const head = /^([\w-]{22}) ([\w-]{86})\n/.exec(text)
  if (head === null) throw new BatchError('unknown-layout')
  return { keyId: head[1] ?? '', signature: head[2] ?? '', json: text.slice(head[0].length) }
}

function textOrThrow(bytes: Bytes): string {
  try {
    return textOf(bytes)
  } catch (cause) {
    throw new BatchError('unknown-layout', cause)
  }
}

async function digestsHold({ items }: Box): Promise<boolean> {
  const digests = await Promise.all(items.map((item) => sha256HexOf(item.payload)))
  return digests.every((digest, i) => digest === items[i]?.sha256)
}

function boxText(box: Box): string {
  const { v, kind, deviceId, key, seq, prevBoxId, configVersion, auditHead, replaces, items } = box
  return JSON.stringify({ v, kind, deviceId, key, seq, prevBoxId, configVersion, auditHead, replaces, items })
}

const carried = ['not-age', 'cannot-open', 'bad-recipient', 'mixed-recipients'] as const

function asBatchError(error: unknown): never {
  const reason = error instanceof SealError ? carried.find((name) => name === error.reason) : undefined
  throw reason === undefined ? error : new BatchError(reason, error)
}
