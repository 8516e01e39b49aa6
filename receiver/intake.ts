import { textOf } from '../src/seal/bytes.ts'
import { arrivalOf, announcedSize } from './body.ts'
import type { UnsignedCode } from './answers.ts'
import type { Ask, Parts } from './parts.ts'

export type Taken<T> =
  { readonly status: 'taken'; readonly value: T } | { readonly status: 'refused'; readonly code: UnsignedCode }

export interface Wanted<T> {
  /** Bytes. */
  readonly most: number
  /** The name that the bytes must have: their SHA-256, hex. */
  readonly sha256?: string
  readonly use: (bytes: Uint8Array<ArrayBuffer>) => Promise<T>
}

/** Reads a body under all limits and hands it over whole. What came in is gone from memory and disk afterwards. */
export async function takeBody<T>(ask: Ask, parts: Parts, wanted: Wanted<T>): Promise<Taken<T>> {
  const announced = announcedSize(ask.req.raw.headers, wanted.most)
  if (announced.status !== 'announced') return { status: 'refused', code: announced.status }
  const arrival = await arrivalOf(ask.req.raw, announced.size, parts.spool, parts.limits)
  if (arrival.status !== 'arrived') return { status: 'refused', code: arrival.status }
  try {
    if (wanted.sha256 !== undefined && arrival.sha256 !== wanted.sha256)
      return { status: 'refused', code: 'wrong-digest' }
    return { status: 'taken', value: await arrival.body.read(wanted.use) }
  } finally {
    await arrival.body.discard()
  }
}

/** The JSON value in bytes, or undefined where they are none. */
export function jsonOf(bytes: Uint8Array<ArrayBuffer>): unknown {
  try {
    return JSON.parse(textOf(bytes))
  } catch {
    return undefined
  }
}

/** A whole number in the query, `otherwise` where it is absent, undefined where it is none. */
export function numberIn(ask: Ask, name: string, otherwise: number): number | undefined {
  const text = ask.req.query(name)
  if (text === undefined) return otherwise
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

/** True while the disk has less room than we leave free. */
export async function isDiskFull({ freeShare, limits }: Parts): Promise<boolean> {
  return (await freeShare()) < limits.freeShare
}
