// Opening what the tablets sent. Each box is taken in whole or set aside whole, with a reason, and the others go on.
// Nothing is ever overwritten: what was taken in first stays; a different state of the same revision is a conflict, kept
// beside it. No Node built-in is used here or below: the same core runs in a page.

import { BatchError, type BatchReason } from '../src/batch/batch.ts'
import { openBox, type Box, type BoxItem } from '../src/batch/box.ts'
import type { NamedBox } from '../src/batch/resealed.ts'
import { currentRevisions } from '../src/export/current.ts'
import type { CaseRecord } from '../src/record/case-record.ts'
import { parseCodeChange, type CodeChange } from '../src/record/change-by-code.ts'
import { RecordError } from '../src/record/record-error.ts'
import { fromHex } from '../src/seal/base64url.ts'
import { sameBytes, type Bytes } from '../src/seal/bytes.ts'
import { emptyChain, sha256Hex, sha256HexOf } from '../src/seal/digest.ts'
import { fingerprintWords } from '../src/seal/words.ts'
import { applyChange, type Application } from './apply-change.ts'
import { checkChains, type ChainFork, type ChainLink, type Gap } from './chains.ts'
import { draftsThatCount, type OpenedDraft } from './drafts.ts'
import { nothingKnown, type Known, type KnownKey, type KnownRevision } from './known.ts'
import { readDraft, type DraftReason } from './read-draft.ts'
import { readRevision, type RevisionRead, type RevisionReason } from './read-revision.ts'

export interface ArrivedBox {
  readonly bytes: Bytes
  /** Its name, where its bytes were sealed anew since; else the name is their digest. */
  readonly id?: string
  /** The device whose token brought it, if a receiver said so. */
  readonly from?: string
}

/** Why a box was set aside: as it travels, as a record, or because of whose it is. */
const keyReasons = ['key-of-another-device', 'not-from-its-device', 'key-not-approved', 'another-name'] as const
export type QuarantineReason = BatchReason | RevisionReason | DraftReason | 'not-a-change' | (typeof keyReasons)[number]

interface QuarantinedBox {
  readonly boxId: string
  readonly reason: QuarantineReason
  readonly size: number
  /** The device named inside, else the one that brought it; absent where neither is known. */
  readonly deviceId?: string
  /** Ids of the codebook's rules that speak against its record. */
  readonly rules?: readonly string[]
  readonly isUnproven?: true
}

interface OpenedBox {
  readonly boxId: string
  readonly deviceId: string
  readonly seq: number
  readonly size: number
  /**
   * It was sealed anew, and nothing known from before says that its name is its own: what is in it is signed and taken in,
   * but no tablet may be told that the box of this name is here.
   */
  readonly isUnproven?: true
}

/** Where the log of what was done stood when an account sealed its newest box here (security.md, section 13). */
export interface LogEnd {
  readonly key: string
  readonly deviceId: string
  readonly seq: number
  /** Six, by which "What was done" on the tablet finds the place. */
  readonly words: readonly string[]
}

interface OpenedRevision {
  readonly record: CaseRecord
  /** The exact bytes that were finished, as text; `sha256` is their digest. */
  readonly text: string
  readonly sha256: string
  readonly boxId: string
  readonly deviceId: string
}

/** A change by case code, and what became of it. */
export interface OpenedChange extends OpenedBox {
  readonly change: CodeChange
  readonly outcome: Application
}

/** A revision that goes on from another state than the one that was taken in. */
interface RevisionFork {
  readonly caseId: string
  readonly code: string
  readonly revision: number
}

export interface Opened {
  /** Revisions taken in now, in the order of the boxes. */
  readonly records: readonly OpenedRevision[]
  /** Revisions that claim a place that another state already has: kept, never put in its place. */
  readonly conflicts: readonly OpenedRevision[]
  /** Revisions that are here already, to the byte. */
  readonly duplicates: readonly KnownRevision[]
  /** Boxes with finished revisions that were taken in, those with nothing new in them included. */
  readonly imported: readonly OpenedBox[]
  readonly tests: readonly OpenedBox[]
  /** Safety copies of drafts: never counted, never exported. */
  readonly drafts: readonly OpenedBox[]
  /** Of each case the newest draft, where nothing that arrived since makes it void. */
  readonly safe: readonly OpenedDraft[]
  /** In the order in which they were said. A box with several stands here several times. */
  readonly changes: readonly OpenedChange[]
  /** Revisions that the desk made of applied changes; with `records`, what tables are made of. */
  readonly applied: readonly CaseRecord[]
  readonly quarantined: readonly QuarantinedBox[]
  readonly newKeys: readonly KnownKey[]
  readonly gaps: readonly Gap[]
  readonly forks: readonly RevisionFork[]
  readonly chainForks: readonly ChainFork[]
  /** Of each account that has sent anything from a log that was not empty. */
  readonly logEnds: readonly LogEnd[]
  /** What is known from now on. */
  readonly known: Known
}

export interface OpenOptions {
  /** With it, of the keys that were never seen only these are taken; boxes of the others are held. */
  readonly approved?: ReadonlySet<string>
}

/**
 * Opens boxes in the order given: age, layout, signature, whose key it is, strict shape, then doubles by case and
 * revision. All or nothing for each box. The chain of each device is checked over everything known; a gap is reported
 * and sets nothing aside, since boxes may come in any order.
 * @param identities age identities, all that may open
 */
export async function openBoxes(
  boxes: readonly ArrivedBox[],
  identities: readonly string[],
  known: Known = nothingKnown,
  options: OpenOptions = {},
): Promise<Opened> {
  const desk = new OpeningDesk(known, options)
  for (const box of boxes) await desk.take(box, identities)
  return await desk.result()
}

class OpeningDesk {
  readonly #options: OpenOptions
  readonly #keys: Map<string, KnownKey>
  readonly #revisions: Map<string, KnownRevision>
  readonly #chain: Map<string, ChainLink>
  readonly #newKeys: KnownKey[] = []
  readonly #records: OpenedRevision[] = []
  readonly #conflicts: OpenedRevision[] = []
  readonly #duplicates: KnownRevision[] = []
  readonly #forks: RevisionFork[] = []
  readonly #quarantined: QuarantinedBox[] = []
  readonly #opened: Record<Box['kind'], OpenedBox[]> = { record: [], draft: [], change: [], test: [] }
  readonly #changes: ReadChange[] = []
  readonly #drafts: OpenedDraft[] = []
  readonly #newest = new Map<string, Box>()
  readonly #seen = new Set<string>()

  constructor(known: Known, options: OpenOptions) {
    this.#options = options
    this.#keys = new Map(known.keys.map((key) => [key.key, key]))
    this.#revisions = new Map(known.revisions.map((one) => [placeOf(one), one]))
    this.#chain = new Map(known.chain.map((link) => [link.boxId, link]))
  }

  async take({ bytes, id, from }: ArrivedBox, identities: readonly string[]): Promise<void> {
    const boxId = id ?? (await sha256Hex(bytes))
    if (this.#seen.has(boxId)) return
    this.#seen.add(boxId)
    let size = bytes.length
    const link = this.#chain.get(boxId)
    const proof = id !== undefined && link === undefined ? { isUnproven: true as const } : {}
    const setAside = (reason: QuarantineReason, deviceId = from, rules: readonly string[] = []) => {
      const known = { ...(deviceId !== undefined && { deviceId }), ...(rules.length > 0 && { rules }), ...proof }
      this.#quarantined.push({ boxId, reason, size, ...known })
    }

    const opened = await openOrReason(bytes, identities)
    if (typeof opened === 'string') return setAside(opened)
    const { box } = opened
    if (opened.boxId !== boxId || (id !== undefined && link && !isAt(link, box))) return setAside('another-name')
    size = opened.size
    const stranger = this.#strangerReason(box, from)
    if (stranger) return setAside(stranger, box.deviceId)
    const revisions = box.kind === 'record' ? readAll(box, boxId) : []
    if ('reason' in revisions) return setAside(revisions.reason, box.deviceId, revisions.rules)
    const changes = box.kind === 'change' ? readChanges(box) : []
    if (typeof changes === 'string') return setAside(changes, box.deviceId)
    const drafts = box.kind === 'draft' ? readDrafts(box) : []
    if (typeof drafts === 'string') return setAside(drafts, box.deviceId)

    this.#remember(box, boxId)
    const taken = { boxId, deviceId: box.deviceId, seq: box.seq, size, ...proof }
    this.#opened[box.kind].push(taken)
    for (const revision of revisions) this.#takeRevision(revision)
    for (const draft of drafts) this.#drafts.push({ ...taken, ...draft })
    for (const { id, change } of changes) this.#changes.push({ box: taken, id, change })
  }

  async result(): Promise<Opened> {
    const { gaps, forks: chainForks } = checkChains([...this.#chain.values()])
    const records = this.#records.map(({ record }) => record)
    const { changes, applied } = await applyChanges(records, this.#changes)
    return {
      records: this.#records,
      conflicts: this.#conflicts,
      duplicates: this.#duplicates,
      imported: this.#opened.record,
      tests: this.#opened.test,
      drafts: this.#opened.draft,
      safe: draftsThatCount(this.#drafts, this.#beside()),
      changes,
      applied,
      quarantined: this.#quarantined,
      newKeys: this.#newKeys,
      gaps,
      forks: this.#forks,
      chainForks,
      logEnds: await logEndsOf([...this.#newest.values()]),
      known: {
        keys: [...this.#keys.values()],
        revisions: [...this.#revisions.values()],
        chain: [...this.#chain.values()],
      },
    }
  }

  /** Consent that was withdrawn by code holds for drafts whether or not the change could be applied. */
  #beside(): Parameters<typeof draftsThatCount>[1] {
    const highest = new Map<string, number>()
    for (const { caseId, revision } of this.#revisions.values())
      highest.set(caseId, Math.max(revision, highest.get(caseId) ?? 0))
    const codes = this.#changes.flatMap(({ change: { code, says } }) => (says.kind === 'consent' ? [code] : []))
    return { finished: (caseId) => highest.get(caseId) ?? 0, withdrawn: new Set(codes) }
  }

  /** A key belongs to one device. A key never seen is taken only from the device that it names. */
  #strangerReason({ key, deviceId }: Box, from: string | undefined): QuarantineReason | undefined {
    const owner = this.#keys.get(key)
    if (owner) return owner.deviceId === deviceId ? undefined : 'key-of-another-device'
    if (from !== undefined && from !== deviceId) return 'not-from-its-device'
    return this.#options.approved?.has(key) === false ? 'key-not-approved' : undefined
  }

  #remember(box: Box, boxId: string): void {
    const { kind, key, deviceId, seq, prevBoxId, replaces } = box
    // A test has the number of the box that will come after it: it may be tried often, and nobody misses it. What it
    // names as the end of the log may still be rewritten.
    if (kind !== 'test') {
      this.#chain.set(boxId, { deviceId, boxId, seq, prevBoxId, replaces })
      if (seq > (this.#newest.get(key)?.seq ?? 0)) this.#newest.set(key, box)
    }
    if (this.#keys.has(key)) return
    this.#keys.set(key, { key, deviceId, boxId })
    this.#newKeys.push({ key, deviceId, boxId })
  }

  #takeRevision(one: OpenedRevision): void {
    const { caseId, code, revision, previous } = one.record
    const mine: KnownRevision = { caseId, revision, sha256: one.sha256, boxId: one.boxId }
    const here = this.#revisions.get(placeOf(mine))
    if (here) {
      if (here.sha256 === one.sha256) this.#duplicates.push(mine)
      else this.#conflicts.push(one)
      return
    }
    const before = this.#revisions.get(placeOf({ caseId, revision: revision - 1 }))
    if (before && before.sha256 !== previous) this.#forks.push({ caseId, code, revision })
    this.#revisions.set(placeOf(mine), mine)
    this.#records.push(one)
  }
}

async function logEndsOf(boxes: readonly Box[]): Promise<LogEnd[]> {
  const kept = boxes.filter(({ auditHead }) => !sameBytes(fromHex(auditHead), emptyChain))
  return await Promise.all(
    kept.map(async ({ key, deviceId, seq, auditHead }) => ({
      key,
      deviceId,
      seq,
      words: await fingerprintWords(fromHex(auditHead)),
    })),
  )
}

interface ReadChange {
  readonly box: OpenedBox
  /** Of the change itself; one that was sealed again in another box is applied once. */
  readonly id: string
  readonly change: CodeChange
}

/** In the order in which they were said, each to what the ones before made of its case. */
async function applyChanges(
  records: readonly CaseRecord[],
  read: readonly ReadChange[],
): Promise<Pick<Opened, 'changes' | 'applied'>> {
  const current = [...currentRevisions(records).records]
  const applied: CaseRecord[] = []
  const outcomes = new Map<string, Application>()
  const changes: OpenedChange[] = []
  for (const { box, id, change } of read.toSorted((a, b) => Date.parse(a.change.at) - Date.parse(b.change.at))) {
    const outcome = outcomes.get(id) ?? (await applyTo(current, change))
    outcomes.set(id, outcome)
    changes.push({ ...box, change, outcome })
    if (outcome.status === 'asks' || current.includes(outcome.record)) continue
    current[current.findIndex(({ caseId }) => caseId === outcome.record.caseId)] = outcome.record
    applied.push(outcome.record)
  }
  return { changes, applied }
}

/** A case code is for people, never an id: two cases may have the same. */
async function applyTo(current: readonly CaseRecord[], change: CodeChange): Promise<Application> {
  const [record, ...others] = current.filter(({ code }) => code === change.code)
  if (record === undefined) return { status: 'asks', reason: 'no-such-case' }
  if (others.length > 0) return { status: 'asks', reason: 'several-cases' }
  return applyChange(record, change, await sha256HexOf(JSON.stringify(record)))
}

/** Whether a box has the place in its device's chain that the box of this name had. */
const isAt = (link: ChainLink, { deviceId, seq, prevBoxId }: Box): boolean =>
  link.deviceId === deviceId && link.seq === seq && link.prevBoxId === prevBoxId

const placeOf = ({ caseId, revision }: Pick<KnownRevision, 'caseId' | 'revision'>) => `${caseId} ${revision}`

async function openOrReason(
  bytes: Bytes,
  identities: readonly string[],
): Promise<({ box: Box } & NamedBox) | BatchReason> {
  try {
    return await openBox(bytes, identities)
  } catch (cause) {
    if (cause instanceof BatchError) return cause.reason
    throw cause
  }
}

function readAll(
  { items, deviceId }: Box,
  boxId: string,
): OpenedRevision[] | Extract<RevisionRead, { reason: string }> {
  const revisions: OpenedRevision[] = []
  for (const item of items) {
    const read = readRevision(item)
    if (read.status === 'not-read') return read
    revisions.push(openedOf(item, read.record, boxId, deviceId))
  }
  return revisions
}

function readChanges({ items }: Box): { id: string; change: CodeChange }[] | 'not-a-change' | 'newer-schema' {
  try {
    return items.map(({ caseId, payload }) => ({ id: caseId, change: parseCodeChange(payload) }))
  } catch (cause) {
    if (!(cause instanceof RecordError)) throw cause
    return cause.reason === 'unknown-schema' ? 'newer-schema' : 'not-a-change'
  }
}

type Said = Pick<OpenedDraft, 'caseId' | 'code' | 'revision' | 'changedAt' | 'copy'>

function readDrafts({ items }: Box): Said[] | DraftReason {
  const drafts: Said[] = []
  for (const item of items) {
    const read = readDraft(item)
    if (typeof read === 'string') return read
    const { copy, draft } = read
    const { caseId, revision } = item
    drafts.push({ caseId, code: draft.code, revision, changedAt: copy.case.body.changedAt, copy })
  }
  return drafts
}

const openedOf = (item: BoxItem, record: CaseRecord, boxId: string, deviceId: string): OpenedRevision => ({
  record,
  text: item.payload,
  sha256: item.sha256,
  boxId,
  deviceId,
})
