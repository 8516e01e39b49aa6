import { expect, test } from 'vitest'
import { codebook } from '../codebook/codebook.ts'
import { aDraft, begun, ids } from '../testing/a-case.ts'
import type { Answer } from './answers.ts'
import { addPerpetrator, withAnswer, type Draft } from './draft.ts'
import { judge, type JudgeOptions } from './rules.ts'

const { worker, child, recruiter } = ids
const pair = `${worker}/${recruiter}`

type Given = readonly [at: string, key: string, answer: Answer | undefined]

const given = (...answers: Given[]): Draft =>
  answers.reduce((draft, [at, key, answer]) => withAnswer(draft, at, key, answer), aDraft())

const judged = (draft: Draft, options: Partial<JudgeOptions> = {}) => judge(draft, { now: begun, ...options })

interface Case {
  at: string
  fires: Draft
  silent: Draft
  /** Where the rule looks at answers of closed variables: `check`. */
  stage?: 'edit' | 'check' | 'export'
  exportKind?: 'recordLevel'
}

const e = 'event'

/** One case that fires and one that does not, for every rule that can fire. */
const firing: Record<string, Case> = {
  R01: { at: worker, fires: given([worker, 'toe', []]), silent: given([worker, 'toe', ['7']]) },
  R04: { at: worker, fires: given([worker, 'toe', ['1', '7']]), silent: given([worker, 'toe', ['7']]) },
  R05: {
    at: worker,
    fires: given([worker, 'toe', ['8']]),
    silent: { ...given([worker, 'toe', ['8']]), origin: 'import' },
  },
  R07: { at: child, fires: given([child, 'toeText', undefined]), silent: given([child, 'toe', ['6.4']]) },
  R08: { at: worker, fires: given([worker, 'toe', ['6.2']]), silent: given([worker, 'toe', ['6.1']]) },
  R09: { at: worker, fires: given([worker, 'toe', ['3']]), silent: given([worker, 'toe', ['4']]) },
  R11: { at: e, stage: 'check', fires: given([worker, 'toe', ['2.1']]), silent: given([worker, 'toe', ['8']]) },
  R12: { at: e, stage: 'check', fires: given([worker, 'toe', ['1']]), silent: given([worker, 'toe', ['2']]) },
  R13: { at: e, stage: 'edit', fires: given([worker, 'toe', ['4']]), silent: given() },
  R14: {
    at: e,
    stage: 'check',
    fires: given([e, 'exp', 'noc']),
    silent: given([e, 'exp', 'noc'], [e, 'ssc', undefined], [e, 'fls', undefined]),
  },
  R15: { at: e, fires: given([e, 'coe', ['na']]), silent: given([e, 'coe', ['na']], [e, 'exp', 'nkn']) },
  R19: { at: worker, fires: given([worker, 'agv', 121]), silent: given([worker, 'agv', 120]) },
  R20: { at: recruiter, fires: given([recruiter, 'agp', 9]), silent: given([recruiter, 'agp', 10]) },
  R21: {
    at: e,
    fires: given([e, 'dab', '2024-03-02'], [e, 'dae', '2024-02']),
    silent: given([e, 'dab', '2024-03'], [e, 'dae', '2024']),
  },
  R22: { at: e, fires: given([e, 'dae', '2024-05-03']), silent: given([e, 'dae', '2024-05']) },
  R23: { at: e, fires: given([e, 'dab', '2025']), silent: given([e, 'dab', '2025~']) },
  R24: {
    at: e,
    fires: given([e, 'dat', '2024-05-02T10:01+02:00']),
    silent: given([e, 'dat', '2024-05-02T10:59+03:00']),
  },
  R25: { at: e, fires: given([e, 'dae', ['ongoing', '2024']]), silent: given() },
  R26: { at: worker, fires: given([worker, 'lsv', 'es']), silent: given([worker, 'lsv', 'fr']) },
  R27: { at: worker, fires: given([worker, 'ncv', 31]), silent: given([worker, 'ncv', 'nk']) },
  R28: {
    at: worker,
    fires: given([worker, 'agv', 9], [worker, 'ncv', 1]),
    silent: given([worker, 'agv', 9], [worker, 'ncv', 0], [worker, 'lev', '1']),
  },
  R29: {
    at: worker,
    fires: given([worker, 'civ', ['stateless', 'ES']]),
    silent: given([worker, 'civ', ['stateless']]),
  },
  R30: { at: worker, fires: given([worker, 'sxv', 'na']), silent: given([worker, 'sxv', 'nk']) },
  R32: { at: pair, fires: given([pair, 'rvp', 'friend']), silent: given([pair, 'rvp', 'ex_partner']) },
  R33: { at: e, fires: given([e, 'dem', undefined]), silent: given([e, 'dem', 'nk']) },
  R34: {
    at: child,
    fires: given([child, 'sta', 'negated'], [child, 'ret', 'court'], [child, 'dem', 'nk']),
    silent: given(),
  },
  R35: {
    at: e,
    stage: 'check',
    fires: given([e, 'ces', 'none'], [e, 'cca', { article: '177' }]),
    silent: given([e, 'cca', { article: '177' }]),
  },
  R37: { at: e, fires: given([e, 'moc', ['threats', 'none']]), silent: given([e, 'moc', ['none']]) },
  R38: { at: worker, fires: given([e, 'moc', ['none']]), silent: given([e, 'moc', ['none']], [worker, 'x3aft', 17]) },
  R40: {
    at: e,
    fires: given([e, 'geo', { country: 'ES', extraterritorial: true }]),
    silent: given([e, 'geo', { extraterritorial: true }]),
  },
  R41: { at: worker, fires: given([worker, 'x3aft', 25]), silent: given([worker, 'x3aft', 24]) },
  R43: {
    at: child,
    stage: 'export',
    exportKind: 'recordLevel',
    fires: given(),
    silent: {
      ...aDraft(),
      victims: aDraft().victims.map((one) => ({
        ...one,
        consent: { share: { value: 'yes', date: '2024-05-02' } },
      })) as Draft['victims'],
    },
  },
  R46: { at: e, fires: given([e, 'mocText', { other: 'door code 445566' }]), silent: given() },
  R47: { at: e, fires: { ...aDraft(), victims: [...aDraft().victims, ...aDraft().victims] }, silent: aDraft() },
  R49: { at: recruiter, fires: given([recruiter, 'stp', 'minor']), silent: given([recruiter, 'stp', 'adult']) },
  R51: { at: worker, fires: given([worker, 'toe', ['8']]), silent: given([worker, 'toe', ['7']]) },
}

/** What else makes a rule fire: each of its other alternatives, scopes and lists, with a case that is almost the same. */
const further: readonly (readonly [rule: string, one: Case])[] = [
  ['R04', { at: child, fires: given([child, 'toe', ['7', '4']]), silent: given([child, 'toe', ['4', '5']]) }],
  [
    'R05',
    {
      at: worker,
      fires: { ...given([worker, 'toe', ['1', '8']]), origin: 'import' },
      silent: given([worker, 'toe', ['1', '2']]),
    },
  ],
  [
    'R11',
    {
      at: child,
      stage: 'check',
      fires: given([child, 'ssc', ['nk']]),
      silent: given([child, 'ssc', ['nk']], [child, 'toe', ['1']]),
    },
  ],
  [
    'R12',
    {
      at: child,
      stage: 'check',
      fires: given([child, 'fls', ['A']]),
      silent: given([child, 'fls', ['A']], [child, 'toe', ['2.2']]),
    },
  ],
  [
    'R13',
    {
      at: e,
      stage: 'edit',
      fires: given([worker, 'toe', ['1']]),
      silent: given([worker, 'toe', ['1']], [e, 'fls', undefined]),
    },
  ],
  [
    'R13',
    {
      at: e,
      stage: 'edit',
      fires: given([worker, 'toe', ['2']]),
      silent: given([worker, 'toe', ['2']], [e, 'ssc', undefined]),
    },
  ],
  [
    'R14',
    {
      at: e,
      stage: 'check',
      fires: given([e, 'exp', 'noc'], [e, 'ssc', undefined]),
      silent: given([e, 'ssc', undefined]),
    },
  ],
  [
    'R14',
    {
      at: e,
      stage: 'check',
      fires: given([e, 'exp', 'noc'], [e, 'fls', undefined]),
      silent: given([e, 'fls', undefined]),
    },
  ],
  ['R19', { at: recruiter, fires: given([recruiter, 'agp', 121]), silent: given([recruiter, 'agp', 0]) }],
  ['R19', { at: worker, fires: given([worker, 'agv', -1]), silent: given([worker, 'agv', 0]) }],
  [
    'R21',
    {
      at: child,
      fires: given([child, 'dab', '2024-05'], [child, 'dae', '2024-04']),
      silent: given([child, 'dab', '2024-04'], [child, 'dae', 'ongoing']),
    },
  ],
  ['R22', { at: child, fires: given([child, 'dae', '2024-06']), silent: given([child, 'dae', 'ongoing']) }],
  ['R23', { at: child, fires: given([child, 'dab', '2024-06']), silent: given([child, 'dab', 'nk']) }],
  [
    'R24',
    { at: e, fires: given([e, 'dat', '2000-11-30T10:00+02:00']), silent: given([e, 'dat', '2000-12-01T10:00+02:00']) },
  ],
  [
    'R26',
    {
      at: worker,
      fires: given([worker, 'lpv', undefined], [worker, 'lsv', 'fr']),
      silent: given([worker, 'lpv', undefined]),
    },
  ],
  ['R27', { at: worker, fires: given([worker, 'ncv', -1]), silent: given([worker, 'ncv', 30]) }],
  [
    'R28',
    {
      at: worker,
      fires: given([worker, 'agv', 14], [worker, 'lev', '5']),
      silent: given([worker, 'agv', 15], [worker, 'lev', '5']),
    },
  ],
  [
    'R28',
    {
      at: worker,
      fires: given([worker, 'agv', 14], [worker, 'lev', '8']),
      silent: given([worker, 'agv', 14], [worker, 'lev', '4']),
    },
  ],
  [
    'R28',
    {
      at: worker,
      fires: given([worker, 'agv', 9], [worker, 'msv', 'married']),
      silent: given([worker, 'agv', 10], [worker, 'msv', 'married']),
    },
  ],
  [
    'R28',
    {
      at: worker,
      fires: given([worker, 'agv', 9], [worker, 'ncv', 1]),
      silent: given([worker, 'agv', 10], [worker, 'ncv', 1]),
    },
  ],
  [
    'R28',
    {
      at: worker,
      fires: given([worker, 'agv', 9], [worker, 'msv', 'partnership']),
      silent: given([worker, 'agv', 9], [worker, 'msv', 'single']),
    },
  ],
  [
    'R29',
    { at: recruiter, fires: given([recruiter, 'cip', ['nk', 'ES']]), silent: given([recruiter, 'cip', ['MA', 'ES']]) },
  ],
  ['R29', { at: worker, fires: given([worker, 'civ', ['ref', 'ES']]), silent: given([worker, 'civ', ['ref']]) }],
  ['R30', { at: child, fires: given([child, 'stv', 'na']), silent: given([child, 'stv', 'ref']) }],
  ['R33', { at: e, fires: given([e, 'ret', undefined]), silent: given([e, 'ret', 'nk']) }],
  [
    'R33',
    {
      at: e,
      fires: given([e, 'sta', 'negated'], [e, 'dem', undefined]),
      silent: given([e, 'sta', 'presumed'], [e, 'dem', undefined]),
    },
  ],
  [
    'R35',
    {
      at: e,
      stage: 'check',
      fires: given([e, 'ces', 'nk'], [e, 'cca', { article: '177' }]),
      silent: given([e, 'ces', 'nk'], [e, 'cca', 'nk']),
    },
  ],
  [
    'R37',
    { at: recruiter, fires: given([recruiter, 'rpp', ['recruiter', 'nk']]), silent: given([recruiter, 'rpp', ['nk']]) },
  ],
  [
    'R37',
    {
      at: worker,
      fires: given([worker, 'x3mor', ['friends', 'ref']]),
      silent: given([worker, 'x3mor', ['friends', 'work']]),
    },
  ],
  ['R38', { at: worker, fires: given([e, 'moc', ['none']]), silent: given([e, 'moc', ['none']], [worker, 'agv', 17]) }],
  [
    'R38',
    { at: worker, fires: given([e, 'moc', ['none']]), silent: given([e, 'moc', ['none']], [e, 'sta', 'presumed']) },
  ],
  [
    'R38',
    {
      at: worker,
      fires: given([e, 'moc', ['none']], [worker, 'x3aft', 18]),
      silent: given([e, 'moc', ['threats']], [worker, 'x3aft', 18]),
    },
  ],
  ['R40', { at: e, fires: given([e, 'geo', { area: 'ES-AN' }]), silent: given([e, 'geo', { country: 'ES' }]) }],
  ['R40', { at: e, fires: given([e, 'geo', { extraterritorial: false }]), silent: given([e, 'geo', 'nk']) }],
  [
    'R46',
    {
      at: worker,
      fires: given([worker, 'toe', ['6.5']], [worker, 'toeText', { '6.5': 'write to ana@example.org' }]),
      silent: given([worker, 'toe', ['6.5']], [worker, 'toeText', { '6.5': 'made to dance' }]),
    },
  ],
]

const heard = ({ stage, exportKind }: Case, draft: Draft, rule: string) => {
  const options = { ...(stage === undefined ? {} : { stage }), ...(exportKind === undefined ? {} : { exportKind }) }
  return judged(draft, options)
    .findings.filter((finding) => finding.rule === rule)
    .map(({ at }) => at)
}

test.each(Object.entries(firing))('%s fires where it must', (rule, one) => {
  expect(heard(one, one.fires, rule)).toContain(one.at)
})

test.each(Object.entries(firing))('%s is silent where it must be', (rule, one) => {
  expect(heard(one, one.silent, rule)).not.toContain(one.at)
})

test.each(further)('%s fires in another of its cases, and is silent beside it', (rule, one) => {
  expect(heard(one, one.fires, rule)).toContain(one.at)
  expect(heard(one, one.silent, rule)).not.toContain(one.at)
})

/** Rules that never fire, and what they do instead. */
const deriving = ['R02', 'R03', 'R06', 'R16', 'R17', 'R31', 'R42', 'R50']
const suggesting = ['R10', 'R18']
const documenting = ['R36', 'R39']
const ofTables = ['R44']
const ofTheStore = ['R45']
const ofPairs = ['R48']

test('every rule of the codebook has its place in these tests', () => {
  const named = [
    ...Object.keys(firing),
    ...deriving,
    ...suggesting,
    ...documenting,
    ...ofTables,
    ...ofTheStore,
    ...ofPairs,
  ]
  expect(named.toSorted()).toEqual(codebook.rules.map(({ id }) => id).toSorted())
})

test('rules that only derive, suggest or document never fire, at no stage', () => {
  const quiet = [...deriving, ...suggesting, ...documenting, ...ofTables, ...ofTheStore, ...ofPairs]
  const drafts = Object.values(firing).map(({ fires }) => fires)
  const stages = ['edit', 'check', 'export'] as const
  const rules = drafts.flatMap((draft) =>
    stages.flatMap((stage) => judged(draft, { stage }).findings.map(({ rule }) => rule)),
  )
  expect(rules.filter((rule) => quiet.includes(rule))).toEqual([])
})

test.each([
  [['1', '2.1'], '8'],
  [['5.1', '5.3'], '5'],
  [['2.1'], '2.1'],
  [['2', '2.1'], '2.1'],
  [['7'], '7'],
  [['8'], '8'],
  [[], undefined],
])('types %j are summed up as %s (R02, R03)', (toe, summary) => {
  expect(judged(given([worker, 'toe', toe])).summary(worker).toe).toBe(summary)
})

test('two victims with different single types make neither of them mixed (R06)', () => {
  const judgement = judged(given([worker, 'toe', ['1']]))
  expect(judgement.eventToe).toEqual(['1', '6.5'])
  expect(judgement.summary(worker).toe).toBe('1')
  expect(judgement.summary(child).toe).toBe('6.5')
})

test('an age locks the age status, and removes a presumption (R16)', () => {
  const judgement = judged(given([child, 'agv', 18]))
  expect(judgement.derived(child, 'stv')).toBe('adult')
  expect(judgement.value(child, 'stvPresumed')).toBeUndefined()
  expect(judged(given([child, 'agv', 17])).derived(child, 'stv')).toBe('minor')
  expect(judged(aDraft()).derived(child, 'stv')).toBeUndefined()
})

test('the age of a perpetrator locks the age status (R17)', () => {
  expect(judged(given([recruiter, 'agp', 17])).derived(recruiter, 'stp')).toBe('minor')
})

test('a legal entity has no sex, age or citizenship, whatever was given (R31)', () => {
  const judgement = judged(given([recruiter, 'agp', 30], [recruiter, 'x3pls', '2a']))
  expect(['sxp', 'agp', 'stp', 'cip'].map((code) => judgement.derived(recruiter, code))).toEqual([
    'na',
    'na',
    'na',
    ['na'],
  ])
  expect(judgement.isOpen(recruiter, 'sxp')).toBe(false)
  expect(judgement.hidden).toContainEqual({ at: recruiter, code: 'agp' })
})

test('nobody decides while a status is presumed, and it goes when the status changes (R33)', () => {
  const judgement = judged(given([e, 'sta', 'presumed']))
  expect(judgement.derived(e, 'ret')).toBe('na')
  expect(judgement.isOpen(e, 'ret')).toBe(false)
  expect(judged(aDraft()).derived(e, 'ret')).toBeUndefined()
})

test('nothing was exploited where no exploitation took place (R14)', () => {
  const judgement = judged(given([e, 'exp', 'noc']))
  expect(judgement.derived(e, 'coe')).toEqual(['na'])
  expect(judgement.hidden).toEqual(
    expect.arrayContaining([
      { at: e, code: 'coe' },
      { at: e, code: 'ssc' },
      { at: e, code: 'fls' },
    ]),
  )
})

test.each([
  ['2023-11', '2024-04', 5],
  ['2023-11', 'ongoing', 6],
  ['2024-05', '2024-02', 0],
  ['2023', 'ongoing', undefined],
  ['2023-11~', '2024-04', undefined],
  ['2023-11-05~', '2024-04', 5],
])('from %s to %s are %s months (R42)', (dab, dae, months) => {
  expect(judged(given([e, 'dab', dab], [e, 'dae', dae])).derived(worker, 'x3dur')).toBe(months)
})

test('the months of a victim follow the own dates of that victim (R42)', () => {
  const judgement = judged(given([e, 'dab', '2024-01'], [child, 'dae', '2024-03']))
  expect([judgement.derived(worker, 'x3dur'), judgement.derived(child, 'x3dur')]).toEqual([4, 2])
})

test.each([
  [['CO', 'ES'], 'national'],
  [['CO'], 'foreign'],
  [['stateless'], 'foreign'],
  [['ref'], 'nk'],
])('citizenship %j is %s in Spain (R50)', (civ, national) => {
  expect(judged(given([worker, 'civ', civ])).summary(worker).national).toBe(national)
})

test('citizenship is neither national nor foreign where the place is not known (R50)', () => {
  expect(judged(given([e, 'geo', 'nk'])).summary(worker).national).toBe('nk')
})

test('forced fraud suggests that the case is cyber-related, until that is answered (R10)', () => {
  const fraud: Given = [worker, 'toe', ['5.4']]
  const offered = { at: e, code: 'cyb', value: 'yes', rule: 'R10' }
  expect(judged(given(fraud, [e, 'cyb', undefined])).suggestions).toContainEqual(offered)
  expect(judged(given(fraud)).suggestions).toEqual([])
  expect(judged(given([e, 'cyb', undefined])).suggestions).toEqual([])
  const step1 = (code: string) => code !== 'cyb'
  expect(judged(given(fraud, [e, 'cyb', undefined]), { enabled: step1 }).suggestions).toEqual([])
})

test('a minor of unknown age suggests the mark of a presumption, until it is set (R18)', () => {
  expect(judged(given([child, 'stvPresumed', undefined])).suggestions).toEqual([
    { at: child, code: 'stvPresumed', value: true, rule: 'R18' },
  ])
  expect(judged(aDraft()).suggestions).toEqual([])
})

test('a victim inherits what the event says only where it applies to that victim', () => {
  const judgement = judged(aDraft())
  expect(judgement.value(worker, 'ssc')).toEqual(['prostitution'])
  expect(judgement.value(child, 'ssc')).toBeUndefined()
  expect(judgement.value(child, 'moc')).toEqual(judgement.value(e, 'moc'))
  expect(judgement.value(child, 'mocText')).toEqual(judgement.value(e, 'mocText'))
})

test('an own answer leaves the texts of the event behind', () => {
  expect(judged(given([child, 'moc', ['other']])).value(child, 'mocText')).toBeUndefined()
})

test('an own decision goes with an own status and is never inherited beside it', () => {
  const confirmed = judged(given([child, 'sta', 'confirmed']))
  expect(confirmed.value(child, 'ret')).toBeUndefined()
  expect(confirmed.findings).toContainEqual({
    rule: 'R33',
    severity: 'error',
    at: child,
    variables: ['sta', 'ret', 'dem'],
  })
  const inherited = judged(given([child, 'sta', undefined], [child, 'ret', 'court']))
  expect(inherited.value(child, 'ret')).toBe('police')
  expect(inherited.isOpen(child, 'ret')).toBe(false)
  expect(inherited.hidden).toContainEqual({ at: child, code: 'ret' })
})

test('while editing, what a closed variable holds breaks no rule; on import it does', () => {
  const draft = given([worker, 'toe', ['4']])
  expect(judged(draft).findings.map(({ rule }) => rule)).toContain('R13')
  expect(judged(draft).findings.map(({ rule }) => rule)).not.toContain('R11')
  expect(judged(draft, { stage: 'check' }).findings.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(['R11', 'R12']),
  )
})

test('an own value counts as the value it stands beneath', () => {
  const draft = given([recruiter, 'x3pls', '2a/company'])
  expect(judged(draft).derived(recruiter, 'sxp')).toBe('na')
})

test('a finding names the lists that break the rule, and the texts that look personal', () => {
  const draft = given([e, 'moc', ['none', 'other']], [e, 'mocText', { other: 'ask ana@example.org' }])
  expect(judged(draft).findings.filter(({ at }) => at === e)).toEqual([
    { rule: 'R37', severity: 'error', at: e, variables: ['moc'] },
    { rule: 'R46', severity: 'warning', at: e, variables: ['moc'] },
  ])
})

test('an unknown unit or variable is answered with nothing', () => {
  const judgement = judged(aDraft())
  expect(judgement.isOpen('nobody', 'sta')).toBe(false)
  expect(judgement.isOpen(e, 'nothing')).toBe(false)
  expect(judgement.isOpen(worker, 'cyb')).toBe(false)
  expect(judgement.value('nobody', 'sta')).toBeUndefined()
})

test('thirty victims are judged between two strokes of a key', () => {
  const victims = Array.from({ length: 30 }, (_, index) => ({
    ...aDraft().victims[index % 2],
    id: `exampleVictim000000${String(index).padStart(2, '0')}A`,
  })) as Draft['victims']
  const many = addPerpetrator(addPerpetrator({ ...aDraft(), victims }))
  const links = victims.flatMap(({ id: victim }) =>
    many.perpetrators.map(({ id: perpetrator }) => ({ victim, perpetrator, answers: { rtv: 'friend' } })),
  )
  const draft = { ...many, links }
  for (let warm = 0; warm < 20; warm += 1) judged(draft)
  const times = Array.from({ length: 15 }, () => {
    const start = performance.now()
    judged(draft)
    return performance.now() - start
  }).toSorted((one, other) => one - other)
  // Some 3 ms on an idle desktop; the limit leaves room for a busy machine.
  expect(times[0]).toBeLessThan(15)
})
