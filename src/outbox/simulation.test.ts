import { afterAll, describe, expect, test } from 'vitest'
import { leave, live, type Bug } from '../testing/a-world.ts'

/** Each seed is a life of its own. `SEEDS=1000 FIRST_SEED=1 npx vitest run src/outbox/simulation.test.ts` lives more. */
const [first, count] = [Number(process.env['FIRST_SEED'] ?? 1), Number(process.env['SEEDS'] ?? 200)]

/** The first and the last seed of each portion: a long run says how far it has come. */
const portion = 10_000
const portions = Array.from({ length: Math.ceil(count / portion) }, (_, n): [number, number] => [
  first + n * portion,
  Math.min(first + (n + 1) * portion, first + count) - 1,
])

afterAll(leave)

describe('three tablets, a receiver and a desk on a line where everything goes wrong', () => {
  test.each(portions)(
    'keep every promise in the lives of the seeds %i to %i',
    { timeout: 60_000 + Math.min(count, portion) * 3_000 },
    async (from, to) => {
      for (let seed = from; seed <= to; seed += 1)
        await live(seed).catch((cause: unknown) => {
          throw new Error(`seed ${seed}: ${(cause as Error).message}`, { cause })
        })
    },
  )

  test('live the same life again from the same seed', { timeout: 60_000 }, async () => {
    for (const seed of [first, first + 1, first + 2, first + 3]) expect(await live(seed)).toBe(await live(seed))
  })

  test('live the same life on the database that a tablet really has', { timeout: 120_000 }, async () => {
    for (let seed = first; seed < first + 30; seed += 1)
      expect(await live(seed, 'none', 'IndexedDB')).toBe(await live(seed))
  })

  const bugs: readonly [Bug, string][] = [
    ['says-kept-and-keeps-nothing', 'a box is called received, and the receiver has it not'],
    ['deletes-before-the-receipt', 'a box left the outbox without a receipt'],
    ['believes-any-200', 'a box is called received, and the receiver has it not'],
    ['keeps-twice', 'the receiver holds a box that nobody made'],
    ['replaces-what-was-tried', 'the receiver holds a box that nobody made'],
    ['is-restored-in-silence', 'a box stays received () on a good line'],
  ]
  test.each(bugs)('would show a bug that %s', { timeout: 120_000 }, async (bug, fault) => {
    const found: string[] = []
    for (let seed = 1; seed <= 100 && found.length === 0; seed += 1)
      await live(seed, bug).catch((cause: unknown) => found.push((cause as Error).message))
    expect(found).toEqual([fault])
  })
})
