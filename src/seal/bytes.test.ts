import { describe, expect, test } from 'vitest'
import { fromBase64Url, fromHex, isBase64Url, toBase64Url, toHex } from './base64url.ts'
import { concatBytes, readUint32, sameBytes, textOf, uint32, utf8, zerosFrom } from './bytes.ts'
import { sha256Hex, sha256HexOf } from './digest.ts'
import { newKeyId, newToken, randomBytes } from './random.ts'

describe('bytes', () => {
  test('keep a text as it is, its byte order mark too, and refuse what is no UTF-8', () => {
    for (const text of ['', 'كتاب', '\ufeffx', '🂡']) expect(textOf(utf8(text))).toBe(text)
    expect(() => textOf(new Uint8Array([0xff]))).toThrow(expect.objectContaining({ reason: 'bad-text' }))
  })

  test('compare by content and length', () => {
    expect(sameBytes(new Uint8Array([1, 2]), new Uint8Array([1, 2]))).toBe(true)
    expect(sameBytes(new Uint8Array([1, 2]), new Uint8Array([1, 3]))).toBe(false)
    expect(sameBytes(new Uint8Array([1, 2]), new Uint8Array([1, 2, 0]))).toBe(false)
  })

  test('hold numbers big-endian, also in the middle of others', () => {
    expect([...uint32(0x01020304)]).toEqual([1, 2, 3, 4])
    const middle = concatBytes(new Uint8Array(3), uint32(0xfffefdfc), new Uint8Array(1)).subarray(3)
    expect(readUint32(middle, 0)).toBe(0xfffefdfc)
    expect(readUint32(middle, 2)).toBeUndefined()
    expect(zerosFrom(middle, 4)).toBe(true)
    expect(zerosFrom(middle, 3)).toBe(false)
  })

  test('are written in base64url and hex in one way only', () => {
    const bytes = new Uint8Array([0xfb, 0xff, 0xfe])
    expect(toBase64Url(bytes)).toBe('-__-')
    expect(fromBase64Url('-__-')).toEqual(bytes)
    for (const text of ['-__', 'AB', 'AA==', '+//+', 'A A', 'é']) expect(() => fromBase64Url(text)).toThrow('bad-text')
    expect([isBase64Url('AA', 1), isBase64Url('AA', 2), isBase64Url('AB', 1)]).toEqual([true, false, false])
    expect(fromHex(toHex(bytes))).toEqual(bytes)
    for (const text of ['f', 'FF', 'zz', ' ff']) expect(() => fromHex(text)).toThrow('bad-text')
  })

  test('have the digest of FIPS 180-4', async () => {
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    expect(await sha256HexOf('abc')).toBe(abc)
    expect(await sha256Hex(utf8('abc'))).toBe(abc)
  })

  test('are random in ids and tokens of a fixed length', () => {
    expect(newKeyId()).toMatch(/^[\w-]{22}$/)
    expect(newToken()).toMatch(/^[\w-]{43}$/)
    expect(new Set(Array.from({ length: 100 }, newKeyId)).size).toBe(100)
    expect(randomBytes(16)).toHaveLength(16)
  })
})
