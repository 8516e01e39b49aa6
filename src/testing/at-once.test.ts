import { expect, test } from 'vitest'
import { sha256 } from '../seal/digest.ts'
import { newSigningKey, platformEd25519, portableEd25519 } from '../seal/signature.ts'
import { workAtOnce } from './at-once.ts'

const bytes = crypto.getRandomValues(new Uint8Array(5_000))
const { privateKey, publicKey } = newSigningKey()

test('what is worked out at once is what the platform gives', async () => {
  const [digest, signature] = [await sha256(bytes), await platformEd25519.sign(privateKey, bytes)]
  workAtOnce()
  expect(await sha256(bytes)).toEqual(digest)
  expect(await platformEd25519.sign(privateKey, bytes)).toEqual(signature)
  expect(structuredClone({ bytes, rows: [{ n: 1, text: 'a', none: undefined }] })).toEqual({
    bytes,
    rows: [{ n: 1, text: 'a', none: undefined }],
  })
})

test('a signature that was made at once verifies for its own key and bytes alone', async () => {
  workAtOnce()
  const signature = await platformEd25519.sign(privateKey, bytes)
  expect(await platformEd25519.verify(publicKey, signature, bytes)).toBe(true)
  expect(await platformEd25519.verify(publicKey, signature, bytes.slice(1))).toBe(false)
  expect(await platformEd25519.verify(newSigningKey().publicKey, signature, bytes)).toBe(false)
  const other = signature.map((byte, at) => (at === 0 ? byte ^ 1 : byte))
  expect(await platformEd25519.verify(publicKey, other, bytes)).toBe(false)
})

test('a signature that was made elsewhere is verified as always', async () => {
  workAtOnce()
  const { privateKey: otherKey, publicKey: other } = newSigningKey()
  const signature = await portableEd25519.sign(otherKey, bytes)
  expect(await platformEd25519.verify(other, signature, bytes)).toBe(true)
  expect(await platformEd25519.verify(publicKey, signature, bytes)).toBe(false)
})

test('a clone shares nothing with what it was made of', () => {
  workAtOnce()
  const row = { bytes: new Uint8Array([1, 2]), names: ['a'] }
  const copy = structuredClone(row)
  row.bytes[0] = 9
  row.names.push('b')
  expect(copy).toEqual({ bytes: new Uint8Array([1, 2]), names: ['a'] })
  expect(structuredClone(new Date(0))).toEqual(new Date(0))
})
