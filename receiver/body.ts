import { createHash } from 'node:crypto'
import type { Limits } from './limits.ts'
import type { Spool, SpooledBody } from './spool.ts'

export type Arrival =
  | { readonly status: 'arrived'; readonly sha256: string; readonly body: SpooledBody }
  | { readonly status: 'too-slow' | 'cut-off' | 'no-room' }

export type Announced =
  | { readonly status: 'announced'; readonly size: number }
  | { readonly status: 'no-length' | 'bad-length' | 'too-large' }

/** What the request says about the size of its body, judged before a byte of it is read. */
export function announcedSize(headers: Headers, most: number): Announced {
  const text = headers.get('content-length')
  if (text === null) return { status: 'no-length' }
  if (!/^\d{1,12}$/.test(text)) return { status: 'bad-length' }
  const size = Number(text)
  return size > most ? { status: 'too-large' } : { status: 'announced', size }
}

/**
 * Reads a body while hashing it. Gives up on one that pauses longer than `idleTime`, or that has come in
 * slower than `slowestBytesPerSecond` once it is older than `graceTime`; what was read is then discarded.
 * The caller discards a body that arrived.
 */
export async function arrivalOf(request: Request, size: number, spool: Spool, limits: Limits): Promise<Arrival> {
  const body = spool.open()
  const hash = createHash('sha256')
  const problem = await pour(request, limits, async (chunk) => {
    hash.update(chunk)
    return body.add(chunk)
  })
  const outcome = problem ?? (body.size === size ? undefined : 'cut-off')
  if (!outcome) return { status: 'arrived', sha256: hash.digest('hex'), body }
  await body.discard()
  return { status: outcome }
}

type Problem = 'too-slow' | 'cut-off' | 'no-room'

async function pour(request: Request, limits: Limits, take: (chunk: Uint8Array) => Promise<boolean>) {
  const reader = request.body?.getReader()
  if (!reader) return undefined
  const began = performance.now()
  let total = 0
  for (;;) {
    const next = await nextChunk(reader, limits.idleTime)
    if (typeof next === 'string') return next
    if (!next.value) return undefined
    total += next.value.length
    if (isTooSlow(total, performance.now() - began, limits)) return 'too-slow' satisfies Problem
    if (!(await take(next.value))) return 'no-room' satisfies Problem
  }
}

function isTooSlow(total: number, elapsed: number, limits: Limits): boolean {
  return elapsed > limits.graceTime && total < (elapsed / 1000) * limits.slowestBytesPerSecond
}

async function nextChunk(reader: ReadableStreamDefaultReader<Uint8Array>, idleTime: number) {
  let timer: NodeJS.Timeout | undefined
  const idle = new Promise<'too-slow'>((resolve) => {
    timer = setTimeout(resolve, idleTime, 'too-slow')
  })
  const read = reader.read().catch(() => 'cut-off' as const)
  try {
    return await Promise.race([read, idle])
  } finally {
    clearTimeout(timer)
  }
}
