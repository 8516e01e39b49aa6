import { describe, expect, test } from 'vitest'
import { fromHex, toHex } from './base64url.ts'
import { randomBytes } from './random.ts'
import { keyIdOf, newSigningKey, platformEd25519, portableEd25519, publicKeyOf, sign, verify } from './signature.ts'
import vectors from './vectors/signature.json' with { type: 'json' }

const ways = [
  ['the platform', platformEd25519],
  ['@noble/curves', portableEd25519],
] as const

describe.each(ways)('Ed25519 by %s', (_, ed25519) => {
  test.each(vectors.verifies)('makes and verifies: $name', async (line) => {
    const message = fromHex(line.messageHex)
    expect(toHex(await ed25519.sign(fromHex(line.privateKeyHex), message))).toBe(line.signatureHex)
    expect(await ed25519.verify(fromHex(line.publicKeyHex), fromHex(line.signatureHex), message)).toBe(true)
  })
})

describe('signatures', () => {
  test.each(vectors.refused)('are refused by both ways: $name', async ({ publicKeyHex, signatureHex, messageHex }) => {
    const [key, signature, message] = [fromHex(publicKeyHex), fromHex(signatureHex), fromHex(messageHex)]
    expect(await verify(key, signature, message)).toBe(false)
    for (const [, ed25519] of ways) {
      expect(await ed25519.verify(key, signature, message).catch(() => false)).toBe(false)
    }
  })

  test('are the same by both ways, and each verifies the other', async () => {
    for (let i = 0; i < 10; i++) {
      const { privateKey, publicKey } = newSigningKey()
      const message = randomBytes(i * 100)
      const made = await platformEd25519.sign(privateKey, message)
      expect(await portableEd25519.sign(privateKey, message)).toEqual(made)
      expect(await portableEd25519.verify(publicKey, made, message)).toBe(true)
      expect(await platformEd25519.verify(publicKey, made, message)).toBe(true)
      expect(await sign(privateKey, message)).toEqual(made)
    }
  })

  test('name a key by the vector', async () => {
    for (const { publicKeyHex, privateKeyHex, keyId } of vectors.verifies) {
      expect(toHex(publicKeyOf(fromHex(privateKeyHex)))).toBe(publicKeyHex)
      expect(await keyIdOf(fromHex(publicKeyHex))).toBe(keyId)
    }
  })

  test('are not made with a seed of another length', async () => {
    await expect(sign(new Uint8Array(31), new Uint8Array(1))).rejects.toMatchObject({ reason: 'bad-key' })
    expect(() => publicKeyOf(new Uint8Array(33))).toThrow(expect.objectContaining({ reason: 'bad-key' }))
  })
})
