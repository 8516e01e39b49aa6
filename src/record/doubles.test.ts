import { describe, expect, it, test } from 'vitest'
import { aChild, aDraft, aVictim, begun, ids } from '../testing/a-case.ts'
import { doubleKeysOf, possibleDouble, type DoubleKey } from './doubles.ts'
import type { Draft } from './draft.ts'
import { judge } from './rules.ts'

const keysOf = (draft: Draft) => doubleKeysOf(draft, judge(draft, { now: begun }))
const other = 'exampleVictim00000009A'

const alone = (changes: Partial<DoubleKey> = {}): DoubleKey[] => [
  { id: other, sxv: 'f', age: '15-29', civ: 'CO', coe: 'ES', toe: '8', from: '2023', ...changes },
]

describe('the key of a victim', () => {
  it('is coarse, takes the period from the event, and what is still going on ends when it was recorded', () => {
    const draft = aDraft({ victims: [aVictim()] })
    expect(keysOf(draft)).toEqual([
      {
        id: ids.worker,
        sxv: 'f',
        age: '15-29',
        civ: 'CO',
        coe: 'ES',
        toe: '8',
        from: '2023',
        to: draft.event.answers['dat'],
      },
    ])
  })

  it('leaves out what is not known, and has the period of the victim where that is another', () => {
    expect(keysOf(aDraft({ victims: [aChild()], links: [] }))).toEqual([
      { id: ids.child, coe: 'ES', toe: '6.5', from: '2023', to: '2024-04~' },
    ])
  })

  it('is not made of a tombstone', () => {
    const withdrawn = { id: ids.worker, withdrawn: { date: '2024-05-03', reason: 'consent' as const } }
    expect(keysOf(aDraft({ victims: [withdrawn], links: [] }))).toEqual([])
  })

  test.each([
    [0, '0-14'],
    [14, '0-14'],
    [15, '15-29'],
    [59, '45-59'],
    [60, '60+'],
    [120, '60+'],
  ])('puts the age %i into the band %s', (agv, age) => {
    const victim = aVictim({ answers: { agv } })
    expect(keysOf(aDraft({ victims: [victim], links: [] }))[0]?.age).toBe(age)
  })
})

describe('two cases', () => {
  it('are a possible double where all five agree and the periods may overlap', () => {
    expect(possibleDouble(alone(), alone({ id: ids.worker }))).toBe('alike')
    expect(possibleDouble(alone({ to: '2023-06' }), alone({ id: ids.worker, from: '2023-06' }))).toBe('alike')
  })

  test.each(['sxv', 'age', 'civ', 'coe', 'toe'] as const)('are none where %s differs or is not known', (part) => {
    expect(possibleDouble(alone(), alone({ id: ids.worker, [part]: 'else' }))).toBeUndefined()
    const [{ [part]: _, ...without }] = alone() as [DoubleKey]
    expect(possibleDouble([without], [{ ...without, id: ids.worker }])).toBeUndefined()
  })

  it('are none where one is known to have ended before the other began', () => {
    expect(possibleDouble(alone({ to: '2023-05' }), alone({ id: ids.worker, from: '2023-06' }))).toBeUndefined()
    expect(possibleDouble(alone({ from: '2024' }), alone({ id: ids.worker, to: '2023-12' }))).toBeUndefined()
  })

  it('are one by the pseudonym alone, unless the periods are apart', () => {
    expect(possibleDouble([{ id: other }], [{ id: other, sxv: 'f' }])).toBe('pseudonym')
    expect(possibleDouble([{ id: other, to: '2020' }], [{ id: other, from: '2021' }])).toBeUndefined()
  })

  it('are none where no victim has anything known', () => {
    expect(possibleDouble([{ id: other }], [{ id: ids.worker }])).toBeUndefined()
    expect(possibleDouble([], alone())).toBeUndefined()
  })
})
