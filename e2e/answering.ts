import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { readDeskKey } from '../desk/command/key-files.ts'
import { ReceiverClient } from '../desk/command/receiver-client.ts'
import { openReceiptKey } from '../receiver/keys.ts'
import { signReceipt, signRefusal } from '../src/batch/receipt.ts'
import { utf8 } from '../src/seal/bytes.ts'
import { sha256Hex } from '../src/seal/digest.ts'
import { newSigningKey } from '../src/seal/signature.ts'
import type { Organisation } from './organisation.ts'
import { type Answer, standIn } from './stand-in.ts'

type Answering = (request: IncomingMessage) => Answer | Promise<Answer>

const html = { 'Content-Type': 'text/html; charset=utf-8' }
const portal = '<!doctype html><title>Guest network</title><form><button>I agree</button></form>'
const batchOf = ({ url = '' }: IncomingMessage): string => url.split('/').at(-1) ?? ''

/** What may be answered where the receiver should, with the English of the sentence that the screen has for it. */
export const answers = (organisation: Organisation): readonly (readonly [string, Answering])[] => [
  [
    'The receiver asked to wait. The cases are safe on this tablet and will be sent later.',
    () => ({ status: 503, body: '{"error":"busy"}' }),
  ],
  [
    'The receiver is full at the moment. The cases are safe on this tablet and will be sent later. Tell your lead.',
    () => ({ status: 507, body: '{"error":"disk-full"}' }),
  ],
  [
    'This network answered instead of your organisation. Nothing was sent. You may need to sign in to the Wi-Fi.',
    () => ({ status: 200, headers: html, body: portal }),
  ],
  [
    'The answer was not signed by your organisation, so nothing counts as received. The cases are safe on this tablet.',
    async (request) => ({ status: 200, body: await someReceipt(batchOf(request)) }),
  ],
  [
    'The receiver was not found at its address. Cases stay here. Contact your lead.',
    async (request) => {
      const key = await openReceiptKey(join(organisation.receiverData, 'receipt.key'))
      const refusal = { v: 1, code: 404, deviceId: null, batchId: batchOf(request) } as const
      return { status: 404, body: await signRefusal(refusal, key.privateKey) }
    },
  ],
  [
    "Your organisation could not accept a case. It stays on this tablet. Show the case's line to your lead.",
    () => ({ status: 400, body: '{"error":"bad-batch"}' }),
  ],
  [
    'Your organisation could not accept a case. It stays on this tablet. Show code 413 to your lead.',
    () => ({ status: 413, body: '{"error":"too-large"}' }),
  ],
]

/** A receipt in the right shape, signed by nobody that the tablet knows. */
const someReceipt = async (batchId: string): Promise<string> => {
  const receipt = { v: 1, level: 'stored', deviceId: 'A'.repeat(22), at: new Date().toISOString(), batchId } as const
  return await signReceipt({ ...receipt, boxes: [] }, newSigningKey().privateKey)
}

/** While `work` goes on, the receiver is stopped and answered for as `work` wants it; then it is there again. */
export async function answeredBy(
  organisation: Organisation,
  work: (answer: (answering: Answering) => void) => Promise<void>,
): Promise<void> {
  let now: Answering = () => ({ status: 503 })
  await organisation.stopReceiver()
  const other = await standIn(organisation.receiverPort, organisation.appUrl, (request) => now(request))
  try {
    await work((answering) => (now = answering))
  } finally {
    await other.close()
    await organisation.startReceiver()
  }
}

/** What the desk says of a box that it opened and cannot use, for every later run alike. */
export async function rejectAtTheDesk(
  { keys, receiverUrl, deskToken }: Organisation,
  { deviceId, boxId, size }: { readonly deviceId: string; readonly boxId: string; readonly size: number },
): Promise<void> {
  const key = await readDeskKey(keys, async () => await Promise.reject(new Error('the keys are plain')))
  const boxes = [{ id: boxId, size, result: 'rejected', reason: 'rule-broken' } as const]
  const receipt = { v: 1, level: 'imported', deviceId, at: new Date().toISOString(), boxes } as const
  const text = await signReceipt(receipt, key)
  await new ReceiverClient(receiverUrl, deskToken).putReceipt(await sha256Hex(utf8(text)), text)
}
