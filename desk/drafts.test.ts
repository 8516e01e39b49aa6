import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { boxItemOf } from '../src/batch/box.ts'
import type { SafetyCopy } from '../src/batch/safety-copy.ts'
import { rowsOf } from '../src/export/rows.ts'
import { selectCases } from '../src/export/selection.ts'
import type { CodeChange } from '../src/record/change-by-code.ts'
import { showCaseCode } from '../src/record/ids.ts'
import { newKeyId } from '../src/seal/random.ts'
import { newRecipientPair, type RecipientPair } from '../src/seal/envelope.ts'
import { newSigningKey } from '../src/seal/signature.ts'
import { aDraft } from '../src/testing/a-case.ts'
import { importReceipts } from './import-receipt.ts'
import { openBoxes } from './open-boxes.ts'
import { reportOf } from './report.ts'
import { ATablet, aRecord, type TestBox } from './testing/a-tablet.ts'

let work: RecipientPair
let tablet: ATablet
beforeAll(async () => {
  work = await newRecipientPair({ kind: 'x25519' })
})
const aTablet = () => new ATablet([work.recipient, work.recipient])
beforeEach(() => {
  tablet = aTablet()
})
const open = async (boxes: readonly TestBox[]) => await openBoxes(boxes, [work.identity])

const monday = '2024-05-06T08:00:00.000Z'
const tuesday = '2024-05-07T08:00:00.000Z'
const row = newKeyId()

interface Copying {
  readonly changedAt?: string
  readonly finished?: SafetyCopy['case']['body']['finished']
  readonly draft?: unknown
}
const aCopy = ({ changedAt = monday, finished = [], draft = aDraft() }: Copying = {}): SafetyCopy => ({
  circle: 'team',
  case: { v: 1, id: row, from: row, rev: 3, body: { draft, changedAt, finished }, revisions: [] },
})

/** The box of a safety copy; `changes` overrides what its item says. */
async function boxOf(copy: unknown, changes: Record<string, unknown> = {}, from = tablet): Promise<TestBox> {
  const payload = typeof copy === 'string' ? copy : JSON.stringify(copy)
  const head = { caseId: aDraft().caseId, revision: 1, previous: null, schema: 1, ...changes }
  return await from.make({ kind: 'draft', items: [await boxItemOf(payload, head)] })
}
const dates = async (boxes: readonly TestBox[]) => (await open(boxes)).safe.map(({ changedAt }) => changedAt)
const finishedAs = (sha256: string, revision = 1) => [
  { revision, row, sha256, at: '2024-05-02T10:00+02:00', state: 'received' as const },
]

describe('the drafts that can be given back', () => {
  test('are the newest of each case by the chain of the tablet, in whatever order they come', async () => {
    const [first, second] = [await boxOf(aCopy({ changedAt: tuesday })), await boxOf(aCopy({ changedAt: monday }))]
    expect(await dates([first, second])).toEqual([monday])
    expect(await dates([second, first])).toEqual([monday])
  })

  test('of one case on two tablets are the one that was written later', async () => {
    const boxes = [await boxOf(aCopy({ changedAt: tuesday }), {}, aTablet()), await boxOf(aCopy())]
    expect(await dates(boxes)).toEqual([tuesday])
  })

  test('go when that version, or a later one, has arrived, and stay on an earlier one', async () => {
    const { caseId } = aDraft()
    const one = await tablet.seal([aRecord({ caseId })])
    expect(await dates([await boxOf(aCopy()), one])).toEqual([])
    const [{ sha256, record } = { sha256: '', record: aRecord() }] = (await open([one])).records
    const finished = finishedAs(sha256, record.revision)
    const next = await boxOf(aCopy({ finished }), { revision: record.revision + 1, previous: sha256 })
    expect(await dates([one, next])).toEqual([monday])
  })

  test('go when consent was withdrawn by the code of the case, though the desk has no such case', async () => {
    const at = '2024-06-01T10:00+02:00'
    const says = { kind: 'consent', date: '2024-06-01', scope: 'all' } as const
    const change: CodeChange = { v: 1, edition: aDraft().edition, code: aDraft().code, at, says }
    const opened = await open([await boxOf(aCopy()), await tablet.say(change)])
    expect(opened.safe).toEqual([])
  })
})

describe('a safety copy', () => {
  test('is in the report by code, day and tablet, in no table, and gets its receipt', async () => {
    const opened = await open([await boxOf(aCopy())])
    const records = opened.records.map(({ record }) => record)
    const report = reportOf(opened, selectCases(records))
    const { code, caseId } = aDraft()
    expect(report).toContain(`  case ${showCaseCode(code)}, as of 2024-05-06, from tablet ${tablet.deviceId}\n`)
    expect(report).not.toContain(caseId)
    expect(rowsOf(records)).toEqual(rowsOf([]))
    const [receipt] = await importReceipts(opened, newSigningKey().privateKey, new Date(monday))
    expect(receipt?.boxIds).toEqual(opened.drafts.map(({ boxId }) => boxId))
  })

  test.each([
    ['what is no JSON', () => '{', {}],
    ['a finished version in its place', () => aRecord(), {}],
    ['a member that no copy has', () => ({ ...aCopy(), note: 'x' }), {}],
    ['marks', () => ({ ...aCopy(), case: { ...aCopy().case, body: { ...aCopy().case.body, aside: {} } } }), {}],
    ['a draft of another shape', () => aCopy({ draft: { ...aDraft(), victims: 'none' } }), {}],
    ['a draft of another case', () => aCopy(), { caseId: newKeyId() }],
    ['another number than its versions give', () => aCopy(), { revision: 2 }],
    ['another version before it', () => aCopy(), { previous: 'a'.repeat(64) }],
    ['a day that is none', () => aCopy({ changedAt: 'yesterday' }), {}],
  ])('with %s is set aside for good', async (_, copy, changes) => {
    const { quarantined, safe, drafts } = await open([await boxOf(copy(), changes)])
    expect([quarantined.map(({ reason }) => reason), safe, drafts]).toEqual([['not-a-draft'], [], []])
  })

  test('of a newer form waits for a newer desk', async () => {
    const newer = [await boxOf(aCopy(), { schema: 2 }), await boxOf(aCopy({ draft: { ...aDraft(), schema: 99 } }))]
    const { quarantined } = await open(newer)
    expect(quarantined.map(({ reason }) => reason)).toEqual(['newer-schema', 'newer-schema'])
  })
})
