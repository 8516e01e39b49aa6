import { concatBytes, type Bytes } from '../seal/bytes.ts'
import { BatchError } from './batch-error.ts'

const streamOf = (bytes: Bytes): ReadableStream<Uint8Array<ArrayBuffer>> => new Blob([bytes]).stream()

export async function gzip(bytes: Bytes): Promise<Bytes> {
  return collected(streamOf(bytes).pipeThrough(new CompressionStream('gzip')), Number.POSITIVE_INFINITY)
}

/** Throws `too-large` as soon as more than `limit` bytes came out, `unknown-layout` where it is no gzip. */
export async function gunzip(bytes: Bytes, limit: number): Promise<Bytes> {
  try {
    return await collected(streamOf(bytes).pipeThrough(new DecompressionStream('gzip')), limit)
  } catch (cause) {
    throw cause instanceof BatchError ? cause : new BatchError('unknown-layout', cause)
  }
}

async function collected(stream: ReadableStream<Uint8Array>, limit: number): Promise<Bytes> {
  const chunks: Uint8Array[] = []
  const reader = stream.getReader()
  for (let size = 0; ;) {
    const { done, value } = await reader.read()
    if (done) return concatBytes(...chunks)
    size += value.length
    if (size > limit) {
      await reader.cancel().catch(() => undefined)
      throw new BatchError('too-large')
    }
    chunks.push(value)
  }
}
