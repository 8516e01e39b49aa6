import { writeBatch } from '../src/batch/batch.ts'
import { bearer, paths } from '../src/batch/protocol.ts'
import { verifyReceipt, verifyRefusal } from '../src/batch/receipt.ts'
import { concatBytes, utf8, type Bytes } from '../src/seal/bytes.ts'
import { newKeyId, randomBytes } from '../src/seal/random.ts'

export interface Subject {
  /** Base address, without an end slash. */
  readonly url: string
  /** Its receipt key, base64url. */
  readonly receiptKey: string
  /** The token of a desk of an organisation that this is the only one for. */
  readonly deskToken: string
  /** An origin whose pages may read its answers. */
  readonly appOrigin: string
}

/** One thing that is asked; throws Error where it is not so. */
export type Check = (asker: Asker) => Promise<void>

/** Throws Error with this sentence unless it is so. */
export function must(isSo: unknown, otherwise: string): asserts isSo {
  if (!isSo) throw new Error(otherwise)
}

const ageHeader = utf8('age-encryption.org/v1\n')
/** Begins like a sealed box, and no two are the same: a receiver cannot tell. */
export const aBox = (size = 4096): Bytes => {
  const beginning = concatBytes(ageHeader, randomBytes(64))
  return concatBytes(beginning, new Uint8Array(size - beginning.length))
}

interface Listed {
  readonly store?: string
  readonly last?: number
  readonly boxes: readonly {
    readonly n: number
    readonly id: string
    readonly deviceId: string
    readonly size: number
  }[]
}

/** Asks one receiver as tablets and desks ask. Its methods throw Error, with a sentence, at an answer that none may give. */
export class Asker {
  readonly subject: Subject

  constructor(subject: Subject) {
    this.subject = subject
  }

  async ask(path: string, token: string | undefined, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('Origin', this.subject.appOrigin)
    if (token !== undefined) headers.set('Authorization', bearer(token))
    return await fetch(this.subject.url + path, { redirect: 'manual', ...init, headers })
  }

  async code(): Promise<string> {
    const answer = await this.ask(paths.codes, this.subject.deskToken, { method: 'POST', body: '{"minutes":10}' })
    must(answer.status === 200, `a code was asked for and answered ${answer.status}`)
    return ((await answer.json()) as { code: string }).code
  }

  async enrol(deviceId: string, code: string, token?: string): Promise<Response> {
    return await this.ask(paths.enrol, undefined, { method: 'POST', body: JSON.stringify({ deviceId, code, token }) })
  }

  async device(): Promise<{ deviceId: string; token: string }> {
    const deviceId = newKeyId()
    const answer = await this.enrol(deviceId, await this.code())
    must(answer.status === 200, `a device with a good code was answered ${answer.status}`)
    return { deviceId, token: ((await answer.json()) as { token: string }).token }
  }

  async put(token: string, boxes: readonly Uint8Array[], method = 'PUT'): Promise<Response> {
    const { batchId, bytes } = await writeBatch(boxes)
    return await this.ask(paths.batch(batchId), token, { method, body: bytes })
  }

  async receipt(answer: Response) {
    must(answer.status === 200 || answer.status === 201, `a batch was answered ${answer.status}`)
    const receipt = await verifyReceipt(await answer.text(), [this.subject.receiptKey], 'stored')
    must(receipt, 'a batch was answered without a receipt that verifies by the key')
    return receipt
  }

  /** @param about what it must be about, where that is asked; it need not name the device */
  async refused(
    answer: Response,
    status: number,
    about?: { batchId: string | null; deviceId?: string },
  ): Promise<void> {
    must(answer.status === status, `${answer.status} in place of ${status}`)
    const refusal = await verifyRefusal(await answer.text(), [this.subject.receiptKey])
    must(refusal?.code === status, `${status} came without the receiver's signature`)
    if (about === undefined) return
    must(refusal.batchId === about.batchId, 'a refusal is about another batch than the one that was sent')
    must([null, about.deviceId].includes(refusal.deviceId), 'a refusal is about another device than the one that asked')
  }

  async list(after: number): Promise<Listed> {
    const answer = await this.ask(`${paths.boxes}?after=${after}&limit=1000`, this.subject.deskToken)
    must(answer.status === 200, `the desk's list was answered ${answer.status}`)
    return (await answer.json()) as Listed
  }

  /** Where the list ends now. */
  async end(): Promise<number> {
    for (let after = 0; ;) {
      const { boxes } = await this.list(after)
      if (boxes.length === 0) return after
      after = boxes.at(-1)?.n ?? after
    }
  }
}
