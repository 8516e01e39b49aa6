import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { identityKind, isAge, recipientKind } from './age-keys.ts'
import { textOf, utf8 } from './bytes.ts'
import {
  isRecipient,
  newRecipientPair,
  openWith,
  openWithPassphrase,
  recipientFingerprint,
  recipientOf,
  sealTo,
  sealWithPassphrase,
} from './envelope.ts'

const plain = utf8('sealed for somebody else')
const kinds = ['hybrid', 'x25519'] as const

describe.each(kinds)('an envelope for %s recipients', (kind) => {
  test('opens for each of its recipients and for nobody else', async () => {
    const [work, drawer, other] = await Promise.all([1, 2, 3].map(() => newRecipientPair({ kind })))
    if (!work || !drawer || !other) throw new Error('three pairs were made')
    const sealed = await sealTo([work.recipient, drawer.recipient], plain)
    expect(isAge(sealed)).toBe(true)
    expect(await openWith([work.identity], sealed)).toEqual(plain)
    expect(await openWith([other.identity, drawer.identity], sealed)).toEqual(plain)
    await expect(openWith([other.identity], sealed)).rejects.toMatchObject({ reason: 'cannot-open' })
  })

  test('opens with no byte changed', async () => {
    const { identity, recipient } = await newRecipientPair({ kind })
    const sealed = await sealTo([recipient], plain)
    for (let at = 0; at < sealed.length; at += kind === 'hybrid' ? 7 : 1) {
      const changed = sealed.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      await expect(openWith([identity], changed)).rejects.toMatchObject({ name: 'SealError' })
    }
    await expect(openWith([identity], sealed.slice(0, -1))).rejects.toMatchObject({ reason: 'cannot-open' })
  })

  test('knows the text of its keys', async () => {
    const { identity, recipient } = await newRecipientPair({ kind })
    expect([recipientKind(recipient), identityKind(identity)]).toEqual([kind, kind])
    expect(await recipientOf(identity)).toBe(recipient)
    expect(recipient).toHaveLength(kind === 'hybrid' ? 1959 : 62)
    expect(await recipientFingerprint(recipient)).toMatch(/^[\w-]{22}$/)
    const changed = recipient.slice(0, -1) + (recipient.endsWith('q') ? 'p' : 'q')
    for (const text of [changed, recipient.toUpperCase(), ` ${recipient}`, identity, '', 'age1']) {
      expect(isRecipient(text)).toBe(false)
    }
  })
})

describe('envelopes', () => {
  test('are never for hybrid and classic recipients at once, nor for none', async () => {
    const [hybrid, classic] = await Promise.all(kinds.map((kind) => newRecipientPair({ kind })))
    if (!hybrid || !classic) throw new Error('two pairs were made')
    const both = sealTo([hybrid.recipient, classic.recipient], plain)
    await expect(both).rejects.toMatchObject({ reason: 'mixed-recipients' })
    await expect(sealTo([], plain)).rejects.toMatchObject({ reason: 'bad-recipient' })
    await expect(sealTo(['age1tag1qqqq'], plain)).rejects.toMatchObject({ reason: 'bad-recipient' })
    await expect(openWith([], plain)).rejects.toMatchObject({ reason: 'bad-identity' })
    await expect(openWith([classic.identity], plain)).rejects.toMatchObject({ reason: 'not-age' })
  })

  test('open with their passphrase and no other', async () => {
    const sealed = await sealWithPassphrase('river stone window', plain, 10)
    expect(await openWithPassphrase('river stone window', sealed)).toEqual(plain)
    await expect(openWithPassphrase('River stone window', sealed)).rejects.toMatchObject({ reason: 'cannot-open' })
  })
})

describe('the standard age command', () => {
  const withFile = <T>(name: string, content: string | Uint8Array, use: (path: string) => T): T => {
    const folder = mkdtempSync(join(tmpdir(), 'seal-'))
    try {
      writeFileSync(join(folder, name), content)
      return use(join(folder, name))
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  test('is there: these tests need age on the PATH (Debian: apt-get install age)', () => {
    expect(spawnSync('age', ['--version']).status).toBe(0)
  })

  test('opens what is sealed for a classic recipient', async () => {
    const { identity, recipient } = await newRecipientPair({ kind: 'x25519' })
    const sealed = await sealTo([recipient], plain)
    const opened = withFile('key', `${identity}\n`, (key) => execFileSync('age', ['-d', '-i', key], { input: sealed }))
    expect(textOf(opened)).toBe(textOf(plain))
  })

  test('seals what opens here', async () => {
    const { identity, recipient } = await newRecipientPair({ kind: 'x25519' })
    const sealed = execFileSync('age', ['-r', recipient], { input: plain })
    expect(textOf(await openWith([identity], sealed))).toBe(textOf(plain))
  })
})
