import { describe, expect, test } from 'vitest'
import type { Receipt, RefusalBody } from '../batch/receipt.ts'
import { consequenceOf, type Answer, type Consequence, type Ours } from './answers.ts'

const [a, b] = ['a'.repeat(64), 'b'.repeat(64)]
const batchId = 'f'.repeat(64)
const deviceId = 'AAAAAAAAAAAAAAAAAAAAAA'
const boxOf = (id: string, attempts = 1) => ({ id, size: 4_400, attempts })
const two: Ours = { batchId, deviceId, method: 'PUT', boxes: [boxOf(a), boxOf(b)] }
const lone = (attempts = 1): Ours => ({ ...two, boxes: [boxOf(a, attempts)] })

const status = (code: number, more: Partial<Extract<Answer, { kind: 'answer' }>> = {}): Answer => ({
  kind: 'answer',
  status: code,
  ...more,
})
const kept = (id: string, size = 4_400) => ({ id, size, result: 'kept' as const })
const receipt = (change: Partial<Receipt> = {}): Receipt => ({
  v: 1,
  level: 'stored',
  batchId,
  deviceId,
  at: '2026-05-02T10:00:00Z',
  boxes: [kept(a), kept(b)],
  ...change,
})
const refusal = (code: RefusalBody['code'], change: Partial<RefusalBody> = {}): RefusalBody => ({
  v: 1,
  code,
  deviceId,
  batchId,
  ...change,
})
const brief = ({ contact, code, next, size, method }: Consequence) => ({ contact, code, next, size, method })

const keepAndRetry = { contact: false, next: 'backoff', size: 'halve', method: 'doubt' } as const
const hourly = { ...keepAndRetry, code: 'portal', next: 'probe' } as const
const goOn = { contact: false, next: 'at-once', method: 'good' } as const

describe('an answer that is no receipt', () => {
  test.each<[string, Answer, Partial<Consequence>]>([
    ['nothing that can be read', { kind: 'none' }, { ...keepAndRetry, code: 'net' }],
    ['a redirect', { kind: 'redirect' }, { ...keepAndRetry, code: 'portal' }],
    ['200 with a page', status(200), { ...keepAndRetry, code: 'portal' }],
    ['201 with a page', status(201), { ...keepAndRetry, code: 'portal' }],
    ['202', status(202), { ...keepAndRetry, code: 'portal' }],
    ['204', status(204), { ...keepAndRetry, code: 'portal' }],
    ['200 with a receipt of nobody known', status(200, { claimed: true }), { ...keepAndRetry, code: 'receipt' }],
    ['400 for two boxes', status(400), { ...goOn, code: '', size: 'one' }],
    ['409 for two boxes', status(409), { ...goOn, code: '', size: 'one' }],
    ['422 for two boxes', status(422), { ...goOn, code: '', size: 'one' }],
    ['401 unsigned', status(401), hourly],
    ['402', status(402), { ...keepAndRetry, code: 'portal' }],
    ['403 unsigned', status(403), hourly],
    ['404 unsigned', status(404), hourly],
    ['405 to PUT', status(405), { ...goOn, code: '', size: 'same', method: 'other' }],
    ['407', status(407), { ...keepAndRetry, code: 'portal' }],
    ['408', status(408), { ...keepAndRetry, code: 'net' }],
    ['410 unsigned', status(410), hourly],
    ['411', status(411), { ...keepAndRetry, code: 'portal' }],
    ['413 for two boxes', status(413), { ...goOn, code: '', size: 'halve' }],
    ['418', status(418), { ...keepAndRetry, code: 'portal' }],
    ['425', status(425), { ...keepAndRetry, code: 'busy' }],
    ['429 without a time', status(429), { ...keepAndRetry, code: 'busy' }],
    ['429 with a time', status(429, { wait: 5_000 }), { ...goOn, code: 'busy', next: { told: 5_000 }, size: 'same' }],
    ['500', status(500), { ...keepAndRetry, code: 'busy' }],
    ['501 to PUT', status(501), { ...goOn, code: '', size: 'same', method: 'other' }],
    ['502', status(502), { ...keepAndRetry, code: 'net' }],
    ['503 without a time', status(503), { ...keepAndRetry, code: 'busy' }],
    ['503 with a time', status(503, { wait: 9_000 }), { ...goOn, code: 'busy', next: { told: 9_000 }, size: 'same' }],
    ['504', status(504), { ...keepAndRetry, code: 'net' }],
    ['507', status(507), { ...keepAndRetry, code: 'full' }],
    ['511', status(511), { ...keepAndRetry, code: 'portal' }],
    ['520', status(520), { ...keepAndRetry, code: 'busy' }],
    ['401 signed', status(401, { refusal: refusal(401) }), { ...goOn, contact: true, code: 'device', next: 'probe' }],
    ['403 signed', status(403, { refusal: refusal(403) }), { ...goOn, contact: true, code: 'device', next: 'probe' }],
    ['404 signed', status(404, { refusal: refusal(404) }), { ...goOn, contact: true, code: 'endpoint', next: 'probe' }],
    ['410 signed', status(410, { refusal: refusal(410) }), { ...goOn, contact: true, code: 'endpoint', next: 'probe' }],
  ])('%s moves no box', (_, answer, expected) => {
    const consequence = consequenceOf(answer, two)
    expect(brief(consequence)).toEqual({ size: 'same', ...expected })
    expect(consequence.boxes.size).toBe(0)
  })

  test('moves no box at any status, with or without a receipt beside it', () => {
    for (let code = 100; code < 1_000; code += 1) {
      if (code === 200 || code === 201) continue
      for (const ours of [two, lone(), { ...two, method: 'POST' as const }]) {
        const { boxes } = consequenceOf(status(code, { receipt: receipt() }), ours)
        expect([...boxes.values()].every(({ fate }) => fate === 'wait')).toBe(true)
      }
    }
  })
})

describe('a signed refusal', () => {
  test.each<[string, RefusalBody]>([
    ['for another batch', refusal(401, { batchId: '0'.repeat(64) })],
    ['for no batch', refusal(401, { batchId: null })],
    ['for another device', refusal(401, { deviceId: 'BBBBBBBBBBBBBBBBBBBBBB' })],
    ['shown with another status', refusal(410)],
  ])('%s refuses nothing', (_, theirs) => {
    expect(brief(consequenceOf(status(401, { refusal: theirs }), two))).toEqual(hourly)
  })

  test('counts where the receiver does not know whose token it was', () => {
    const answer = status(401, { refusal: refusal(401, { deviceId: null }) })
    expect(consequenceOf(answer, two)).toMatchObject({ code: 'device', contact: true })
  })
})

describe('a receipt', () => {
  const fates = (answer: Receipt) => Object.fromEntries(consequenceOf(status(200, { receipt: answer }), two).boxes)

  test('moves the boxes that it names and doubles the next batch', () => {
    const consequence = consequenceOf(status(201, { receipt: receipt() }), two)
    expect(Object.fromEntries(consequence.boxes)).toEqual({ [a]: { fate: 'received' }, [b]: { fate: 'received' } })
    expect(brief(consequence)).toEqual({ ...goOn, contact: true, code: '', size: 'double' })
  })

  test('lets a refused box not hold up the others', () => {
    const refused = { id: b, size: 4_400, result: 'refused' as const, reason: 'unknown-format' as const }
    expect(fates(receipt({ boxes: [kept(a), refused] }))).toEqual({
      [a]: { fate: 'received' },
      [b]: { fate: 'refused', reason: 'unknown-format' },
    })
  })

  test('leaves a box that it does not name where it is', () => {
    expect(fates(receipt({ boxes: [kept(b)] }))).toEqual({
      [a]: { fate: 'wait', wait: 'backoff', code: 'receipt' },
      [b]: { fate: 'received' },
    })
  })

  test.each<[string, Partial<Receipt>]>([
    ['another batch', { batchId: '0'.repeat(64) }],
    ['another device', { deviceId: 'BBBBBBBBBBBBBBBBBBBBBB' }],
    ['a box of another size', { boxes: [kept(a), kept(b, 4_401)] }],
    ['a box that we did not send', { boxes: [kept(a), kept('c'.repeat(64))] }],
    ['a box twice', { boxes: [kept(a), kept(a)] }],
  ])('about %s moves nothing', (_, change) => {
    const consequence = consequenceOf(status(200, { receipt: receipt(change) }), two)
    expect(brief(consequence)).toEqual({ ...keepAndRetry, code: 'receipt' })
    expect(consequence.boxes.size).toBe(0)
  })
})

describe('a box that is turned down on its own', () => {
  test('is probed daily when it is too large, and the others go on', () => {
    const consequence = consequenceOf(status(413), lone())
    expect(consequence.boxes.get(a)).toEqual({ fate: 'wait', wait: 'day', code: 'too-large' })
    expect(brief(consequence)).toEqual({ ...goOn, code: 'too-large', size: 'same' })
  })

  test.each([400, 409, 422])('is tried again after %d, and shown after the third time', (code) => {
    const codes = [1, 2, 3, 40].map((attempts) => consequenceOf(status(code), lone(attempts)).code)
    expect(codes).toEqual(['', '', 'refused', 'refused'])
    expect(consequenceOf(status(code), lone()).boxes.get(a)).toEqual({ fate: 'wait', wait: 'backoff', code: 'refused' })
  })
})

test.each([405, 501])('%d to POST as well is no receiver, and PUT is next', (code) => {
  const consequence = consequenceOf(status(code), { ...two, method: 'POST' })
  expect(brief(consequence)).toEqual({ ...keepAndRetry, code: 'portal', method: 'other' })
})
