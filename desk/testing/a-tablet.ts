import { boxItemOf, makeBox, type BoxContent } from '../../src/batch/box.ts'
import type { CaseRecord } from '../../src/record/case-record.ts'
import type { CodeChange } from '../../src/record/change-by-code.ts'
import type { Bytes } from '../../src/seal/bytes.ts'
import { newKeyId } from '../../src/seal/random.ts'
import { newSigningKey, sign, type SigningKey } from '../../src/seal/signature.ts'
import type { SafetyCopy } from '../../src/batch/safety-copy.ts'
import { aDraft } from '../../src/testing/a-case.ts'
import { theExample } from '../../src/testing/the-example.ts'

/** A box that a tablet made. */
export interface TestBox {
  readonly boxId: string
  readonly bytes: Bytes
}

/** A tablet with one account, which seals boxes in one chain as the app does. */
export class ATablet {
  readonly deviceId: string
  readonly account: SigningKey
  readonly #recipients: readonly string[]
  #seq = 0
  #last: string | null = null

  constructor(recipients: readonly string[], { deviceId = newKeyId(), account = newSigningKey() } = {}) {
    this.#recipients = recipients
    this.deviceId = deviceId
    this.account = account
  }

  /** Seals revisions; `changes` overrides what the box would say. */
  async seal(records: readonly CaseRecord[], changes: Partial<BoxContent> = {}): Promise<TestBox> {
    const items = await Promise.all(records.map((record) => boxItemOf(JSON.stringify(record), record)))
    return this.make({ kind: 'record', items, ...changes })
  }

  /** Seals something said by case code; each has an id of its own. */
  async say(change: CodeChange, caseId = newKeyId()): Promise<TestBox> {
    const head = { caseId, revision: 1, previous: null, schema: 1 }
    return this.make({ kind: 'change', items: [await boxItemOf(JSON.stringify(change), head)] })
  }

  /** Without a kind a test of the line, which takes no place in the chain. */
  async make(content: Partial<BoxContent>): Promise<TestBox> {
    const whole: BoxContent = {
      kind: 'test',
      deviceId: this.deviceId,
      key: this.account.publicKey,
      seq: this.#seq + 1,
      prevBoxId: this.#last,
      configVersion: 1,
      auditHead: '0'.repeat(64),
      replaces: [],
      items: [],
      ...content,
    }
    const box = await makeBox(whole, (bytes) => sign(this.account.privateKey, bytes), this.#recipients)
    if (whole.kind === 'test') return box
    this.#seq += 1
    this.#last = box.boxId
    return box
  }
}

/** The invented case with another id, code left as it is, and another area in which it was recorded. */
export function aRecord(
  changes: { caseId?: string; revision?: number; previous?: string; area?: string } = {},
): CaseRecord {
  const { area = 'ES-AN', ...head } = changes
  const record = { ...theExample(), ...head }
  record.event.answers['geo'] = { country: 'ES', area }
  return record
}

/** The safety copy of the invented draft, which was never finished. */
export async function aSafetyCopy(tablet: ATablet, changes: Partial<BoxContent> = {}): Promise<TestBox> {
  const [id, draft] = [newKeyId(), aDraft()]
  const body: SafetyCopy['case']['body'] = { draft, changedAt: '2024-05-06T08:00:00.000Z', finished: [] }
  const copy: SafetyCopy = { circle: 'me', case: { v: 1, id, from: id, rev: 2, body, revisions: [] } }
  const head = { caseId: draft.caseId, revision: 1, previous: null, schema: 1 }
  return await tablet.make({ kind: 'draft', items: [await boxItemOf(JSON.stringify(copy), head)], ...changes })
}
