import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { processesOf } from './browser.ts'

/** Looks for texts in the memory of every process of a browser, as whoever seizes a running tablet could. */
export interface InMemory {
  /** How often each kind of process (`renderer`, `browser` …) holds one of the texts. */
  readonly hits: Readonly<Record<string, number>>
  readonly processes: number
  readonly bytes: number
}

const step = 4 * 1024 * 1024

/** What a process of the browser is for, as its command line says. */
function kindOf(words: readonly string[]): string {
  const line = words.join(' ')
  const chromium = /--type=([\w-]+)/.exec(line)?.[1]
  if (chromium) return chromium
  // Firefox ends the command line of a child with what it is: tab, socket, rdd, utility ...
  if (line.includes('-contentproc')) return words.findLast((word) => word !== '') ?? 'content'
  return 'browser'
}

/** The parts of a process's memory that it may write to: the program's own code holds nothing that was typed. */
function writableParts(pid: number): readonly (readonly [number, number])[] {
  return readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? []
      return from && to ? [[Number.parseInt(from, 16), Number.parseInt(to, 16)] as const] : []
    })
}

function countIn(buffer: Buffer, needle: Buffer): number {
  let count = 0
  for (let at = buffer.indexOf(needle); at >= 0; at = buffer.indexOf(needle, at + needle.length)) count += 1
  return count
}

/** A process that ends while it is read counts with what was read of it. */
function readProcess(pid: number, needles: readonly Buffer[]): { hits: number; bytes: number } {
  const overlap = Math.max(...needles.map((needle) => needle.length)) - 1
  const buffer = Buffer.alloc(step + overlap)
  const found = { hits: 0, bytes: 0 }
  let memory: number | undefined
  try {
    memory = openSync(`/proc/${pid}/mem`, 'r')
    for (const [from, to] of writableParts(pid))
      for (let at = from; at < to; at += step) {
        const read = readAt(memory, buffer, Math.min(step + overlap, to - at), at)
        const part = buffer.subarray(0, read)
        found.bytes += Math.min(read, step)
        for (const needle of needles) found.hits += countIn(part, needle)
      }
  } catch (cause) {
    if (!hasEnded(cause)) throw cause
  } finally {
    if (memory !== undefined) closeSync(memory)
  }
  return found
}

const codeOf = (cause: unknown): unknown => (cause instanceof Error && 'code' in cause ? cause.code : undefined)
const hasEnded = (cause: unknown): boolean => ['ENOENT', 'ESRCH'].includes(String(codeOf(cause)))

/** A page that cannot be read (a device's, a guard's) holds nothing that a program wrote there. */
function readAt(file: number, into: Buffer, length: number, at: number): number {
  try {
    return readSync(file, into, 0, length, at)
  } catch (cause) {
    if (codeOf(cause) === 'EIO' || codeOf(cause) === 'EFAULT') return 0
    throw cause
  }
}

/** Counts the texts, in UTF-8 and UTF-16, and the bytes as they are. */
export function findInMemory(profile: string, texts: readonly string[], bytes: readonly Buffer[] = []): InMemory {
  const needles = [...texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]), ...bytes]
  const hits: Record<string, number> = {}
  let read = 0
  const processes = processesOf(profile)
  for (const { pid, words } of processes) {
    const one = readProcess(pid, needles)
    read += one.bytes
    if (one.hits > 0) hits[kindOf(words)] = (hits[kindOf(words)] ?? 0) + one.hits
  }
  return { hits, processes: processes.length, bytes: read }
}
