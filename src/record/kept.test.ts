import { expect, test } from 'vitest'
import { codebook } from '../codebook/codebook.ts'
import { withOverlay, type Overlay } from '../codebook/overlay.ts'
import { aDraft, ids } from '../testing/a-case.ts'
import { removeVictim, withAnswer, withdrawVictim, type Draft } from './draft.ts'
import { finish } from './finish.ts'
import { underCodebook, withoutKept } from './kept.ts'
import { withoutPerson, withPersonBack } from './removal.ts'
import { upgradeDraft, type EditionStep } from './upgrades.ts'

const { worker } = ids
const door: Overlay = {
  version: '2',
  values: { moc: [{ code: 'door', parent: 'restricts_movement', labels: { en: 'Locked doors' } }] },
}
const off = (...codes: string[]): Overlay => ({ version: '3', variables: { off: codes } })
const under = (draft: Draft, overlay?: Overlay) => underCodebook(draft, withOverlay(codebook, overlay))
const finished = (draft: Draft) => {
  const result = finish(draft, { now: '2024-06-11T16:20+02:00', revision: 1, previous: null })
  if (result.status !== 'finished') throw new Error(JSON.stringify(result.findings))
  return result
}

const doors = withAnswer(aDraft(), 'event', 'moc', ['takes_earnings', 'restricts_movement/door'])

test('what fits stays as it is, and the draft says under which overlay it stands', () => {
  expect(under(aDraft())).toEqual(aDraft())
  expect(under(doors, door)).toEqual({ ...doors, overlay: '2' })
})

test('an own value that is gone is kept beside the answers, and the others stay', () => {
  const draft = under(doors)
  expect(draft.event.answers['moc']).toEqual(['takes_earnings'])
  expect(draft.kept).toEqual([{ at: 'event', code: 'moc', answers: { moc: ['restricts_movement/door'] } }])
})

test('it comes back with the value, in its place', () => {
  expect(under(under(doors), door)).toEqual({ ...doors, overlay: '2' })
})

test('it does not come back over what was answered meanwhile', () => {
  const single = withAnswer(aDraft(), worker, 'msv', 'married/church')
  const answered = withAnswer(under(single), worker, 'msv', 'single')
  const again = under(answered, {
    version: '5',
    values: { msv: [{ code: 'church', parent: 'married', labels: { en: 'In church' } }] },
  })
  expect(again.victims[0]).toHaveProperty('answers.msv', 'single')
  expect(again.kept).toEqual([{ at: worker, code: 'msv', answers: { msv: 'married/church' } }])
})

test('an answer to what is switched off is kept with its texts, and comes back with them', () => {
  const own = withAnswer(withAnswer(aDraft(), worker, 'moc', ['other']), worker, 'mocText', { other: 'told not to' })
  const draft = under(own, off('moc'))
  expect(draft.victims[0]).not.toHaveProperty('overrides.moc')
  expect(draft.kept).toContainEqual({
    at: worker,
    code: 'moc',
    answers: { moc: ['other'], mocText: { other: 'told not to' } },
  })
  const { overlay: _, ...back } = under(draft)
  expect(back).toEqual(own)
})

test('an answer to what the codebook no longer has is kept under its name', () => {
  const draft: Draft = { ...aDraft(), event: { answers: { ...aDraft().event.answers, zzz: 'abc' } } }
  const kept = [{ at: 'event', code: 'zzz', answers: { zzz: 'abc' } }]
  expect(under(draft)).toEqual({ ...aDraft(), kept })
  expect(under(under(draft))).toEqual({ ...aDraft(), kept })
})

test('what was typed and is not finished is no answer of before', () => {
  const draft = withAnswer(withAnswer(aDraft(), worker, 'agv', '2'), 'event', 'dab', '31.2.')
  expect(under(draft)).toEqual(draft)
})

test('a finished revision has nothing of what is kept, and names the overlay', () => {
  const { record, text } = finished(under(doors, off('ces')))
  expect(record).toMatchObject({ state: 'complete', overlay: '3', event: { answers: { moc: ['takes_earnings'] } } })
  expect(record).not.toHaveProperty('event.answers.ces')
  expect(text).not.toMatch(/kept|door/)
})

test('a finished revision has an own value as it was chosen', () => {
  const { record } = finished(under(doors, door))
  expect(record).toHaveProperty('event.answers.moc', ['takes_earnings', 'restricts_movement/door'])
})

test('what is kept of a person goes with the person, and comes back when that is undone', () => {
  const draft = under(withAnswer(aDraft(), worker, 'x3mig', 'citizen'), off('x3mig'))
  expect(draft.kept).toHaveLength(1)
  expect(removeVictim(draft, worker).kept).toEqual([])
  expect(withdrawVictim(draft, worker, { date: '2024-05-02', reason: 'consent' }).kept).toEqual([])
  const without = withoutPerson(draft, worker, { sent: false, day: '2024-05-02' })
  expect(withPersonBack(without, draft, worker).kept).toEqual(draft.kept)
})

test('what a person removes is gone', () => {
  const draft = under(doors)
  expect(withoutKept(draft, { at: 'event', code: 'moc' }).kept).toEqual([])
})

/** An example of a step, and a draft of the edition that it starts from. */
const step: EditionStep = {
  from: '0.0.9',
  to: '0.1.0',
  draft: (draft) => {
    const { xmeans, ...answers } = draft.event.answers
    return { ...draft, event: { answers: xmeans === undefined ? answers : { ...answers, moc: xmeans } } }
  },
}
const older = (answers: Draft['event']['answers']): Draft => {
  const { moc: _, mocText: __, ...others } = aDraft().event.answers
  return { ...aDraft(), edition: '0.0.9', event: { answers: { ...others, ...answers } } }
}

test('a draft of an older edition is brought to this one step by step; what no longer fits is kept', () => {
  const draft = upgradeDraft(older({ xmeans: ['takes_earnings', 'hypnosis'] }), codebook, [step])
  expect(draft.edition).toBe(codebook.edition)
  expect(draft.event.answers['moc']).toEqual(['takes_earnings'])
  expect(draft.event.answers).not.toHaveProperty('xmeans')
  expect(draft.kept).toEqual([{ at: 'event', code: 'moc', answers: { moc: ['hypnosis'] } }])
  expect(upgradeDraft(draft, codebook, [step])).toEqual(draft)
  expect(finished(draft).text).not.toContain('hypnosis')
})

test('without the step its answer is kept under its old name', () => {
  const draft = upgradeDraft(older({ xmeans: ['takes_earnings'] }), codebook, [])
  expect(draft.kept).toEqual([{ at: 'event', code: 'xmeans', answers: { xmeans: ['takes_earnings'] } }])
})
