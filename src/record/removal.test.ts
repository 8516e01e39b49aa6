import { describe, expect, test } from 'vitest'
import { aDraft, aFinishedCase, ids } from '../testing/a-case.ts'
import { draftOf } from './amend.ts'
import { addPerpetrator, addVictim, removePerpetrator } from './draft.ts'
import { finish } from './finish.ts'
import { withoutPerson, withPersonBack } from './removal.ts'

const day = '2024-06-01'

describe('taking somebody out', () => {
  test('lets a victim vanish who was never sent', () => {
    const draft = withoutPerson(aDraft(), ids.child, { sent: false, day })
    expect(draft.victims.map(({ id }) => id)).toEqual([ids.worker])
    expect(draft.links.map(({ victim }) => victim)).toEqual([ids.worker])
  })

  test('leaves a tombstone of a victim who was sent, which the next version carries, and nothing else', () => {
    const sent = aFinishedCase().record
    const draft = withoutPerson(draftOf(sent), ids.child, { sent: true, day })
    const tombstone = { id: ids.child, withdrawn: { date: day, reason: 'error' } }
    expect(draft.victims[1]).toEqual(tombstone)
    const next = finish(draft, { now: '2024-06-02T10:00+02:00', revision: 2, previous: 'a'.repeat(64) })
    if (next.status !== 'finished' || next.record.state !== 'complete') throw new Error(next.status)
    expect(next.record.victims[1]).toEqual(tombstone)
    expect(JSON.stringify(next.record).split(ids.child)).toHaveLength(2)
  })

  test('is undone without a trace, tombstone or not, and keeps what was entered meanwhile', () => {
    for (const sent of [true, false])
      for (const id of [ids.worker, ids.child, ids.recruiter]) {
        const before = aDraft()
        const without = withoutPerson(before, id, { sent, day })
        expect(withPersonBack(without, before, id)).toEqual(before)
        const meanwhile = addVictim(without, 'exampleVictim00000004A')
        const back = withPersonBack(meanwhile, before, id)
        expect(back.victims.map((victim) => victim.id)).toContain('exampleVictim00000004A')
        expect(back.links).toEqual(before.links)
      }
  })

  test('brings no link back to somebody who was taken out meanwhile', () => {
    const before = aDraft()
    const without = removePerpetrator(withoutPerson(before, ids.child, { sent: true, day }), ids.recruiter)
    expect(withPersonBack(without, before, ids.child).links).toEqual([])
    expect(withPersonBack(addPerpetrator(without), before, ids.child).victims).toEqual(before.victims)
  })
})
