import { describe, expect, test } from 'vitest'
import type { Consequence } from './answers.ts'
import { advance, beginPass, freshLine, mayTry, type Line, type Trigger } from './line.ts'

const now = Date.UTC(2026, 4, 2, 10)
const kib = 1024
const base: Consequence = {
  contact: false,
  code: '',
  boxes: new Map(),
  next: 'backoff',
  size: 'halve',
  method: 'doubt',
}
const failure: Consequence = { ...base, code: 'net' }
const success: Consequence = { ...base, contact: true, next: 'at-once', size: 'double', method: 'good' }
const tooLarge: Consequence = { ...base, next: 'at-once', size: 'halve', method: 'good' }
const oneByOne: Consequence = { ...base, next: 'at-once', size: 'one', method: 'good' }
const turnedDown: Consequence = {
  ...base,
  next: 'at-once',
  size: 'same',
  method: 'good',
  boxes: new Map([['a', { fate: 'wait', wait: 'backoff', code: 'refused' }]]),
}
const after = (line: Line, consequence: Consequence, sent = line.target): Line =>
  advance(line, consequence, sent, now, () => 0.5)

describe('the size of a batch', () => {
  test('doubles after each receipt, from 64 to 896 KiB', () => {
    let line = freshLine(0)
    const sizes = Array.from({ length: 6 }, () => (line = after(line, success)).target / kib)
    expect(sizes).toEqual([128, 256, 512, 896, 896, 896])
  })

  test('halves after every request without a readable answer, down to one box', () => {
    let line = freshLine(0)
    for (let i = 0; i < 40; i += 1) line = after(line, failure)
    expect(line.target).toBe(1)
    expect(after(freshLine(0), failure, 20_000).target).toBe(10_000)
  })

  test('stays under what was called too large for the rest of a pass, and is tried again in the next', () => {
    const line = after(after(freshLine(0), tooLarge), success)
    expect(line.target).toBe(32 * kib)
    expect(after(beginPass(line), success).target).toBe(64 * kib)
  })

  test('grows from one box again', () => {
    expect(after(after(freshLine(0), oneByOne), success, 4_400).target).toBe(8_800)
  })

  test('begins a pass with 64 KiB at most, and with less where that was all the line bore', () => {
    expect(beginPass({ ...freshLine(0), target: 896 * kib }).target).toBe(64 * kib)
    expect(beginPass({ ...freshLine(0), target: 5_000 }).target).toBe(5_000)
  })
})

describe('the wait', () => {
  test('grows with every failure and ends with the receiver’s word', () => {
    const one = after(freshLine(0), failure)
    const two = after(one, failure)
    expect([one, two].map(({ hold, nextAt }) => [hold, nextAt - now])).toEqual([
      ['backoff', 15_000],
      ['backoff', 30_000],
    ])
    expect(after(two, success)).toMatchObject({ hold: 'none', nextAt: 0, failures: 0, code: '' })
  })

  test('is an hour for a probe and as long as we were told', () => {
    expect(after(freshLine(0), { ...failure, next: 'probe' }).nextAt - now).toBe(3_600_000)
    expect(after(freshLine(0), { ...failure, next: { told: 7_000 } })).toMatchObject({
      hold: 'told',
      nextAt: now + 7_000,
    })
  })

  test('comes after three boxes in a row that were turned down without proof', () => {
    const holds: string[] = []
    let line = freshLine(0)
    for (let i = 0; i < 3; i += 1) holds.push((line = after(line, turnedDown)).hold)
    expect(holds).toEqual(['none', 'none', 'backoff'])
    const spared = after(after(after(freshLine(0), turnedDown), turnedDown), success)
    expect(after(spared, turnedDown).hold).toBe('none')
  })

  test.each<[Trigger, Line['hold'], boolean]>([
    ['timer', 'none', true],
    ['timer', 'backoff', false],
    ['timer', 'probe', false],
    ['woken', 'backoff', true],
    ['woken', 'probe', false],
    ['woken', 'told', false],
    ['start', 'backoff', true],
    ['start', 'probe', true],
    ['start', 'told', false],
    ['person', 'told', true],
  ])('%s on a line held by %s: %s', (trigger, hold, expected) => {
    const line = { ...freshLine(0), hold, nextAt: now + 60_000 }
    expect(mayTry(line, trigger, now)).toBe(expected)
    expect(mayTry(line, trigger, now + 60_000)).toBe(true)
  })
})

describe('the method', () => {
  const methods = (...answers: Consequence[]) => {
    let line = freshLine(0)
    return answers.map((answer) => (line = after(line, answer)).method)
  }

  test('is POST after two unreadable answers to PUT, and the other way round', () => {
    expect(methods(failure, failure, failure, failure)).toEqual(['PUT', 'POST', 'POST', 'PUT'])
    expect(methods(failure, success, failure)).toEqual(['PUT', 'PUT', 'PUT'])
  })

  test('is POST at once where PUT is not known', () => {
    expect(methods({ ...failure, next: 'at-once', method: 'other' })).toEqual(['POST'])
  })
})
