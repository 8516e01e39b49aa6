import { describe, expect, test } from 'vitest'
import { utf8, type Bytes } from '../seal/bytes.ts'
import { sha256Hex } from '../seal/digest.ts'
import { newRecipientPair, sealTo } from '../seal/envelope.ts'
import { newSigningKey, sign } from '../seal/signature.ts'
import { toBase64Url } from '../seal/base64url.ts'
import { boxItemOf, makeBox, openBox } from './box.ts'
import { nameOfResealed, resealBox } from './resealed.ts'
import { signResealing, verifyResealing } from './resealing.ts'

const someone = async () => await newRecipientPair({ kind: 'x25519' })

async function aBox(recipients: readonly string[]) {
  const account = newSigningKey()
  const head = { caseId: 'exampleCase000000000gA', revision: 1, previous: null, schema: 1 }
  return await makeBox(
    {
      kind: 'record',
      deviceId: 'exampleDevice0000000gA',
      key: account.publicKey,
      seq: 1,
      prevBoxId: null,
      configVersion: 1,
      auditHead: '0'.repeat(64),
      replaces: [],
      items: [await boxItemOf('{"invented":true}', head)],
    },
    (bytes) => sign(account.privateKey, bytes),
    recipients,
  )
}

const reasonOf = async (work: Promise<unknown>) =>
  await work.then(
    () => 'nothing was thrown',
    (cause: unknown) => (cause as { reason: string }).reason,
  )

describe('a box that was sealed anew', () => {
  test('holds the same under the same name and size, for others than before', async () => {
    const [before, after] = [await someone(), await someone()]
    const box = await aBox([before.recipient])
    const opened = await openBox(box.bytes, [before.identity])
    const anew = await resealBox(box.bytes, [before.identity], [after.recipient])
    expect(await sha256Hex(anew)).not.toBe(box.boxId)
    expect(await openBox(anew, [after.identity])).toEqual(opened)
    expect([opened.boxId, opened.size]).toEqual([box.boxId, box.bytes.length])
    expect(await reasonOf(openBox(anew, [before.identity]))).toBe('cannot-open')
    expect(await nameOfResealed(anew, [after.identity])).toBe(box.boxId)
  })

  test('keeps its first name when it is sealed once more', async () => {
    const [first, second, third] = [await someone(), await someone(), await someone()]
    const box = await aBox([first.recipient])
    const anew = await resealBox(box.bytes, [first.identity], [second.recipient])
    const again = await resealBox(anew, [first.identity, second.identity], [third.recipient])
    const { boxId, size } = await openBox(again, [third.identity])
    expect([boxId, size]).toEqual([box.boxId, box.bytes.length])
  })

  test('is not what only begins like one', async () => {
    const { identity, recipient } = await someone()
    const inside = (text: string) => sealTo([recipient], utf8(text))
    const names: [string, string | undefined][] = [
      [`RSEAL1 ${'a'.repeat(64)} 12\n`, 'a'.repeat(64)],
      [`RSEAL1 ${'a'.repeat(64)} 0\n`, undefined],
      [`RSEAL1 ${'A'.repeat(64)} 12\n`, undefined],
      [`RSEAL2 ${'a'.repeat(64)} 12\n`, undefined],
      [`RSEAL1 ${'a'.repeat(64)} 12`, undefined],
    ]
    for (const [text, name] of names)
      expect([text, await nameOfResealed(await inside(text), [identity])]).toEqual([text, name])
    expect(await reasonOf(openBox(await inside(`RSEAL1 ${'a'.repeat(64)} 12\n`), [identity]))).toBe('unknown-layout')
    expect(await nameOfResealed(utf8('no age at all') as Bytes, [identity])).toBe(undefined)
  })
})

describe('the list of boxes that were sealed anew', () => {
  const list = {
    v: 1 as const,
    at: '2026-05-02T10:00:00.000Z',
    boxes: [{ id: 'a'.repeat(64), sealed: 'b'.repeat(64) }],
  }

  test('is believed where the desk signed it, and as it was signed', async () => {
    const [desk, other] = [newSigningKey(), newSigningKey()]
    const keyOf = ({ publicKey }: typeof desk) => toBase64Url(publicKey)
    const text = await signResealing(list, desk.privateKey)
    expect(await verifyResealing(text, [keyOf(other), keyOf(desk)])).toEqual(list)
    expect(await verifyResealing(text, [keyOf(other)])).toBe(undefined)
    expect(await verifyResealing(text.replace('aaaa', 'aaab'), [keyOf(desk)])).toBe(undefined)
    expect(await verifyResealing('', [keyOf(desk)])).toBe(undefined)
  })

  test('is none where the desk signed something else in its form', async () => {
    const desk = newSigningKey()
    const strange = { ...list, boxes: [{ id: '../../etc/passwd', sealed: 'b'.repeat(64) }] }
    expect(await verifyResealing(await signResealing(strange, desk.privateKey), [toBase64Url(desk.publicKey)])).toBe(
      undefined,
    )
  })
})
