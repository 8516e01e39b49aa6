// What any receiver must do, ours or another, asked over HTTP as tablets and desks ask (docs/batch-format.md). It enrols
// devices, sends boxes of random bytes and puts receipts: point it at a receiver that nobody works with yet.

import { writeBatch } from '../src/batch/batch.ts'
import { batchSizeLimit, paths } from '../src/batch/protocol.ts'
import { signReceipt, type ImportedReceipt } from '../src/batch/receipt.ts'
import { concatBytes, uint32, utf8 } from '../src/seal/bytes.ts'
import { sha256Hex, sha256HexOf } from '../src/seal/digest.ts'
import { newKeyId } from '../src/seal/random.ts'
import { newSigningKey } from '../src/seal/signature.ts'
import { edges } from './acceptance-edges.ts'
import { aBox, Asker, must, type Check, type Subject } from './asker.ts'
import { newToken } from './tokens.ts'

export interface Verdict {
  readonly name: string
  /** Why not; undefined where it does. */
  readonly fault?: string
}

/** Asks everything, one after the other; a fault in one does not end the others. */
export async function accept(subject: Subject): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const [name, check] of [...checks, ...edges]) verdicts.push({ name, ...(await faultOf(check, subject)) })
  return verdicts
}

async function faultOf(check: Check, subject: Subject): Promise<{ fault?: string }> {
  try {
    await check(new Asker(subject))
    return {}
  } catch (cause) {
    return { fault: cause instanceof Error ? cause.message : String(cause) }
  }
}

const checks: readonly (readonly [string, Check])[] = [
  [
    'a batch gets a receipt that names each box by id and size, and the desk finds each, to the byte',
    async (asker) => {
      const [{ deviceId, token }, before] = [await asker.device(), await asker.end()]
      const boxes = [aBox(), aBox(70_000), aBox(400_000)]
      const { batchId } = await writeBatch(boxes)
      const receipt = await asker.receipt(await asker.put(token, boxes))
      const ids = await Promise.all(boxes.map(sha256Hex))
      must(receipt.batchId === batchId && receipt.deviceId === deviceId, 'the receipt is for another batch or device')
      must(
        receipt.boxes.length === 3 &&
          receipt.boxes.every((box, i) => box.id === ids[i] && box.size === boxes[i]?.length && box.result === 'kept'),
        'the receipt does not name each box as kept',
      )
      const { boxes: listed } = await asker.list(before)
      must(listed.map(({ id }) => id).join() === ids.join(), 'the list has others, or in another order')
      for (const [i, id] of ids.entries()) {
        const bytes = await (await asker.ask(paths.box(id), asker.subject.deskToken)).arrayBuffer()
        must((await sha256Hex(new Uint8Array(bytes))) === ids[i], 'the desk gets other bytes than were sent')
      }
    },
  ],
  [
    'the same batch again is kept again, by POST too, and is there once',
    async (asker) => {
      const [{ token }, before, boxes] = [await asker.device(), await asker.end(), [aBox(), aBox()]]
      for (const method of ['PUT', 'PUT', 'POST']) {
        const receipt = await asker.receipt(await asker.put(token, boxes, method))
        must(
          receipt.boxes.every(({ result }) => result === 'kept'),
          'a repeat is not kept',
        )
      }
      must((await asker.list(before)).boxes.length === 2, 'a repeat is stored twice')
    },
  ],
  [
    'two senders of one batch at once both get a receipt, and it is there once',
    async (asker) => {
      const [{ token }, before, boxes] = [await asker.device(), await asker.end(), [aBox()]]
      const answers = await Promise.all([1, 2, 3].map(async () => await asker.put(token, boxes)))
      for (const answer of answers) await asker.receipt(answer)
      must((await asker.list(before)).boxes.length === 1, 'it is stored more than once')
    },
  ],
  [
    'numbers count up over many senders, and listing from the last goes on where it stopped',
    async (asker) => {
      const [devices, before] = [await Promise.all([1, 2, 3].map(async () => await asker.device())), await asker.end()]
      const sent = Promise.all(
        devices.flatMap(({ token }) => [1, 2, 3, 4].map(async () => await asker.put(token, [aBox()]))),
      )
      const seen: number[] = []
      for (let done = false; !done;) {
        done = await Promise.race([
          sent.then(() => true),
          new Promise<false>((resolve) => setTimeout(() => resolve(false), 5)),
        ])
        seen.push(...(await asker.list(seen.at(-1) ?? before)).boxes.map(({ n }) => n))
      }
      must(seen.length === 12, `${seen.length} of 12 boxes were met by who listed meanwhile`)
      must(
        seen.every((n, i) => i === 0 || n > (seen[i - 1] ?? 0)),
        'a smaller number came after a greater one',
      )
    },
  ],
  [
    'a box that is no sealed file is refused by name, and its neighbour is kept',
    async (asker) => {
      const { token } = await asker.device()
      const { boxes } = await asker.receipt(await asker.put(token, [utf8('nothing sealed'), aBox()]))
      must(
        boxes[0]?.result === 'refused' && boxes[0].reason === 'unknown-format',
        'the bad one is not refused as unknown-format',
      )
      must(boxes[1]?.result === 'kept', 'the good one is not kept')
    },
  ],
  [
    'a body with another digest, lengths that do not add up, a name that is none, or no end: nothing is kept',
    async (asker) => {
      const [{ token }, before] = [await asker.device(), await asker.end()]
      const { batchId, bytes } = await writeBatch([aBox()])
      const cut = concatBytes(utf8('BOXES1\n'), uint32(5000), aBox())
      const bad = [
        [paths.batch('0'.repeat(64)), bytes],
        [paths.batch(await sha256Hex(cut)), cut],
        [paths.batch(batchId.toUpperCase()), bytes],
        [paths.batch('..%2f..%2fetc'), bytes],
      ] as const
      for (const [path, body] of bad) {
        const { status } = await asker.ask(path, token, { method: 'PUT', body })
        must(status >= 400 && status < 500, `a bad batch was answered ${status}`)
      }
      must((await asker.list(before)).boxes.length === 0, 'something of it was kept')
    },
  ],
  [
    'a body beyond 8 MiB is 413',
    async (asker) => {
      const { token } = await asker.device()
      const body = new Uint8Array(batchSizeLimit + 1)
      const { status } = await asker.ask(paths.batch('0'.repeat(64)), token, { method: 'PUT', body })
      must(status === 413, `it was answered ${status}`)
    },
  ],
  [
    'a body that does not say how long it is is refused, and nothing of it is kept',
    async (asker) => {
      const [{ token }, before] = [await asker.device(), await asker.end()]
      const { batchId, bytes } = await writeBatch([aBox()])
      // A stream has no length that could be announced.
      const unannounced = { method: 'PUT', body: new Blob([bytes]).stream(), duplex: 'half' } as RequestInit
      const { status } = await asker.ask(paths.batch(batchId), token, unannounced)
      must(status >= 400 && status < 500, `it was answered ${status}`)
      must((await asker.list(before)).boxes.length === 0, 'it was kept')
    },
  ],
  [
    'no token, an unknown one and the desk’s cannot send; a device’s cannot read; the refusals are signed',
    async (asker) => {
      const { token } = await asker.device()
      await asker.refused(await asker.put(newToken(), [aBox()]), 401)
      await asker.refused(await asker.put(asker.subject.deskToken, [aBox()]), 403)
      await asker.refused(await asker.ask(paths.boxes, token), 403)
      await asker.refused(await asker.ask(paths.box('0'.repeat(64)), asker.subject.deskToken), 404)
      await asker.refused(await asker.ask('/v1/nothing', token), 404)
    },
  ],
  [
    'a code enrols one device, once; a known device enrols no second time',
    async (asker) => {
      const [code, deviceId] = [await asker.code(), newKeyId()]
      must((await asker.enrol(deviceId, code)).status === 200, 'a good code does not enrol')
      const first = ((await (await asker.enrol(deviceId, code)).json()) as { token?: string }).token
      must(first !== undefined, 'an answer that was lost on the way is not given again')
      await asker.receipt(await asker.put(first, [aBox()]))
      must((await asker.enrol(newKeyId(), code)).status === 403, 'a spent code enrols another device')
      must((await asker.enrol(deviceId, await asker.code())).status === 409, 'a known device enrols anew')
      must((await asker.enrol(newKeyId(), 'A'.repeat(22))).status === 403, 'a code that nobody made enrols')
    },
  ],
  [
    'a device that names its token gets that one, in whatever order its requests arrive',
    async (asker) => {
      const [code, deviceId, token] = [await asker.code(), newKeyId(), newToken()]
      for (let n = 0; n < 2; n += 1) {
        const given = ((await (await asker.enrol(deviceId, code, token)).json()) as { token?: string }).token
        must(given === token, 'a device that names its token gets another one')
      }
      await asker.receipt(await asker.put(token, [aBox()]))
    },
  ],
  [
    'the desk’s receipt reaches the device that it names, and no other, once',
    async (asker) => {
      const [one, other] = [await asker.device(), await asker.device()]
      const boxes: ImportedReceipt['boxes'] = []
      const receipt = { v: 1, level: 'imported', deviceId: one.deviceId, at: new Date().toISOString(), boxes } as const
      const text = await signReceipt(receipt, newSigningKey().privateKey)
      const path = paths.receipt(await sha256HexOf(text))
      for (const _ of [1, 2]) {
        const { status } = await asker.ask(path, asker.subject.deskToken, { method: 'PUT', body: text })
        must(status === 200, `the desk's receipt was answered ${status}`)
      }
      const read = async (token: string, after: number) =>
        (
          (await (await asker.ask(`${paths.receipts}?after=${after}`, token)).json()) as {
            receipts: { n: number; text: string }[]
          }
        ).receipts
      const receipts = await read(one.token, 0)
      must(receipts.length === 1 && receipts[0]?.text === text, 'the device does not get it once, as it was put')
      must((await read(one.token, receipts[0]?.n ?? 0)).length === 0, 'it comes again after it was read')
      must((await read(other.token, 0)).length === 0, 'another device gets it')
    },
  ],
  [
    'a set-up document is public to whoever knows its digest, and to nobody else',
    async (asker) => {
      const text = JSON.stringify({ configuration: 'CONF1 x', profile: '{}' })
      const sha = await sha256HexOf(text)
      const { status } = await asker.ask(paths.setup(sha), asker.subject.deskToken, { method: 'PUT', body: text })
      must(status === 200, `it was answered ${status}`)
      must((await (await asker.ask(paths.setup(sha), undefined)).text()) === text, 'it is not given as it was put')
      must((await asker.ask(paths.setup('1'.repeat(64)), undefined)).status === 404, 'another digest gets an answer')
    },
  ],
  [
    'every answer, errors too, may be read by the app’s page and by no other; a redirect is never given',
    async (asker) => {
      const { url, appOrigin } = asker.subject
      for (const path of ['/health', '/v1/boxes', '/v1/nothing', paths.batch('0'.repeat(64))]) {
        for (const origin of [appOrigin, 'https://elsewhere.example']) {
          const answer = await fetch(url + path, { headers: { Origin: origin }, redirect: 'manual' })
          const allowed = answer.headers.get('Access-Control-Allow-Origin')
          must(
            allowed === (origin === appOrigin ? appOrigin : null),
            `${path} lets ${allowed} read it, asked by ${origin}`,
          )
          must(answer.status < 300 || answer.status >= 400, `${path} is answered with a redirect`)
        }
      }
      const headers = {
        Origin: appOrigin,
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'authorization,content-type',
      }
      const preflight = await fetch(url + paths.batch('0'.repeat(64)), { method: 'OPTIONS', headers })
      must(
        preflight.ok && /put/i.test(preflight.headers.get('Access-Control-Allow-Methods') ?? ''),
        'a page may not ask to PUT',
      )
    },
  ],
]
