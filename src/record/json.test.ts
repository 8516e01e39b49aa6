import { describe, expect, it } from 'vitest'
import { reusing } from './json.ts'

describe('a later value made of the parts of an earlier one', () => {
  const before = {
    victims: [
      { id: 'a', answers: { agv: 23 } },
      { id: 'b', answers: {} },
    ],
    links: [],
  }

  it('is the earlier one itself when it says the same', () => {
    expect(reusing(before, structuredClone(before))).toBe(before)
    expect(reusing('a', 'a')).toBe('a')
  })

  it('is new where it differs, and keeps what does not', () => {
    const now = {
      victims: [
        { id: 'a', answers: { agv: 24 } },
        { id: 'b', answers: {} },
      ],
      links: [],
    }
    const reused = reusing(before, now)
    expect(reused).toEqual(now)
    expect(reused).not.toBe(before)
    expect(reused.victims[0]).not.toBe(before.victims[0])
    expect(reused.victims[1]).toBe(before.victims[1])
    expect(reused.links).toBe(before.links)
  })

  it.each([
    [[1, 2], [1]],
    [[1], [1, 2]],
    [{ a: undefined }, {}],
    [{}, { a: undefined }],
    [[], {}],
    [{ a: 1 }, null],
    [null, { a: 1 }],
  ])('from %j to %j is the later one', (earlier, later) => {
    const reused = reusing<unknown>(earlier, later)
    expect(reused).toStrictEqual(later)
    expect(reused).not.toBe(earlier)
  })
})
