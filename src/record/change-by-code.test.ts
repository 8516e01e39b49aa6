import { describe, expect, test } from 'vitest'
import { correctable, parseCodeChange } from './change-by-code.ts'
import { RecordError } from './record-error.ts'
import vectors from './vectors/change-by-code.json' with { type: 'json' }

const first = vectors.taken[0]?.change

function reasonOf(text: string): string {
  try {
    parseCodeChange(text)
    return 'taken'
  } catch (error) {
    if (error instanceof RecordError) return error.reason
    throw error
  }
}

describe('a change by code', () => {
  test.each(vectors.taken)('is taken: $what', ({ change }) => {
    expect(parseCodeChange(JSON.stringify(change))).toEqual(change)
  })

  test.each(vectors.refused)('is refused for $what', ({ members, reason }) => {
    expect(reasonOf(JSON.stringify({ ...first, ...members }))).toBe(reason)
  })

  test('is refused where it is no JSON', () => {
    expect(reasonOf('{')).toBe('not-json')
    expect(reasonOf('null')).toBe('bad-shape')
  })

  test('corrects answers, but neither statuses nor who registered the case and when', () => {
    const event = correctable('event').map(({ code }) => code)
    const victim = correctable('victim').map(({ code }) => code)
    expect(event).toEqual(expect.arrayContaining(['geo', 'coe', 'exp', 'moc']))
    expect(victim).toEqual(expect.arrayContaining(['toe', 'sxv', 'agv', 'civ', 'moc']))
    for (const code of ['sta', 'ret', 'dem', 'ces', 'rer', 'dat']) expect([...event, ...victim]).not.toContain(code)
  })
})
