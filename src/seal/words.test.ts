import { describe, expect, test } from 'vitest'
import { fromHex, toHex } from './base64url.ts'
import { identityToSecret, type RecipientKind } from './age-keys.ts'
import { newRecipientPair } from './envelope.ts'
import { fingerprintWords, identityToWords, wordsToIdentity } from './words.ts'
import vectors from './vectors/words.json' with { type: 'json' }

const kindOf = (kind: string): RecipientKind => (kind === 'hybrid' ? 'hybrid' : 'x25519')

describe('fingerprints', () => {
  test.each(vectors.fingerprints)('are the words of the vector for $bytesHex', async ({ bytesHex, words }) => {
    expect(await fingerprintWords(fromHex(bytesHex), words.length)).toEqual(words)
  })

  test('have six words unless asked otherwise', async () => {
    expect(await fingerprintWords(new Uint8Array(32))).toEqual(vectors.fingerprints[0]?.words)
  })
})

describe('the key for the drawer', () => {
  test.each(vectors.drawer)('is the words of the vector, $kind, both ways', ({ kind, secretHex, identity, words }) => {
    expect(toHex(identityToSecret(identity))).toBe(secretHex)
    expect(identityToWords(identity)).toEqual(words)
    expect(wordsToIdentity(words, kindOf(kind))).toBe(identity)
  })

  test.each(vectors.typed)('is read however it is typed: $name', ({ words, kind, identity }) => {
    expect(wordsToIdentity(words, kindOf(kind))).toBe(identity)
  })

  test.each(vectors.refused)('is refused with $name', ({ words }) => {
    expect(() => wordsToIdentity(words, 'hybrid')).toThrow(expect.objectContaining({ reason: 'bad-words' }))
  })

  test.each(['hybrid', 'x25519'] as const)('comes back whole for a new %s identity', async (kind) => {
    const { identity } = await newRecipientPair({ kind })
    expect(wordsToIdentity(identityToWords(identity), kind)).toBe(identity)
  })

  test('is not made of what is no identity', () => {
    expect(() => identityToWords('AGE-SECRET-KEY-1')).toThrow(expect.objectContaining({ reason: 'bad-identity' }))
  })
})
