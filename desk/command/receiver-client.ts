import * as z from 'zod/mini'
import { bearer, jsonContentType, paths, sealedSizeLimit } from '../../src/batch/protocol.ts'
import { digestSchema, idSchema } from '../../src/batch/signed-text.ts'
import { utf8, type Bytes } from '../../src/seal/bytes.ts'
import { DeskError } from './desk-error.ts'

const listSchema = z.object({
  store: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  last: z.optional(z.int().check(z.nonnegative())),
  boxes: z.array(z.object({ n: z.int().check(z.positive()), id: digestSchema, deviceId: idSchema })),
})
const codeSchema = z.object({ code: z.string().check(z.regex(/^[\w-]{1,64}$/)), expiresAt: z.iso.datetime() })

/**
 * A page of the list. `n` counts up in the order of coming. `store` names what is counted: another one, or a `last` below
 * what was read before, says that a backup was brought back, and reading begins at 0 again.
 */
export type BoxList = z.infer<typeof listSchema>

/**
 * The desk's side of a receiver. Every method throws DeskError: `receiver-unreachable` where nobody answers,
 * `token-refused`, `receiver-without-way` where another program answers, `receiver-answered-otherwise` for all else.
 */
export class ReceiverClient {
  readonly endpoint: string
  readonly #token: string

  /** @param endpoint base address, with or without an end slash */
  constructor(endpoint: string, token: string) {
    this.endpoint = endpoint.replace(/\/+$/, '')
    this.#token = token
  }

  /** Up to `limit` boxes that came after the one with number `after`; none when all were listed. */
  async list(after: number, limit = 200): Promise<BoxList> {
    const response = await this.#ask('GET', `${paths.boxes}?after=${after}&limit=${limit}`)
    const list = listSchema.safeParse(await jsonOf(response)).data
    if (list === undefined) throw new DeskError('receiver-without-way', this.endpoint)
    if (list.boxes.some(({ n }) => n <= after)) throw new DeskError('receiver-answered-otherwise', this.endpoint)
    return list
  }

  async box(boxId: string): Promise<Bytes> {
    const response = await this.#ask('GET', paths.box(boxId))
    const bytes = await response.arrayBuffer().then(
      (buffer) => new Uint8Array(buffer),
      (cause: unknown) => {
        throw new DeskError('receiver-unreachable', this.endpoint, cause)
      },
    )
    if (bytes.length > sealedSizeLimit) throw new DeskError('receiver-answered-otherwise', this.endpoint)
    return bytes
  }

  /** @param sha256 hex SHA-256 of the text */
  async putReceipt(sha256: string, text: string): Promise<void> {
    await this.#ask('PUT', paths.receipt(sha256), text)
  }

  /** Publishes a set-up document under its digest; gives back the address where tablets find it. */
  async putSetup(sha256: string, document: string): Promise<string> {
    await this.#ask('PUT', paths.setup(sha256), document)
    return `${this.endpoint}${paths.setup(sha256)}`
  }

  /** A new enrolment code for one tablet. */
  async newCode(): Promise<{ code: string; expiresAt: Date }> {
    const code = codeSchema.safeParse(await jsonOf(await this.#ask('POST', paths.codes, '{}'))).data
    if (code === undefined) throw new DeskError('receiver-without-way', this.endpoint)
    return { code: code.code, expiresAt: new Date(code.expiresAt) }
  }

  async #ask(method: string, path: string, body?: string): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const response = await this.#once(method, path, body)
      if (response.ok) return response
      if (!isBusy(response.status) || attempt === attempts) throw this.#refused(response.status)
      await pause(response.headers.get('Retry-After'), attempt)
    }
  }

  async #once(method: string, path: string, body?: string): Promise<Response> {
    const headers = {
      Authorization: bearer(this.#token),
      ...(body !== undefined && { 'Content-Type': jsonContentType }),
    }
    try {
      return await fetch(`${this.endpoint}${path}`, {
        method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeLimit),
        ...(body !== undefined && { body: utf8(body) }),
      })
    } catch (cause) {
      throw new DeskError('receiver-unreachable', this.endpoint, cause)
    }
  }

  #refused(status: number): DeskError {
    if (status === 401 || status === 403) return new DeskError('token-refused', this.endpoint)
    if (status === 404 || status === 405 || (status >= 300 && status < 400))
      return new DeskError('receiver-without-way', this.endpoint)
    return new DeskError('receiver-answered-otherwise', this.endpoint)
  }
}

const timeLimit = 120_000
const attempts = 5

const isBusy = (status: number) => status === 429 || status === 503

/** As long as the receiver says, a minute at most; else a little longer each time. */
async function pause(retryAfter: string | null, attempt: number): Promise<void> {
  const seconds = Number(retryAfter ?? Number.NaN)
  const wait = Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), 60) : attempt
  await new Promise((done) => setTimeout(done, wait * 1000))
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}
