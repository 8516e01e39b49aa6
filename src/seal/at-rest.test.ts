import { beforeAll, describe, expect, test } from 'vitest'
import { associatedData, openAtRest, sealAtRest, sealAtRestWithNonce, type RowName } from './at-rest.ts'
import { fromHex, toHex } from './base64url.ts'
import { utf8 } from './bytes.ts'
import { SealError } from './seal.ts'
import vectors from './vectors/at-rest.json' with { type: 'json' }

const keyOf = (raw: Uint8Array<ArrayBuffer>) =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])

let key: CryptoKey
beforeAll(async () => {
  key = await keyOf(fromHex(vectors.keyHex))
})

const name: RowName = { table: 'records', column: 'sum', circleId: 'c', epoch: 1, id: 'r', rev: 3, schema: 1 }

describe('at rest', () => {
  test.each(vectors.opens)('opens and makes the vector: $name', async (line) => {
    expect(toHex(associatedData(line.rowName))).toBe(line.aadHex)
    expect(toHex(await openAtRest(key, line.rowName, fromHex(line.sealedHex)))).toBe(line.plainHex)
    const made = await sealAtRestWithNonce(key, fromHex(line.nonceHex), line.rowName, fromHex(line.plainHex))
    expect(toHex(made)).toBe(line.sealedHex)
  })

  test.each(vectors.refused)('refuses the vector: $name', async ({ rowName, sealedHex, reason }) => {
    await expect(openAtRest(key, rowName, fromHex(sealedHex))).rejects.toMatchObject({ name: 'SealError', reason })
  })

  test('opens what it sealed, and no two are alike', async () => {
    const plain = utf8('{"state":"draft"}')
    const [one, other] = await Promise.all([sealAtRest(key, name, plain), sealAtRest(key, name, plain)])
    expect(toHex(one)).not.toBe(toHex(other))
    expect(await openAtRest(key, name, one)).toEqual(plain)
    expect(await openAtRest(key, name, other)).toEqual(plain)
  })

  test('does not open under another key', async () => {
    const sealed = await sealAtRest(key, name, utf8('x'))
    const other = await keyOf(new Uint8Array(32).fill(9))
    await expect(openAtRest(other, name, sealed)).rejects.toMatchObject({ reason: 'cannot-open' })
  })

  test('opens with no single byte changed', async () => {
    const sealed = await sealAtRest(key, name, utf8('a few words of a sum'))
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice()
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
      await expect(openAtRest(key, name, changed)).rejects.toBeInstanceOf(SealError)
    }
  })

  test('hides the length of a text within its step', async () => {
    const sizeOf = async (length: number, pad: number) =>
      (await sealAtRest(key, name, new Uint8Array(length), { pad })).length - 29
    expect(await sizeOf(0, 512)).toBe(512)
    expect(await sizeOf(508, 512)).toBe(512)
    expect(await sizeOf(509, 512)).toBe(1024)
    expect(await sizeOf(509, 4096)).toBe(4096)
  })

  test('says only the reason, never what was inside', async () => {
    const error = await openAtRest(key, { ...name, rev: 4 }, await sealAtRest(key, name, utf8('canary'))).catch(String)
    expect(error).toBe('SealError: cannot-open')
  })
})
