import { describe, expect, test } from 'vitest'
import { openAtRest, sealAtRest } from './at-rest.ts'
import { fromHex, toHex } from './base64url.ts'
import { textOf, utf8, type Bytes } from './bytes.ts'
import { emptyChain, nextInChain } from './digest.ts'
import { openWith, recipientOf, sealTo } from './envelope.ts'
import {
  accountKeys,
  circleKeyBytes,
  deriveKek,
  makeCircleKey,
  makeMasterKey,
  openCircleKey,
  readHeader,
  rewrapMasterKey,
  unwrapMasterKey,
  wipeVerifier,
  wrapCircleKey,
  writeHeader,
} from './keys.ts'
import { randomBytes } from './random.ts'
import v from './vectors/keys.json' with { type: 'json' }

const pk = () => fromHex(v.pkHex)
const deviceSecret = () => fromHex(v.deviceSecretHex)
const vectorKek = () => deriveKek(pk(), deviceSecret(), v.accountId)

describe('the key schedule', () => {
  test('opens the vector: from passphrase key and device secret down to a row and its audit chain', async () => {
    const master = await unwrapMasterKey(await vectorKek(), fromHex(v.wrapHex), v.header)
    const { adk, ageIdentity } = await accountKeys(master)
    expect(ageIdentity).toBe(v.ageIdentity)
    expect(await recipientOf(ageIdentity)).toBe(v.ageRecipient)
    expect(textOf(await openAtRest(adk, v.underAdk.rowName, fromHex(v.underAdk.sealedHex)))).toBe(v.underAdk.plain)

    const { dek, audit } = await openCircleKey(adk, v.circle.rowName, fromHex(v.circle.wrapHex))
    const { underDek } = v.circle
    expect(textOf(await openAtRest(dek, underDek.rowName, fromHex(underDek.sealedHex)))).toBe(underDek.plain)

    let head: Bytes = emptyChain
    for (const [i, entry] of v.circle.audit.entries.entries()) {
      head = await nextInChain(audit, head, utf8(entry))
      expect(toHex(head)).toBe(v.circle.audit.heads[i])
    }
  })

  test('gives the vector of the wipe verifier', async () => {
    expect(toHex(await wipeVerifier(pk()))).toBe(v.wipeVerifierHex)
  })

  test('gives keys that cannot be read out', async () => {
    const kek = await vectorKek()
    const master = await unwrapMasterKey(kek, fromHex(v.wrapHex), v.header)
    const { adk } = await accountKeys(master)
    const { dek, audit } = await openCircleKey(adk, v.circle.rowName, fromHex(v.circle.wrapHex))
    for (const key of [kek, master, adk, dek, audit]) {
      expect(key.extractable).toBe(false)
      await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
    }
  })

  test('does not open with another passphrase key, device secret, account or header', async () => {
    const wrap = fromHex(v.wrapHex)
    const changed = (bytes: Bytes) => bytes.map((byte, i) => (i === 0 ? byte ^ 1 : byte))
    const refused = async (kek: Promise<CryptoKey>, header = v.header) =>
      expect(unwrapMasterKey(await kek, wrap, header)).rejects.toMatchObject({ reason: 'cannot-open' })
    await refused(deriveKek(changed(pk()), deviceSecret(), v.accountId))
    await refused(deriveKek(pk(), changed(deviceSecret()), v.accountId))
    await refused(deriveKek(pk(), deviceSecret(), 'exampleAccount000000hA'))
    await refused(vectorKek(), v.header.replace('"t":3', '"t":2'))
    await refused(vectorKek(), v.header.replace('"gen":4', '"gen":5'))
    await refused(vectorKek(), `${v.header} `)
  })

  test('opens no wrap with a single byte changed', async () => {
    const kek = await vectorKek()
    for (let at = 0; at < fromHex(v.wrapHex).length; at++) {
      const changed = fromHex(v.wrapHex)
      changed[at] = (changed[at] ?? 0) ^ 0x10
      await expect(unwrapMasterKey(kek, changed, v.header)).rejects.toMatchObject({ name: 'SealError' })
    }
  })

  test('carries the same master key over to a new passphrase and device secret, and the old ones open it no more', async () => {
    const oldKek = await deriveKek(randomBytes(32), randomBytes(32), 'a')
    const newKek = await deriveKek(randomBytes(32), randomBytes(32), 'a')
    const made = await makeMasterKey(oldKek, 'old header')
    const wrap = await rewrapMasterKey(
      { kek: oldKek, wrap: made.wrap, header: 'old header' },
      { kek: newKek, header: 'new header' },
    )
    const before = await accountKeys(made.master)
    const after = await accountKeys(await unwrapMasterKey(newKek, wrap, 'new header'))
    expect(after.ageIdentity).toBe(before.ageIdentity)
    await expect(unwrapMasterKey(oldKek, wrap, 'new header')).rejects.toMatchObject({ reason: 'cannot-open' })
  })

  test('refuses to derive from a secret of another length', async () => {
    await expect(deriveKek(new Uint8Array(31), randomBytes(32), 'a')).rejects.toMatchObject({ reason: 'bad-key' })
  })
})

describe('circles', () => {
  const row = v.circle.rowName

  test('give every account another wrap of the same keys', async () => {
    const [one, other] = await Promise.all(
      ['one', 'other'].map(async (id) => {
        const kek = await deriveKek(randomBytes(32), randomBytes(32), id)
        return accountKeys((await makeMasterKey(kek, id)).master)
      }),
    )
    if (one === undefined || other === undefined) throw new Error('two accounts were made')
    const { wrap, keys } = await makeCircleKey(one.adk, row)

    const secret = await circleKeyBytes(one.adk, row, wrap)
    const handed = await sealTo([await recipientOf(other.ageIdentity)], secret)
    const theirs = { ...row, id: 'other' }
    const theirWrap = await wrapCircleKey(other.adk, theirs, await openWith([other.ageIdentity], handed))

    const sealed = await sealAtRest(keys.dek, row, utf8('of the circle'))
    const { dek } = await openCircleKey(other.adk, theirs, theirWrap)
    expect(textOf(await openAtRest(dek, row, sealed))).toBe('of the circle')
    await expect(openCircleKey(other.adk, row, wrap)).rejects.toMatchObject({ reason: 'cannot-open' })
  })

  test('do not open under another epoch', async () => {
    const { adk } = await accountKeys(await unwrapMasterKey(await vectorKek(), fromHex(v.wrapHex), v.header))
    const asked = openCircleKey(adk, { ...row, epoch: 2 }, fromHex(v.circle.wrapHex))
    await expect(asked).rejects.toMatchObject({ reason: 'cannot-open' })
  })
})

describe('the header', () => {
  test('is written in one way and read back', () => {
    expect(writeHeader(readHeader(v.header))).toBe(v.header)
  })

  const header = readHeader(v.header)
  const written = (kdf: Partial<typeof header.kdf>) => JSON.stringify({ ...header, kdf: { ...header.kdf, ...kdf } })

  test.each([
    ['less memory', written({ m: 19455 })],
    ['more memory', written({ m: 262145 })],
    ['one pass', written({ t: 1 })],
    ['two lanes', written({ p: 2 })],
  ])('is refused for its limits with %s', (_, text) => {
    expect(() => readHeader(text)).toThrow(expect.objectContaining({ reason: 'kdf-limits' }))
  })

  test.each([
    ['text that is no JSON', '{'],
    ['an unknown member', v.header.replace('"v":1', '"v":1,"x":1')],
    ['another version', v.header.replace('"v":1', '"v":2')],
    ['another algorithm', v.header.replace('argon2id', 'argon2i')],
    ['a short salt', written({ salt: 'AAAA' })],
    ['a third slot', v.header.replace('"slot":1', '"slot":2')],
  ])('is refused with %s', (_, text) => {
    expect(() => readHeader(text)).toThrow(expect.objectContaining({ reason: 'bad-header' }))
  })
})
