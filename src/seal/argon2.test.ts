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
