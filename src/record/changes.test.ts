import { describe, expect, test } from 'vitest'
import { aDraft, aFinishedCase, ids } from '../testing/a-case.ts'
import { draftOf } from './amend.ts'
import { changesBetween } from './changes.ts'
import { confirm } from './confirmations.ts'
import { addPerpetrator, addVictim, removePerpetrator, withAnswer, withdrawVictim, type Draft } from './draft.ts'
import { withdraw } from './finish.ts'
import { isPresent } from './units.ts'

const { record } = aFinishedCase()
const after = (edit: (draft: Draft) => Draft) => changesBetween(record, edit(draftOf(record)))
const newcomer = 'exampleVictim00000004A'

describe('what changed since the version that was sent', () => {
  test('is nothing right after sending, though the draft holds no derived values', () => {
    expect(after((draft) => draft)).toEqual([])
    expect(changesBetween(record, aDraft())).toEqual([])
  })

  test('is the answer before and after, with what follows from it', () => {
    expect(after((draft) => withAnswer(draft, ids.worker, 'agv', 17))).toEqual([
      { kind: 'answer', at: ids.worker, variable: 'agv', before: { answer: 24 }, after: { answer: 17 } },
      { kind: 'answer', at: ids.worker, variable: 'stv', before: { answer: 'adult' }, after: { answer: 'minor' } },
    ])
  })

  test('is one line where only the words beside an answer changed', () => {
    const answer = ['takes_earnings', 'restricts_movement', 'other']
    const texts = { other: 'papers were taken' }
    expect(after((draft) => withAnswer(draft, 'event', 'mocText', texts))).toEqual([
      {
        kind: 'answer',
        at: 'event',
        variable: 'moc',
        before: { answer, texts: { other: 'the door code was kept from her' } },
        after: { answer, texts },
      },
    ])
  })

  test('names an answer that was given, or taken back, with one side alone', () => {
    expect(after((draft) => withAnswer(draft, 'event', 'cyb', undefined))).toEqual([
      { kind: 'answer', at: 'event', variable: 'cyb', before: { answer: 'no' } },
    ])
    expect(after((draft) => withAnswer(draft, ids.child, 'lpv', 'fr'))).toEqual([
      { kind: 'answer', at: ids.child, variable: 'lpv', after: { answer: 'fr' } },
    ])
  })

  test('leaves out what is not asked any more and will not be sent', () => {
    const changes = after((draft) => withAnswer(draft, ids.worker, 'toe', ['1']))
    expect(changes.map((change) => ('variable' in change ? change.variable : change.kind))).toContain('toe')
    expect(changes).toContainEqual({ kind: 'answer', at: 'event', variable: 'fls', before: { answer: ['U'] } })
  })

  test('names an own answer of a victim at that victim', () => {
    expect(after((draft) => withAnswer(draft, ids.child, 'dae', '2024-05'))).toEqual([
      { kind: 'answer', at: ids.child, variable: 'dae', before: { answer: '2024-04~' }, after: { answer: '2024-05' } },
    ])
  })

  test('says of somebody added, taken out or withdrawn that alone, without links and answers', () => {
    expect(after((draft) => addVictim(draft, newcomer))).toEqual([{ kind: 'added', unit: 'victim', id: newcomer }])
    expect(after((draft) => removePerpetrator(draft, ids.recruiter))).toEqual([
      { kind: 'removed', unit: 'perpetrator', id: ids.recruiter },
    ])
    const gone = after((draft) => withdrawVictim(draft, ids.worker, { date: '2024-06-01', reason: 'error' }))
    expect(gone.filter(({ kind }) => kind !== 'answer')).toEqual([
      { kind: 'withdrawn', id: ids.worker, reason: 'error' },
    ])
    expect(gone.every((change) => !('at' in change) || change.at === 'event')).toBe(true)
    expect(after((draft) => addPerpetrator(draft, 'examplePerson00000002A'))).toHaveLength(1)
  })

  test('says of consent the answer, and how far it was withdrawn', () => {
    const edit = (draft: Draft): Draft => ({
      ...draft,
      victims: draft.victims.map((victim) =>
        victim.id === ids.worker && isPresent(victim)
          ? { ...victim, consent: { ...victim.consent, withdrawn: { date: '2024-06-01', scope: 'share' } } }
          : victim,
      ),
    })
    expect(after(edit)).toEqual([{ kind: 'consent', at: ids.worker, field: 'withdrawn', after: 'share' }])
  })

  test('names a link that changed, and a check that was confirmed', () => {
    const at = `${ids.worker}/${ids.recruiter}`
    expect(after((draft) => withAnswer(draft, at, 'rtv', 'unknown_off'))).toEqual([
      { kind: 'answer', at, variable: 'rtv', before: { answer: 'ex_partner' }, after: { answer: 'unknown_off' } },
    ])
    expect(after((draft) => confirm(draft, 'R46', 'event'))).toEqual([{ kind: 'confirmed', at: 'event', rule: 'R46' }])
    expect(after((draft) => ({ ...draft, localReference: 'file 7' }))).toEqual([{ kind: 'reference' }])
  })

  test('has nothing to compare with after a withdrawal', () => {
    const options = { now: '2024-06-01T10:00+02:00', revision: 2, previous: 'a'.repeat(64), reason: 'error' } as const
    const withdrawn = withdraw(aDraft(), options)
    if (withdrawn.status !== 'finished') throw new Error(withdrawn.status)
    expect(changesBetween(withdrawn.record, aDraft())).toEqual([{ kind: 'withdrawn-before' }])
  })
})
