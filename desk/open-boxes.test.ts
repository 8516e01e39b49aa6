import { beforeAll, describe, expect, test } from 'vitest'
import { newRecipientPair, sealTo, type RecipientPair } from '../src/seal/envelope.ts'
import { fromHex, toBase64Url } from '../src/seal/base64url.ts'
import { fingerprintWords } from '../src/seal/words.ts'
import { newSigningKey, sign } from '../src/seal/signature.ts'
import { makeBox, openBox } from '../src/batch/box.ts'
import { layOut } from '../src/batch/layout.ts'
import { rowsOf } from '../src/export/rows.ts'
import { utf8 } from '../src/seal/bytes.ts'
import { selectCases } from '../src/export/selection.ts'
import type { ChangeSaid, CodeChange } from '../src/record/change-by-code.ts'
import { showCaseCode } from '../src/record/ids.ts'
import { aDraft } from '../src/testing/a-case.ts'
import { theExample } from '../src/testing/the-example.ts'
import { nothingKnown } from './known.ts'
import { openBoxes, type ArrivedBox, type Opened, type OpenOptions } from './open-boxes.ts'
import { reportOf, summaryOf } from './report.ts'
import { ATablet, aRecord, aSafetyCopy, type TestBox } from './testing/a-tablet.ts'

let work: RecipientPair
let drawer: RecipientPair
let tablet: ATablet

beforeAll(async () => {
  work = await newRecipientPair({ kind: 'x25519' })
  drawer = await newRecipientPair({ kind: 'x25519' })
})
const fresh = () => (tablet = new ATablet([work.recipient, drawer.recipient]))
const open = (boxes: readonly (TestBox | ArrivedBox)[], known = nothingKnown, options: OpenOptions = {}) =>
  openBoxes(boxes, [work.identity], known, options)
const flipped = ({ bytes }: TestBox, at = bytes.length - 20): ArrivedBox => {
  const copy = new Uint8Array(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return { bytes: copy }
}
const reasonsOf = ({ quarantined }: { quarantined: readonly { reason: string }[] }) =>
  quarantined.map(({ reason }) => reason)

describe.each(['hybrid', 'x25519'] as const)('a box for %s recipients', (kind) => {
  test('opens with the key for work and with the one from the drawer, to the same record', async () => {
    const [one, two] = await Promise.all([newRecipientPair({ kind }), newRecipientPair({ kind })])
    const box = await new ATablet([one.recipient, two.recipient]).seal([aRecord()])
    for (const { identity } of [one, two]) {
      const opened = await openBoxes([box], [identity])
      expect(opened.records.map(({ record }) => record)).toEqual([aRecord()])
      expect(opened.quarantined).toEqual([])
    }
  })
})

describe('opening', () => {
  test('gives the exact text, whose digest it names, and the tables of what was entered', async () => {
    const opened = await open([await fresh().seal([aRecord()])])
    expect(opened.records[0]?.text).toBe(JSON.stringify(aRecord()))
    expect(rowsOf(opened.records.map(({ record }) => record))).toEqual(rowsOf([aRecord()]))
  })

  test('names accounts that were never seen, once', async () => {
    fresh()
    const boxes = [await tablet.seal([aRecord()]), await tablet.make({})]
    const opened = await open(boxes)
    const key = toBase64Url(tablet.account.publicKey)
    expect(opened.newKeys).toEqual([{ key, deviceId: tablet.deviceId, boxId: boxes[0]?.boxId }])
    expect((await open([await tablet.make({})], opened.known)).newKeys).toEqual([])
  })

  test('lists a test of the line and takes nothing from it', async () => {
    const opened = await open([await fresh().make({})])
    expect([opened.tests.length, opened.imported.length, opened.records.length]).toEqual([1, 0, 0])
  })

  test('misses no test of the line, and takes none for a fork: it has the number of the box that comes next', async () => {
    const opened = await open([await fresh().make({}), await tablet.make({}), await tablet.seal([aRecord()])])
    expect([opened.tests.length, opened.records.length]).toEqual([2, 1])
    expect([opened.gaps, opened.chainForks]).toEqual([[], []])
  })

  test('keeps a safety copy apart from what is counted', async () => {
    const opened = await open([await aSafetyCopy(fresh())])
    expect([opened.drafts.length, opened.records.length]).toEqual([1, 0])
    expect(opened.safe.map(({ code, changedAt }) => [code, changedAt])).toEqual([
      [aDraft().code, '2024-05-06T08:00:00.000Z'],
    ])
  })

  test('says where each account’s log stood at its newest box, and asks no test of the line', async () => {
    fresh()
    const at = async (sign: string) => (await fingerprintWords(fromHex(sign.repeat(64)))).join(' ')
    const boxes = [
      await tablet.make({ auditHead: 'd'.repeat(64) }),
      await tablet.seal([aRecord()], { auditHead: 'a'.repeat(64) }),
      await aSafetyCopy(tablet, { auditHead: 'b'.repeat(64) }),
      await tablet.make({ auditHead: 'c'.repeat(64) }),
    ]
    const opened = await open([boxes[2]!, boxes[1]!, boxes[3]!, boxes[0]!])
    expect(opened.logEnds.map(({ seq, words }) => [seq, words.join(' ')])).toEqual([[2, await at('b')]])
    expect(reportOf(opened, selectCases([]))).toContain(`  ${await at('b')}: key `)
    const empty = await open([await fresh().seal([aRecord()])])
    expect(reportOf(empty, selectCases([]))).not.toContain('the log of each account')
  })

  test('reports a box that never arrived, and takes the others in', async () => {
    fresh()
    const boxes = [await tablet.seal([aRecord()]), await aSafetyCopy(tablet), await aSafetyCopy(tablet)]
    const opened = await open([boxes[0]!, boxes[2]!])
    expect(opened.gaps).toEqual([{ deviceId: tablet.deviceId, from: 2, to: 2 }])
    expect(opened.records).toHaveLength(1)
    expect((await open([boxes[1]!], opened.known)).gaps).toEqual([])
  })
})

describe('a bad box is set aside with a reason, and the others go on', () => {
  test('one with a changed byte', async () => {
    const [bad, good] = [await fresh().seal([aRecord()]), await tablet.make({})]
    const opened = await open([flipped(bad), good])
    expect(reasonsOf(opened)).toEqual(['cannot-open'])
    expect(opened.tests).toHaveLength(1)
  })

  test('one for another organisation, and something that is no box', async () => {
    const other = await newRecipientPair({ kind: 'x25519' })
    const foreign = await new ATablet([other.recipient]).seal([aRecord()])
    expect(reasonsOf(await open([foreign, { bytes: utf8('<html>') }]))).toEqual(['cannot-open', 'not-age'])
  })

  test('one with another layout inside', async () => {
    const bytes = await sealTo([work.recipient], utf8('TIPB2 1\n'))
    expect(reasonsOf(await open([{ bytes }]))).toEqual(['unknown-layout'])
  })

  test('one signed by another key than it names', async () => {
    const stranger = newSigningKey()
    const content = {
      kind: 'test',
      deviceId: fresh().deviceId,
      key: tablet.account.publicKey,
      seq: 1,
      prevBoxId: null,
      configVersion: 1,
      auditHead: '0'.repeat(64),
      replaces: [],
      items: [],
    } as const
    const box = await makeBox({ ...content, replaces: [], items: [] }, (bytes) => sign(stranger.privateKey, bytes), [
      work.recipient,
    ])
    expect(reasonsOf(await open([box]))).toEqual(['bad-signature'])
  })

  test('one whose record has a member too many, whole: its other revisions are not taken in either', async () => {
    const odd = { ...aRecord({ caseId: 'exampleCase000000000hA' }), surplus: 1 }
    const opened = await open([await fresh().seal([aRecord(), odd])])
    expect(reasonsOf(opened)).toEqual(['not-a-record'])
    expect([opened.records, opened.imported, opened.known.revisions, opened.newKeys]).toEqual([[], [], [], []])
  })

  test('one that says another case than its record', async () => {
    const { box } = await openBox((await fresh().seal([aRecord()])).bytes, [work.identity])
    const items = box.items.map((item) => ({ ...item, caseId: 'exampleCase000000000hA' }))
    expect(reasonsOf(await open([await tablet.make({ kind: 'record', items })]))).toEqual(['item-differs'])
  })

  test('one of a newer shape, which waits for a newer program', async () => {
    const newer = { ...aRecord(), schema: 2 } as unknown as ReturnType<typeof aRecord>
    expect(reasonsOf(await open([await fresh().seal([newer])]))).toEqual(['newer-schema'])
  })

  test('one whose record holds another value than the rules derive, or breaks a rule that must hold', async () => {
    const underived = theExample()
    delete underived.perpetrators[1]!.answers['sxp']
    const broken = { ...theExample(), caseId: 'exampleCase000000000hA' }
    broken.event.answers['dae'] = '2020'
    const opened = await open([await fresh().seal([underived]), await tablet.seal([broken])])
    expect(opened.quarantined.map(({ reason, rules }) => [reason, (rules ?? []).length > 0])).toEqual([
      ['derived-differs', true],
      ['rule-broken', true],
    ])
  })

  test('none of another edition for that reason: its rules are not at hand', async () => {
    const older = { ...theExample(), edition: '0.1.0' }
    delete older.perpetrators[1]!.answers['sxp']
    expect((await open([await fresh().seal([older])])).records).toHaveLength(1)
  })

  test('one by the key of another tablet', async () => {
    const known = (await open([await fresh().make({})])).known
    const copy = new ATablet([work.recipient], { account: tablet.account })
    expect(reasonsOf(await open([await copy.seal([aRecord()])], known))).toEqual(['key-of-another-device'])
  })

  test('one with a new key that another tablet’s token brought', async () => {
    const box = await fresh().seal([aRecord()])
    expect(reasonsOf(await open([{ ...box, from: 'AAAAAAAAAAAAAAAAAAAAAA' }]))).toEqual(['not-from-its-device'])
    const known = (await open([{ ...(await tablet.make({})), from: tablet.deviceId }])).known
    expect(reasonsOf(await open([{ ...box, from: 'AAAAAAAAAAAAAAAAAAAAAA' }], known))).toEqual([])
  })

  test('one with a new key, where keys are approved first', async () => {
    const box = await fresh().seal([aRecord()])
    expect(reasonsOf(await open([box], nothingKnown, { approved: new Set() }))).toEqual(['key-not-approved'])
    const approved = new Set([toBase64Url(tablet.account.publicKey)])
    expect((await open([box], nothingKnown, { approved })).records).toHaveLength(1)
  })

  test('one padded with something', async () => {
    const layout = await layOut('TIPB1', utf8('x'))
    layout[layout.length - 1] = 1
    expect(reasonsOf(await open([{ bytes: await sealTo([work.recipient], layout) }]))).toEqual(['bad-padding'])
  })
})

describe('doubles', () => {
  test('a box that comes again changes nothing', async () => {
    const box = await fresh().seal([aRecord()])
    const first = await open([box, box])
    const again = await open([box], first.known)
    expect([first.records.length, again.records.length, again.duplicates.length, again.imported.length]).toEqual([
      1, 0, 1, 1,
    ])
    expect(again.known.revisions).toEqual(first.known.revisions)
  })

  test('the same revision in another box is here already', async () => {
    fresh()
    const opened = await open([await tablet.seal([aRecord()]), await tablet.seal([aRecord()])])
    expect([opened.records.length, opened.duplicates.length, opened.conflicts.length]).toEqual([1, 1, 0])
  })

  test('another state of the same revision is a conflict: both are kept, and the first one counts', async () => {
    fresh()
    const boxes = [await tablet.seal([aRecord({ area: 'ES-AN' })]), await tablet.seal([aRecord({ area: 'ES-CT' })])]
    const opened = await open(boxes)
    expect(opened.records.map(({ record }) => record)).toEqual([aRecord({ area: 'ES-AN' })])
    expect(opened.conflicts.map(({ record }) => record)).toEqual([aRecord({ area: 'ES-CT' })])
    expect(opened.known.revisions.map(({ boxId }) => boxId)).toEqual([boxes[0]?.boxId])
  })

  test('a revision that goes on from another state is a fork, and is taken in', async () => {
    fresh()
    const second = await tablet.seal([aRecord({ revision: 2 })])
    const third = await tablet.seal([aRecord({ revision: 3, previous: 'c'.repeat(64) })])
    const opened = await open([second, third])
    expect(opened.forks).toMatchObject([{ revision: 3 }])
    expect(opened.records).toHaveLength(2)
  })

  test('a revision that goes on from the one that is here is none', async () => {
    const second = (await open([await fresh().seal([aRecord({ revision: 2 })])])).known
    const previous = second.revisions[0]?.sha256 ?? ''
    expect((await open([await tablet.seal([aRecord({ revision: 3, previous })])], second)).forks).toEqual([])
  })
})

describe('changes by case code', () => {
  const code = aRecord().code
  const saying = (says: ChangeSaid, at = '2024-09-02T10:00+02:00'): CodeChange => ({
    v: 1,
    edition: '0.1.1',
    code,
    at,
    says,
  })
  const ages = (value: number, at?: string) => saying({ kind: 'correction', victim: 1, variable: 'agv', value }, at)
  const agesOf = ({ records, applied }: Opened) =>
    selectCases([...records.map(({ record }) => record), ...applied]).cases.map(
      ({ victims }) => victims[0]?.answers['agv'],
    )

  test('are applied to the case with that code, in the order in which they were said, and the tables hold them', async () => {
    fresh()
    const [second, first] = [ages(31, '2024-09-03T10:00+02:00'), ages(30)]
    const boxes = [await tablet.say(second), await tablet.say(first), await tablet.seal([aRecord()])]
    const opened = await open(boxes)
    expect(opened.applied.map(({ revision }) => revision)).toEqual([3, 4])
    expect(opened.changes.map(({ change }) => change)).toEqual([first, second])
    expect(agesOf(opened)).toEqual([31])
    const report = reportOf(opened, selectCases([]))
    expect(report).toContain(`case ${showCaseCode(code)}, correction of agv of victim 1, box ${boxes[0]?.boxId}`)
    expect(report.replaceAll(/(?:box|tablet|key) \S+/g, '')).not.toContain('31')
  })

  test('are applied once, though sealed twice', async () => {
    const id = 'exampleChange0000000gA'
    fresh()
    const opened = await open([
      await tablet.seal([aRecord()]),
      await tablet.say(ages(30), id),
      await tablet.say(ages(30), id),
    ])
    expect(opened.applied).toHaveLength(1)
    expect(opened.changes.map(({ outcome }) => outcome.status)).toEqual(['applied', 'applied'])
  })

  test('ask where the code is nobody’s, or that of two cases', async () => {
    const change = await fresh().say(ages(30))
    const asked = async (boxes: readonly TestBox[]) => {
      const opened = await open(boxes)
      expect(opened.applied).toEqual([])
      expect(summaryOf(opened, selectCases([]))).toContain('1 thing needs attention')
      return opened.changes.map(({ outcome }) => (outcome.status === 'asks' ? outcome.reason : outcome.status))
    }
    expect(await asked([change])).toEqual(['no-such-case'])
    const both = await tablet.seal([aRecord(), aRecord({ caseId: 'exampleCase000000000hA' })])
    expect(await asked([change, both])).toEqual(['several-cases'])
  })

  test('are set aside where they are no change, or one of a newer program', async () => {
    fresh()
    const odd = await tablet.say({ ...ages(30), code: '482913075' })
    const newer = await tablet.say({ ...ages(30), v: 2 as 1 })
    expect(reasonsOf(await open([odd, newer]))).toEqual(['not-a-change', 'newer-schema'])
  })
})

test('an opened box never shows up in what is known', async () => {
  const opened = await open([await fresh().seal([aRecord()])])
  const known = JSON.stringify(opened.known)
  for (const answer of ['ES-AN', 'cult', 'NGO-14', 'ex_partner']) expect(known).not.toContain(answer)
})
