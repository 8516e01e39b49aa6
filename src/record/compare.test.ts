import { expect, test } from 'vitest'
import { aDraft, aFinishedCase, begun, ids } from '../testing/a-case.ts'
import { compareCases } from './compare.ts'
import { withAnswer } from './draft.ts'

const { worker } = ids
const other = 'exampleCase000000001gA'

function caseFrom(caseId: string, dab: string, dae: string) {
  const dated = withAnswer(withAnswer(aDraft({ caseId }), 'event', 'dab', dab), 'event', 'dae', dae)
  return aFinishedCase({ ...dated, victims: dated.victims.slice(0, 1), links: [] }).record
}

const compared = (one: [string, string], two: [string, string]) =>
  compareCases(caseFrom(ids.case, ...one), caseFrom(other, ...two), begun)

test('the same victim in overlapping periods may be one event (R48)', () => {
  const { findings, suggestions } = compared(['2023-01', '2023-06'], ['2023-06', 'ongoing'])
  expect(findings).toEqual([{ rule: 'R48', severity: 'warning', at: worker, variables: ['dab', 'dae'] }])
  expect(suggestions).toEqual([])
})

test('periods that are not known to be apart may overlap', () => {
  expect(compared(['2022', 'nk'], ['2023-06', 'ongoing']).findings).toHaveLength(1)
})

test('periods known to be apart suggest an earlier trafficking on the later case, whichever comes first', () => {
  const suggestion = { caseId: other, at: worker, code: 'x3prv', value: 'yes', rule: 'R48' }
  expect(compared(['2022-01', '2022-06'], ['2023', 'ongoing'])).toEqual({ findings: [], suggestions: [suggestion] })
  expect(
    compareCases(caseFrom(other, '2023', 'ongoing'), caseFrom(ids.case, '2022-01', '2022-06'), begun).suggestions,
  ).toEqual([suggestion])
})

test('different victims are not compared', () => {
  const one = caseFrom(ids.case, '2023', 'ongoing')
  const renamed = { ...one, caseId: other, victims: one.victims.map((victim) => ({ ...victim, id: ids.child })) }
  expect(compareCases(one, renamed, begun)).toEqual({ findings: [], suggestions: [] })
})
