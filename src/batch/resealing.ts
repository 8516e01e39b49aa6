// What the desk gives a receiver's operator after it sealed boxes anew: a folder with their bytes, each file called by its
// digest, and a signed list that says which box each of them stands for from now on.

import * as z from 'zod/mini'
import { digestSchema, isSignedBy, jsonOf, momentSchema, signText } from './signed-text.ts'

/** The list's name in such a folder. */
export const resealingFile = 'resealed.list'

const resealingSchema = z.strictObject({
  v: z.literal(1),
  /** by the desk's clock */
  at: momentSchema,
  /** `sealed` = hex SHA-256 of the new bytes, and the name of their file */
  boxes: z.array(z.strictObject({ id: digestSchema, sealed: digestSchema })),
})
export type Resealing = z.infer<typeof resealingSchema>

/** `RSEALED1 <base64url signature>\n<json>`, signed by the key of the desk's receipts. */
export async function signResealing(resealing: Resealing, privateKey: Uint8Array<ArrayBuffer>): Promise<string> {
  const json = JSON.stringify(resealing)
  return `RSEALED1 ${await signText('resealed', json, privateKey)}\n${json}`
}

/** Undefined where it is not such a list, or not by one of these keys (base64url). Never throws. */
export async function verifyResealing(text: string, deskKeys: readonly string[]): Promise<Resealing | undefined> {
  const [head, signature] = /^RSEALED1 ([\w-]{86})\n/.exec(text) ?? []
  if (head === undefined || signature === undefined) return undefined
  const json = text.slice(head.length)
  if (!(await isSignedBy('resealed', json, signature, deskKeys))) return undefined
  return resealingSchema.safeParse(jsonOf(json)).data
}
