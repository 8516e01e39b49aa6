import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { allVariables } from '../codebook/codebook.ts'
import { selectableForms } from '../codebook/forms-of-exploitation.ts'
import type { Variable } from '../codebook/variable.ts'
import { aChild, aDraft, aPerpetrator, aVictim, begun, finishedAt, ids } from '../testing/a-case.ts'
import { draftOf } from './amend.ts'
import type { Answer } from './answers.ts'
import { parseRevision } from './case-record.ts'
import { codesWithText, isMissing, onlyByRule, orderOf } from './codes.ts'
import { withAnswer, type Draft } from './draft.ts'
import { finish } from './finish.ts'
import { inspect } from './inspect.ts'
import { judge } from './rules.ts'
import { upgradeDraft } from './upgrades.ts'

type Edit = readonly [at: string, key: string, answer: Answer | undefined]

const places: Record<Variable['unit'], readonly string[]> = {
  event: ['event'],
  reportingEntity: ['event'],
  victim: [ids.worker, ids.child],
  perpetrator: [ids.recruiter],
  link: [`${ids.worker}/${ids.recruiter}`],
}

/** What a person may enter; what rules derive is left to them. */
const entered = allVariables.filter(
  ({ code, stored }) => stored !== false && !['stv', 'stp', 'x3dur', 'rer', 'dat'].includes(code),
)

const dates = fc.constantFrom('2022', '2023-02', '2023-02~', '2023-05-06', '2024', '2024~')

function answerTo(variable: Variable): fc.Arbitrary<Answer> {
  const codes = orderOf(variable).filter((code) => !onlyByRule(variable, code))
  const one = fc.constantFrom(...(codes.length === 0 ? ['nk'] : codes))
  const several = (from: readonly string[]) => fc.uniqueArray(fc.constantFrom(...from), { minLength: 1, maxLength: 3 })
  switch (variable.kind) {
    case 'coded':
    case 'language':
      return one
    case 'exploitation':
      return several(selectableForms.map((form) => form.code))
    case 'codes':
    case 'sectors':
      return fc.oneof(several(codes.filter((code) => !isMissing(code) && code !== 'none')), fc.constant<Answer>(['nk']))
    case 'country':
      return variable.multiple ? several(['ES', 'MA', 'CO', 'NA']) : fc.constantFrom('ES', 'NA', 'nk')
    case 'count':
      return fc.oneof(fc.integer(variable.range), one)
    case 'date':
      return fc.oneof(dates, fc.constantFrom('nk', variable.code === 'dae' ? 'ongoing' : 'nk'))
    case 'place':
      return fc.constantFrom({ country: 'MA' }, { extraterritorial: true }, 'nk')
    case 'article':
      return fc.constantFrom({ article: '177 bis' }, 'nk')
    case 'moment':
    case 'organisation':
      throw new RangeError('not entered here')
  }
}

function editsOf(variable: Variable): fc.Arbitrary<Edit>[] {
  const at = fc.constantFrom(
    ...places[variable.unit],
    ...(variable.perVictimOverride === true ? [ids.worker, ids.child] : []),
  )
  const answer = fc.option(answerTo(variable), { nil: undefined })
  const edits: fc.Arbitrary<Edit>[] = [fc.tuple(at, fc.constant(variable.code), answer)]
  const codes = codesWithText(variable)
  if (variable.texts === undefined || codes.length === 0) return edits
  const texts = fc.constantFrom(...codes).map((code): Answer => ({ [code]: 'some words' }))
  return [...edits, fc.tuple(at, fc.constant(variable.texts), texts)]
}

const edits = fc.array(fc.oneof(...entered.flatMap(editsOf)), { maxLength: 25 })

const blank = (): Draft =>
  aDraft({
    victims: [aVictim({ answers: { toe: ['2.1'] } }), aChild({ answers: { toe: ['1'] }, overrides: {} })],
    perpetrators: [aPerpetrator({ answers: {} })],
  })

const apply = (draft: Draft, changes: readonly Edit[]) =>
  changes.reduce((so, [at, key, answer]) => withAnswer(so, at, key, answer), draft)

const first = { now: finishedAt, revision: 1, previous: null }
const next = { now: finishedAt, revision: 2, previous: 'beef'.padStart(64, '0') }

const complete = (draft: Draft, options: typeof first | typeof next) => {
  const result = finish(draft, options)
  if (result.status === 'blocked') {
    // What the program should have settled itself keeps no case back.
    expect(result.findings.filter(({ rule, severity }) => rule === 'shape' || severity === 'derive')).toEqual([])
    return undefined
  }
  expect(parseRevision(result.text)).toEqual(result.record)
  return result.record.state === 'complete' ? result.record : undefined
}

test('whatever was answered in whatever order, a finished revision holds nothing closed and nothing stale', () => {
  fc.assert(
    fc.property(edits, edits, fc.boolean(), (before, after, reopened) => {
      const draft = apply(blank(), before)
      const record = complete(draft, first)
      const begun = record === undefined ? upgradeDraft(draft) : reopened ? draftOf(record) : draft
      for (const revision of [record, complete(apply(begun, after), next)]) {
        if (revision === undefined) continue
        expect(inspect(revision, finishedAt)).toEqual([])
        const judgement = judge(revision, { now: finishedAt, stage: 'check' })
        for (const { at, code } of judgement.hidden) expect(judgement.derived(at, code)).toBeDefined()
        for (const victim of revision.victims) {
          if ('answers' in victim) expect('stv' in victim.answers).toBe(typeof victim.answers['agv'] === 'number')
        }
        const answers = revision.perpetrators[0]?.answers ?? {}
        const entity = String(answers['x3pls']).startsWith('2')
        expect('stp' in answers).toBe(entity || typeof answers['agp'] === 'number')
      }
    }),
    { numRuns: 80 },
  )
})

test('the order in which answers are given does not matter', () => {
  const unique = fc.uniqueArray(fc.oneof(...entered.flatMap(editsOf)), {
    selector: ([at, key]) => `${at} ${key}`,
    maxLength: 20,
  })
  const shuffled = unique.chain((changes) =>
    fc.tuple(fc.constant(changes), fc.shuffledSubarray(changes, { minLength: changes.length })),
  )
  fc.assert(
    fc.property(shuffled, ([changes, others]) => {
      expect(finish(apply(blank(), others), first)).toEqual(finish(apply(blank(), changes), first))
    }),
    { numRuns: 40 },
  )
})

test('judging never throws, whatever lies in a draft', () => {
  const anything = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Answer>
  const keys = fc.constantFrom(
    ...allVariables.flatMap(({ code, texts }) => (texts === undefined ? [code] : [code, texts])),
  )
  const at = fc.constantFrom(...new Set(Object.values(places).flat()))
  fc.assert(
    fc.property(fc.array(fc.tuple(at, keys, anything), { maxLength: 15 }), (changes) => {
      const draft = apply(blank(), changes)
      judge(draft, { now: begun })
      finish(draft, first)
    }),
    { numRuns: 80 },
  )
})
