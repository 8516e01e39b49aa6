import { join } from 'node:path'
import * as z from 'zod/mini'
import { readIfThere, writeWhole } from './files.ts'

const schema = z.strictObject({ endpoint: z.string(), token: z.string() })

/** Where the desk fetches, and its token there. */
export type KnownReceiver = z.infer<typeof schema>

/** Beside the keys, in the clear. */
export const knownReceiverFile = 'receiver.json'

/** The receiver kept beside the keys; `undefined` where none is, or the file is no such thing. */
export async function readKnownReceiver(folder: string): Promise<KnownReceiver | undefined> {
  const bytes = await readIfThere(join(folder, knownReceiverFile))
  if (bytes === undefined) return undefined
  try {
    return schema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data
  } catch {
    return undefined
  }
}

export async function writeKnownReceiver(folder: string, receiver: KnownReceiver): Promise<void> {
  await writeWhole(join(folder, knownReceiverFile), `${JSON.stringify(receiver)}\n`)
}
