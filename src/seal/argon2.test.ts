import { argon2id as second } from '@noble/hashes/argon2.js'
import * as fc from 'fast-check'
import { argon2id } from 'hash-wasm'
import { describe, expect, test } from 'vitest'
import { passphraseKey, tune, withinKdfLimits, type KdfCost } from './argon2.ts'
import { fromHex, toHex } from './base64url.ts'
import { passphraseBytes } from './passphrase.ts'
import vectors from './vectors/argon2.json' with { type: 'json' }

describe('Argon2id', () => {
  test.each(vectors.accepted)('agrees with OpenSSL: $name', async ({ passphraseUtf8Hex, saltHex, m, t, p, pkHex }) => {
    const pk = await passphraseKey(fromHex(passphraseUtf8Hex), { m, t, p, salt: fromHex(saltHex) })
    expect(toHex(pk)).toBe(pkHex)
  })

  // RFC 9106 section 5.3 has associated data, which the wasm does not take: so the second one is held against the RFC,
  // and then the first against the second.
  test('of the second implementation gives the tag of RFC 9106', () => {
    const of = (sign: number, length: number) => new Uint8Array(length).fill(sign)
    const tag = second(of(1, 32), of(2, 16), {
      t: 3,
      m: 32,
      p: 4,
      key: of(3, 8),
      personalization: of(4, 12),
      dkLen: 32,
    })
    expect(toHex(new Uint8Array(tag))).toBe(vectors.rfc9106.tagHex)
  })

  test.each(vectors.reference)(
    'gives what the reference implementation tests itself with: $m KiB, $t passes, $p lanes',
    async ({ password, salt, m, t, p, tagHex }) => {
      const cost = { memorySize: m, iterations: t, parallelism: p, hashLength: 32 }
      expect(await argon2id({ password, salt, ...cost, outputType: 'hex' })).toBe(tagHex)
    },
  )

  test('agrees with the second implementation, whatever the passphrase, salt, memory and passes', async () => {
    const bytes = (minLength: number, maxLength: number) => fc.uint8Array({ minLength, maxLength })
    const cost = fc.record({
      m: fc.integer({ min: 32, max: 512 }),
      t: fc.integer({ min: 1, max: 4 }),
      p: fc.constantFrom(1, 2, 4),
    })
    await fc.assert(
      fc.asyncProperty(bytes(1, 200), bytes(16, 16), cost, async (password, salt, { m, t, p }) => {
        const wasm = { memorySize: m, iterations: t, parallelism: p, hashLength: 32 }
        const one = await argon2id({ password, salt, ...wasm, outputType: 'hex' })
        expect(one).toBe(toHex(new Uint8Array(second(password, salt, { m, t, p, dkLen: 32 }))))
      }),
      { numRuns: 30 },
    )
  })

  test('agrees with the second implementation at the least that an account may ask for', async () => {
    const passphrase = passphraseBytes('Été à la forêt, ٤٢ ventanas')
    const salt = fromHex('f0e1d2c3b4a5968778695a4b3c2d1e0f')
    const pk = await passphraseKey(passphrase, { m: 19_456, t: 2, p: 1, salt })
    expect(toHex(pk)).toBe(toHex(new Uint8Array(second(passphrase, salt, { m: 19_456, t: 2, p: 1, dkLen: 32 }))))
  })

  test.each(vectors.refused)('refuses before computing: $name', async ({ m, t, p, saltBytes, reason }) => {
    const run = passphraseKey(new Uint8Array(8), { m, t, p, salt: new Uint8Array(saltBytes) })
    await expect(run).rejects.toMatchObject({ name: 'SealError', reason })
  })

  test('refuses a passphrase of which folding leaves nothing', async () => {
    const run = passphraseKey(passphraseBytes(' ...! '), { m: 19456, t: 2, p: 1, salt: new Uint8Array(16) })
    await expect(run).rejects.toMatchObject({ reason: 'no-passphrase' })
  })
})

describe('tuning', () => {
  const device = (times: Record<number, number>) => {
    const asked: number[] = []
    const measure = async ({ m }: KdfCost) => {
      asked.push(m)
      return times[m] ?? Number.POSITIVE_INFINITY
    }
    return { asked, measure }
  }

  test('takes 64 MiB and three passes where that lasts one to two seconds', async () => {
    expect(await tune(device({ 65536: 1500 }).measure)).toEqual({ m: 65536, t: 3, p: 1 })
    expect(await tune(device({ 65536: 2000 }).measure)).toEqual({ m: 65536, t: 3, p: 1 })
  })

  test('raises the passes on a fast device, to ten at most', async () => {
    expect(await tune(device({ 65536: 500 }).measure)).toEqual({ m: 65536, t: 6, p: 1 })
    expect(await tune(device({ 65536: 10 }).measure)).toEqual({ m: 65536, t: 10, p: 1 })
    expect(await tune(device({ 65536: 999 }).measure)).toEqual({ m: 65536, t: 3, p: 1 })
  })

  test('takes less memory on a slow device, and the least where even that is slow', async () => {
    expect(await tune(device({ 65536: 2001, 47104: 1900 }).measure)).toEqual({ m: 47104, t: 2, p: 1 })
    expect(await tune(device({ 65536: 9000, 47104: 5000 }).measure)).toEqual({ m: 19456, t: 2, p: 1 })
  })

  test('goes on to the next where the memory cannot be had', async () => {
    const { asked, measure } = device({ 47104: 800 })
    expect(await tune(measure)).toEqual({ m: 47104, t: 2, p: 1 })
    expect(asked).toEqual([65536, 47104])
  })

  test('gives on this machine what an unlock will accept', async () => {
    expect(withinKdfLimits(await tune())).toBe(true)
  })
})
