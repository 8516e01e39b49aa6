import { copySchema, openCopy } from '../src/batch/copy.ts'
import { parseRevision, type CaseRecord, type CompleteRecord } from '../src/record/case-record.ts'
import { asItStands } from '../src/record/finish.ts'
import { isSame, type Json } from '../src/record/json.ts'
import { RecordError } from '../src/record/record-error.ts'
import { upgradeDraft } from '../src/record/upgrades.ts'
import type { Bytes } from '../src/seal/bytes.ts'
import { sha256HexOf } from '../src/seal/digest.ts'

/** What a tablet's copy holds, for a desk that has no tablet to bring it back on. */
export interface ReadCopy {
  readonly deviceId: string
  /** When it was made. */
  readonly at: string
  readonly cases: number
  /** Every finished revision that can be read, of each case oldest first. */
  readonly records: readonly CaseRecord[]
  /** Cases that were never finished, or changed since, as they stood when the copy was made. Never sent, never counted. */
  readonly unfinished: readonly CompleteRecord[]
  /** Revisions and drafts that cannot be read. */
  readonly damaged: number
}

/**
 * Opens a copy with any of the age identities: the words of the tablet's own key for the drawer, or a key of the
 * organisation. Throws SealError and BatchError as `openCopy` does.
 */
export async function readCopy(bytes: Bytes, identities: readonly string[]): Promise<ReadCopy> {
  const { deviceId, at, cases } = await openCopy(identities, bytes, copySchema)
  const read = await Promise.all(cases.map(async ({ case: one }) => await readCase(one, at)))
  return {
    deviceId,
    at,
    cases: cases.length,
    records: read.flatMap(({ records }) => records),
    unfinished: read.flatMap(({ unfinished }) => unfinished ?? []),
    damaged: read.reduce((sum, { damaged }) => sum + damaged, 0),
  }
}

interface Copied {
  readonly body: { readonly draft?: unknown }
  readonly revisions: readonly { readonly text: string }[]
}

async function readCase({ body, revisions }: Copied, at: string) {
  const texts = revisions.map(({ text }) => ({ text, record: orNothing(() => parseRevision(text)) }))
  const whole = texts.flatMap(({ text, record }) => (record ? [{ text, record }] : []))
  whole.sort((one, other) => one.record.revision - other.record.revision)
  const last = whole.at(-1)
  const draft = orNothing(() => upgradeDraft(body.draft))
  const state = draft && {
    now: at,
    revision: (last?.record.revision ?? 0) + 1,
    previous: last ? await sha256HexOf(last.text) : null,
  }
  const stands = draft && state && asItStands(draft, state)
  return {
    records: whole.map(({ record }) => record),
    unfinished: stands && !isFinished(stands, last?.record) ? stands : undefined,
    damaged: texts.length - whole.length + (draft ? 0 : 1),
  }
}

/** Whether the newest revision says what the draft says. After a case was withdrawn there is nothing to go on with. */
function isFinished(draft: CompleteRecord, last: CaseRecord | undefined): boolean {
  if (last === undefined) return false
  if (last.state === 'withdrawn') return true
  const said = ({ event, reportingEntity, victims, perpetrators, links }: CompleteRecord) => [
    event,
    reportingEntity,
    victims,
    perpetrators,
    links,
  ]
  return isSame(said(draft) as unknown as Json, said(last) as unknown as Json)
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof RecordError) return undefined
    throw cause
  }
}
