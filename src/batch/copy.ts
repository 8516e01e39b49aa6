import * as z from 'zod/mini'
import { textOf, utf8, type Bytes } from '../seal/bytes.ts'
import { openWith, sealTo } from '../seal/envelope.ts'
import { BatchError } from './batch-error.ts'
import { contentOf, layOut } from './layout.ts'

/** A copy of 10,000 cases of usual size inflates to some 100 MiB. */
const inflateLimit = 512 * 1024 * 1024
const magic = 'COPY1'

/**
 * What every reader of a copy can rely on: whose it is, and each case with its draft and the text of its finished
 * revisions. A tablet keeps more in it (`vault/payload.ts`), which the desk has no use for.
 */
export const copySchema = z.object({
  v: z.literal(1),
  deviceId: z.string(),
  at: z.string(),
  cases: z.array(
    z.object({
      case: z.object({
        id: z.string(),
        body: z.object({ draft: z.unknown(), changedAt: z.string() }),
        revisions: z.array(z.object({ text: z.string() })),
      }),
    }),
  ),
})
export type Copy = z.infer<typeof copySchema>

/** The file of a copy: padded, and sealed to recipients of one kind. */
export async function sealCopy<T extends Copy>(recipients: readonly string[], copy: T): Promise<Bytes> {
  return await sealTo(recipients, await layOut(magic, utf8(JSON.stringify(copy))))
}

/**
 * What a copy holds, in the shape that its reader knows. Throws SealError `cannot-open` where none of the identities
 * opens it, others of its reasons or a BatchError where it is no copy or damaged.
 */
export async function openCopy<T extends Copy>(
  identities: readonly string[],
  bytes: Bytes,
  shape: z.ZodMiniType<T>,
): Promise<T> {
  return await contentIn(await openWith(identities, bytes), shape)
}

/** The same copy for others, with everything that is in it. Throws as `openCopy` does. */
export async function resealCopy(
  identities: readonly string[],
  bytes: Bytes,
  recipients: readonly string[],
): Promise<Bytes> {
  const plain = await openWith(identities, bytes)
  await contentIn(plain, copySchema)
  return await sealTo(recipients, plain)
}

async function contentIn<T extends Copy>(plain: Bytes, shape: z.ZodMiniType<T>): Promise<T> {
  const text = textOf(await contentOf(magic, plain, inflateLimit))
  try {
    return shape.parse(JSON.parse(text))
  } catch (cause) {
    throw new BatchError('bad-json', cause)
  }
}
