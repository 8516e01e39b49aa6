import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { base64 } from '@scure/base'
import { beforeAll, describe, expect, test } from 'vitest'
import { toBase64Url } from '../seal/base64url.ts'
import { concatBytes } from '../seal/bytes.ts'
import { sha256Hex, sha256HexOf } from '../seal/digest.ts'
import { newRecipientPair, type RecipientPair } from '../seal/envelope.ts'
import { newKeyId, randomBytes } from '../seal/random.ts'
import { keyIdOf, newSigningKey, sign, verify } from '../seal/signature.ts'
import { BatchError } from './batch-error.ts'
import { paddedSize } from './layout.ts'
import { boxItemOf, boxKinds, makeBox, openBox, type BoxContent, type BoxItem } from './box.ts'
import { boxJsonLimit, itemLimit, sealedSizeLimit } from './protocol.ts'
import { signedBytes } from './signed-text.ts'
import vectors from './vectors/box.json' with { type: 'json' }

const account = newSigningKey()
const signer = (bytes: Uint8Array<ArrayBuffer>) => sign(account.privateKey, bytes)
const revision = '{"schema":1,"text":"سجل — дело — 记录"}'

let item: BoxItem
let pair: RecipientPair
beforeAll(async () => {
  item = await boxItemOf(revision, { caseId: newKeyId(), revision: 1, previous: null, schema: 1 })
  pair = await newRecipientPair({ kind: 'x25519' })
})

const content = (change: Partial<BoxContent> = {}): BoxContent => ({
  kind: 'record',
  deviceId: newKeyId(),
  key: account.publicKey,
  seq: 1,
  prevBoxId: null,
  configVersion: 1,
  auditHead: '0'.repeat(64),
  replaces: [],
  items: [item],
  ...change,
})
const boxed = (change?: Partial<BoxContent>) => makeBox(content(change), signer, [pair.recipient])

describe('the vectors', () => {
  test.each(vectors.opens)('open: $name', async ({ identity, bytes, box, keyId, boxId, size }) => {
    const sealed = base64.decode(bytes)
    expect(await openBox(sealed, [identity])).toEqual({ box, keyId, boxId, size: size ?? sealed.length })
  })

  test.each(vectors.refused)('are refused: $name', async ({ bytes, reason }) => {
    const opening = openBox(base64.decode(bytes), [vectors.identity])
    await expect(opening).rejects.toMatchObject({ name: 'BatchError', reason })
  })

  test('hold every kind of box', () => {
    expect(new Set(vectors.opens.map(({ box }) => box.kind))).toEqual(new Set(boxKinds))
  })
})

describe('a box', () => {
  test('opens as it was made, and is named by its bytes', async () => {
    const { boxId, bytes } = await boxed()
    expect(boxId).toBe(await sha256Hex(bytes))
    const opened = await openBox(bytes, [pair.identity])
    expect(opened.boxId).toBe(boxId)
    expect(opened.keyId).toBe(await keyIdOf(account.publicKey))
    expect(opened.box.key).toBe(toBase64Url(account.publicKey))
    expect(opened.box.items).toEqual([item])
    expect(opened.box.items[0]?.sha256).toBe(await sha256HexOf(revision))
  })

  test('is another each time, for the same content', async () => {
    const same = content()
    const make = () => makeBox(same, signer, [pair.recipient])
    expect((await make()).boxId).not.toBe((await make()).boxId)
  })

  test('shows no word of what is inside', async () => {
    const { bytes } = await boxed()
    expect(new TextDecoder('latin1').decode(bytes)).not.toMatch(/schema|caseId|TIPB1/)
  })

  test('opens for hybrid recipients, too, and never for both kinds', async () => {
    const hybrid = await newRecipientPair({ kind: 'hybrid' })
    const { bytes } = await makeBox(content(), signer, [hybrid.recipient])
    expect((await openBox(bytes, [pair.identity, hybrid.identity])).box.items).toEqual([item])
    const both = makeBox(content(), signer, [pair.recipient, hybrid.recipient])
    await expect(both).rejects.toMatchObject({ reason: 'mixed-recipients' })
    await expect(makeBox(content(), signer, [])).rejects.toMatchObject({ reason: 'bad-recipient' })
  })

  test('opens with no byte changed', async () => {
    const { bytes } = await boxed()
    const headerEnd = 500
    for (let at = 0; at < bytes.length; at += at < headerEnd ? 1 : 41) {
      const changed = bytes.slice()
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
      await expect(openBox(changed, [pair.identity])).rejects.toBeInstanceOf(BatchError)
    }
  })

  test('is not made of what no opener would take', async () => {
    for (const change of [
      { seq: 0 },
      { deviceId: 'tablet' },
      { kind: 'test' as const },
      { items: [] },
      { items: Array<BoxItem>(itemLimit + 1).fill(item) },
      { key: account.publicKey.slice(1) },
      { auditHead: '' },
    ]) {
      await expect(boxed(change)).rejects.toMatchObject({ reason: 'bad-json' })
    }
  })

  test('is not made of more than 1 MiB of JSON, and at that size still fits what a receiver takes', async () => {
    const noise = async (size: number) => {
      const chunks = Array.from({ length: Math.ceil(size / 65_536) }, () => randomBytes(65_536))
      const text = toBase64Url(concatBytes(...chunks).subarray(0, size))
      return boxItemOf(text, { caseId: newKeyId(), revision: 1, previous: null, schema: 1 })
    }
    const [one, other] = await Promise.all([1, 2].map(() => newRecipientPair({ kind: 'hybrid' })))
    if (!one || !other) throw new Error('two pairs were made')
    const full = await makeBox(content({ items: [await noise(785_000)] }), signer, [one.recipient, other.recipient])
    expect(full.bytes.length).toBeGreaterThan(boxJsonLimit * 0.7)
    expect(full.bytes.length).toBeLessThan(sealedSizeLimit)
    expect((await openBox(full.bytes, [other.identity])).boxId).toBe(full.boxId)
    await expect(boxed({ items: [await noise(787_000)] })).rejects.toMatchObject({ reason: 'too-large' })
  })

  test('is refused before anything is opened where it is larger than any may be', async () => {
    const large = new Uint8Array(sealedSizeLimit + 1)
    await expect(openBox(large, [pair.identity])).rejects.toMatchObject({ reason: 'too-large' })
  })
})

describe('the size of a box', () => {
  test('grows in steps that double to 256 KiB, and then by 256 KiB', () => {
    const kib = 1024
    expect([1, 4096, 4097, 200 * kib, 256 * kib].map(paddedSize)).toEqual([4096, 4096, 8192, 256 * kib, 256 * kib])
    expect([256 * kib + 1, 512 * kib, 700 * kib].map(paddedSize)).toEqual([512 * kib, 512 * kib, 768 * kib])
  })

  test('is the same for a short and a long revision', async () => {
    const long = await boxItemOf(revision + ' '.repeat(3000), { ...item, revision: 2 })
    const [short, other] = await Promise.all([boxed(), boxed({ items: [long] })])
    expect(other.bytes.length).toBe(short.bytes.length)
  })
})

describe('the standard age command', () => {
  const openedByAge = (sealed: Uint8Array, identity: string): Uint8Array => {
    const folder = mkdtempSync(join(tmpdir(), 'box-'))
    try {
      writeFileSync(join(folder, 'key'), `${identity}\n`, { mode: 0o600 })
      return execFileSync('age', ['-d', '-i', join(folder, 'key')], { input: sealed })
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  test('is there: these tests need age on the PATH (Debian: apt-get install age)', () => {
    expect(spawnSync('age', ['--version']).status).toBe(0)
  })

  test('opens a box, and head and gunzip show the documented layout', async () => {
    const { bytes } = await boxed()
    const plain = openedByAge(bytes, pair.identity)
    expect(plain.length).toBe(4096)

    const head = execFileSync('head', ['-n', '1'], { input: plain }).toString()
    const size = /^TIPB1 (\d+)\n$/.exec(head)?.[1]
    const zipped = execFileSync('head', ['-c', String(head.length + Number(size))], { input: plain }).subarray(
      head.length,
    )
    const text = execFileSync('gunzip', ['-c'], { input: zipped }).toString()
    expect(plain.subarray(head.length + Number(size)).every((byte) => byte === 0)).toBe(true)

    const [first = '', json = ''] = text.split(/\n(.*)/s)
    const [keyId, signature = ''] = first.split(' ')
    expect(keyId).toBe(await keyIdOf(account.publicKey))
    const signed = Uint8Array.from(Buffer.from(signature, 'base64url'))
    expect(await verify(account.publicKey, signed, signedBytes('box', json))).toBe(true)
    expect(JSON.parse(JSON.parse(json).items[0].payload)).toEqual(JSON.parse(revision))
  })
})
