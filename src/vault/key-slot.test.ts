import { beforeEach, describe, expect, test } from 'vitest'
import { MemorySlotFile } from '../testing/key-slots-in-memory.ts'
import { createKeySlot, readKeySlot, rotateKeySlot, type KeySlot } from './key-slot.ts'

const holds = (bytes: Uint8Array, part: Uint8Array): boolean => Buffer.from(bytes).includes(Buffer.from(part))

describe('the key slot', () => {
  let file: MemorySlotFile
  let first: KeySlot
  beforeEach(async () => {
    file = new MemorySlotFile()
    first = await createKeySlot(file)
  })

  test('is one file of 4096 bytes whose first secret is flushed and opens under its own gen and slot', async () => {
    expect(file.flushed.length).toBe(4096)
    expect(holds(file.flushed, first.secret)).toBe(true)
    expect(await readKeySlot(file, first)).toEqual(first.secret)
  })

  test('holds only the new secret after a rotation', async () => {
    let second: KeySlot | undefined
    await rotateKeySlot(file, first, async (next) => {
      second = { ...next, secret: next.secret.slice() }
    })
    expect(second).toMatchObject({ gen: 2, slot: 1 })
    expect(holds(file.flushed, first.secret)).toBe(false)
    expect(await readKeySlot(file, { gen: 2, slot: 1 })).toEqual(second?.secret)
  })

  test('keeps the old secret while the wrap does not name the new one yet, and drops the new one at the next open', async () => {
    const rotation = rotateKeySlot(file, first, () => Promise.reject(new Error('power cut')))
    await expect(rotation).rejects.toThrow('power cut')
    const left = file.flushed.slice(2048, 2080)
    expect(await readKeySlot(file, first)).toEqual(first.secret)
    expect(holds(file.flushed, left)).toBe(false)
  })

  test('finds the new secret when power went before the old one was overwritten', async () => {
    const after = new MemorySlotFile()
    let secret = new Uint8Array(0)
    await rotateKeySlot(file, first, async (next) => {
      secret = next.secret.slice()
      after.bytes = file.flushed.slice()
    })
    expect(holds(after.bytes, first.secret)).toBe(true)
    expect(await readKeySlot(after, { gen: 2, slot: 1 })).toEqual(secret)
    expect(holds(after.flushed, first.secret)).toBe(false)
  })

  test.each([
    ['another gen', { gen: 2, slot: 0 as const }],
    ['a slot never written', { gen: 1, slot: 1 as const }],
  ])('opens nothing and changes nothing for %s', async (_, named) => {
    const before = file.bytes.slice()
    expect(await readKeySlot(file, named)).toBeUndefined()
    expect(file.bytes).toEqual(before)
  })

  test('opens nothing and changes nothing when any of its used bytes was flipped', async () => {
    for (let at = 0; at < 48; at++) {
      const damaged = new MemorySlotFile()
      damaged.bytes = file.flushed.slice()
      damaged.bytes[at] = (damaged.bytes[at] ?? 0) ^ 1
      const before = damaged.bytes.slice()
      expect(await readKeySlot(damaged, first)).toBeUndefined()
      expect(damaged.bytes).toEqual(before)
    }
  })

  test('opens nothing when the file was cut short', async () => {
    file.bytes = file.bytes.slice(0, 40)
    expect(await readKeySlot(file, first)).toBeUndefined()
  })
})
