import { describe, expect, test } from 'vitest'
import { checkChains, type ChainLink } from './chains.ts'

const link = (seq: number, changes: Partial<ChainLink> = {}): ChainLink => ({
  deviceId: 'tablet',
  boxId: `box${seq}`,
  seq,
  prevBoxId: seq === 1 ? null : `box${seq - 1}`,
  replaces: [],
  ...changes,
})

describe('the chain of a device', () => {
  test('is whole in whatever order its boxes come, and twice', () => {
    expect(checkChains([link(3), link(1), link(2), link(2)])).toEqual({ gaps: [], forks: [] })
  })

  test('shows what is missing at its beginning and between two boxes, but never after the newest', () => {
    expect(checkChains([link(3), link(6)]).gaps).toEqual([
      { deviceId: 'tablet', from: 1, to: 2 },
      { deviceId: 'tablet', from: 4, to: 5 },
    ])
  })

  test('is whole where a box says that it replaces the missing ones', () => {
    const packed = link(4, { replaces: ['box2', 'box3'] })
    expect(checkChains([link(1), packed]).gaps).toEqual([])
  })

  test('shows a gap that is longer than what was replaced', () => {
    const packed = link(5, { replaces: ['box4'] })
    expect(checkChains([link(1), packed]).gaps).toEqual([{ deviceId: 'tablet', from: 2, to: 4 }])
  })

  test('explains one gap only with what was replaced once', () => {
    const chain = [link(1), link(3, { prevBoxId: 'box2' }), link(5, { replaces: ['box4'] })]
    expect(checkChains(chain).gaps).toEqual([{ deviceId: 'tablet', from: 2, to: 2 }])
  })

  test('splits where two boxes claim one place or a box follows another one than is here', () => {
    expect(checkChains([link(1), link(2), link(2, { boxId: 'other' })]).forks).toEqual([{ deviceId: 'tablet', seq: 2 }])
    expect(checkChains([link(1), link(2, { prevBoxId: 'lost' })]).forks).toEqual([{ deviceId: 'tablet', seq: 2 }])
  })

  test('is its own: another device’s boxes do not fill it', () => {
    expect(checkChains([link(2), link(1, { deviceId: 'second', boxId: 'x' })]).gaps).toEqual([
      { deviceId: 'tablet', from: 1, to: 1 },
    ])
  })
})
