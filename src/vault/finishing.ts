import { BatchError } from '../batch/batch-error.ts'
import { itemLimit } from '../batch/protocol.ts'
import type { Codebook } from '../codebook/codebook.ts'
import type { RevisionRow } from '../database.ts'
import { draftOf } from '../record/amend.ts'
import { parseRevision, type CaseRecord, type CompleteRecord } from '../record/case-record.ts'
import type { Draft } from '../record/draft.ts'
import { finish, withdraw, type FinishOptions } from '../record/finish.ts'
import { newId } from '../record/ids.ts'
import { momentNow } from '../record/moment.ts'
import { isPresent } from '../record/units.ts'
import { upgradeDraft } from '../record/upgrades.ts'
import { sha256HexOf } from '../seal/digest.ts'
import type { Finished, WithdrawalWish, Withdrawn } from './api.ts'
import { askedOf } from './asked.ts'
import { isNextBox, putBox, sealBox, type Boxed } from './boxing.ts'
import { circleOf, foreignCircles, isStillRow, readCase, sealInto, type ReadCase } from './cases.ts'
import { commit, type Change } from './commit.ts'
import { fitsABox } from './fits-a-box.ts'
import type { AuditAction, Body, FinishedEntry } from './payload.ts'
import { ciphertextHash, openRevision, openSum, sealRevision } from './rows.ts'
import { circleKey, keyName, type Session } from './session.ts'
import { settingsNow, type Settings } from './settings.ts'
import { isStillThere, supersededBy, type Superseded } from './superseded.ts'
import { digestOf } from './summary.ts'
import { exactNow } from './tools.ts'
import { VaultError } from './vault-error.ts'

/** A device without an organisation, or one whose configuration this account vouches for. */
type Settled = Exclude<Settings, { status: 'changed' }>

/**
 * Makes the kept draft into its next revision. Record, revision, log, and with an organisation the sealed box and the
 * device's chain, change in one transaction or not at all; where another tab sealed a box in between, it is sealed again.
 */
export const finishCase = (session: Session, id: string, rev: number): Promise<Finished> =>
  revise(session, id, rev, { action: 'finish', make: finish })

/** The case as a whole becomes a tombstone, which travels like any revision; what was sent before is erased here. */
export async function withdrawCase(
  session: Session,
  id: string,
  rev: number,
  { reason, mergedInto: code }: WithdrawalWish,
): Promise<Withdrawn> {
  const mergedInto = reason === 'duplicate' ? await caseIdOf(session, code ?? '', id) : undefined
  if (reason === 'duplicate' && mergedInto === undefined) return { status: 'no-such-case' }
  return revise(session, id, rev, {
    action: 'withdraw',
    make: (draft, options) => withdraw(draft, { ...options, reason, ...(mergedInto !== undefined && { mergedInto }) }),
  })
}

/** The caseId of another case of this tablet, by its code. */
async function caseIdOf(session: Session, code: string, than: string): Promise<string | undefined> {
  const rows = await session.tools.database.records.toArray()
  for (const row of rows.filter(({ id }) => id !== than)) {
    const sum = await openSum(session, row).catch(() => undefined)
    if (sum?.code !== code || sum.copyOf !== undefined) continue
    return (await readCase(session, row.id)).draft.caseId
  }
  return undefined
}

interface Revising {
  readonly action: AuditAction
  readonly make: (draft: Draft, options: FinishOptions) => ReturnType<typeof finish>
}

function revise(session: Session, id: string, rev: number, { action, make }: Revising): Promise<Finished> {
  return commit<Finished>(
    session,
    async (head) => {
      const read = await readCase(session, id)
      if (read.body.copyOf !== undefined) return { stop: { status: 'is-copy', of: read.body.copyOf } }
      if (read.row.rev !== rev) return { stop: { status: 'changed' } }
      if (read.body.withdrawn !== undefined) return { stop: { status: 'withdrawn' } }
      const settings = await settingsNow(session)
      if (settings.status === 'changed') return { stop: { status: 'settings-changed' } }
      const last = read.body.finished.at(-1)
      const now = momentNow(session.tools.clock.now())
      const revision = (last?.revision ?? 0) + 1
      const outcome = make(read.draft, { now, revision, previous: last?.sha256 ?? null })
      if (outcome.status === 'blocked') return { stop: outcome }
      if (!fitsABox(outcome.text)) return { stop: { status: 'too-large' } }
      const copy = await supersededBy(session, read.body)
      const boxed =
        settings.status === 'none' ? undefined : await sealBox(session, settings, head, [outcome.text], copy.replaces)
      const entry = await finishedEntry(outcome.text, revision, now, boxed)
      const draft = nextDraft(outcome.record, read.draft, await askedOf(session))
      const finished = [...read.body.finished, entry]
      const { aside, safety: _, ...kept } = read.body
      const withdrawn =
        outcome.record.state === 'withdrawn' ? { withdrawn: outcome.record.reason } : { ...(aside && { aside }) }
      const body: Body = {
        ...kept,
        ...withdrawn,
        draft,
        changedAt: exactNow(session.tools.clock),
        finished,
        asFinished: await digestOf(draft),
      }
      return change(session, read, settings, {
        draft,
        body,
        boxed,
        ...(boxed && { copy }),
        action,
        rev: rev + 1,
        revision: await sealRevision(circleKey(session, read.row.circleId), entry.row, outcome.text),
        erased: saysLess(outcome.record) ? read.body.finished.map(({ row }) => row) : [],
        result: { status: 'finished', rev: rev + 1, revision, state: boxed ? 'ready' : 'tablet-only' },
      })
    },
    circleOf(session, id),
  )
}

async function finishedEntry(
  text: string,
  revision: number,
  at: string,
  boxed: Boxed | undefined,
): Promise<FinishedEntry> {
  const entry = { revision, row: newId(), sha256: await sha256HexOf(text), at }
  return boxed ? { ...entry, state: 'ready', box: boxOf(boxed) } : { ...entry, state: 'tablet-only' }
}

const boxOf = ({ row }: Boxed) => ({ id: row.boxId, size: row.size })

// What somebody withdrew must not stay readable in an earlier revision: codebook, record keeping.
const saysLess = (record: CaseRecord): boolean =>
  record.state === 'withdrawn' || !record.victims.every((victim) => isPresent(victim))

function nextDraft(record: CaseRecord, { kept, ...draft }: Draft, asked: Codebook): Draft {
  // As it will be read again, so that it is compared with itself.
  if (record.state === 'complete') return upgradeDraft({ ...draftOf(record), ...stillKept(kept, record) }, asked)
  const nothing = { perpetrators: [], links: [], history: [], confirmed: [] }
  const victims = draft.victims.filter((victim) => !isPresent(victim))
  return { ...draft, event: { answers: {} }, reportingEntity: { answers: {} }, victims, ...nothing }
}

function stillKept(kept: Draft['kept'] = [], { victims }: CompleteRecord): Pick<Draft, 'kept'> {
  const gone = victims.filter((victim) => !isPresent(victim)).map(({ id }) => id)
  const still = kept.filter(({ at }) => !gone.some((id) => at.split('/').includes(id)))
  return still.length === 0 ? {} : { kept: still }
}

interface Wish<T> {
  readonly draft: Draft
  readonly body: Body
  readonly boxed: Boxed | undefined
  /** The safety copy whose place the box takes. */
  readonly copy?: Superseded
  readonly action: AuditAction
  readonly rev: number
  readonly revision?: RevisionRow
  /** Rows of earlier revisions that must go. */
  readonly erased?: readonly string[]
  readonly result: T
}

async function change<T>(session: Session, read: ReadCase, { device }: Settled, wish: Wish<T>): Promise<Change<T>> {
  const { outbox, records, revisions } = session.tools.database
  const { draft, body, boxed, copy, action, rev, revision, erased = [], result } = wish
  const row = await sealInto(session, read, rev, draft, body)
  return {
    result,
    event: { action, target: row.id, rev, ctHash: await ciphertextHash(row) },
    encryptions: revision ? 3 : 2,
    guard: async () =>
      (await isStillRow(session, read)) &&
      (await isNextBox(session, device)) &&
      (!copy || (await isStillThere(session, copy))),
    async write() {
      await records.put(row)
      await revisions.bulkDelete([...erased])
      if (revision) await revisions.add(revision)
      if (copy?.row) await outbox.delete(copy.row.boxId)
      if (boxed) await putBox(session, boxed)
    },
  }
}

/**
 * After an organisation was set up: boxes what was finished before, as many revisions of a case in one box as fit. Gives how
 * many revisions; one that cannot be boxed now is left for the next time.
 */
export async function boxTabletOnly(session: Session): Promise<number> {
  const rows = await session.tools.database.records.toArray()
  let revisions = 0
  for (const row of rows) {
    const pending = await openSum(session, row).then(
      ({ last }) => last?.state === 'tablet-only',
      () => false,
    )
    if (pending) revisions += await boxRevisions(session, row.id)
  }
  return revisions
}

async function boxRevisions(session: Session, id: string): Promise<number> {
  let [revisions, most] = [0, itemLimit]
  for (;;) {
    const boxed = await boxSome(session, id, most)
    if (typeof boxed === 'number') revisions += boxed
    else if (boxed === 'too-large' && most > 1) most >>= 1
    else return revisions
  }
}

/** Gives how many revisions are in the box. */
async function boxSome(session: Session, id: string, most: number): Promise<number | 'left' | 'too-large'> {
  try {
    const done = await commit<number | 'left'>(
      session,
      async (head) => {
        const read = await readCase(session, id)
        const settings = await settingsNow(session)
        if (settings.status !== 'verified') return { stop: 'left' }
        const waiting = (await notBoxed(session, read)).slice(0, most)
        if (waiting.length === 0) return { stop: 'left' }
        const texts = await Promise.all(waiting.map((entry) => openRevision(session, entry)))
        const boxed = await sealBox(session, settings, head, texts)
        const finished = read.body.finished.map((entry): FinishedEntry =>
          waiting.includes(entry) ? { ...entry, state: 'ready', box: boxOf(boxed) } : entry,
        )
        return change(session, read, settings, {
          draft: read.draft,
          body: { ...read.body, finished },
          boxed,
          action: 'box',
          rev: read.row.rev,
          result: waiting.length,
        })
      },
      circleOf(session, id),
    )
    return typeof done === 'object' ? 'left' : done
  } catch (error) {
    if (error instanceof BatchError && error.reason === 'too-large') return 'too-large'
    // It does not open, or somebody writes in it again and again.
    if (error instanceof VaultError) return 'left'
    throw error
  }
}

// Rows that a withdrawal erased are not sent any more.
async function notBoxed(session: Session, { body }: ReadCase): Promise<FinishedEntry[]> {
  const entries = body.finished.filter(({ state }) => state === 'tablet-only')
  const rows = await session.tools.database.revisions.bulkGet(entries.map(({ row }) => row))
  return entries.filter((_, at) => rows[at] !== undefined)
}

/** The newest finished revision of each case, and how many cases could not be read. */
export async function newestRevisions(session: Session): Promise<{ records: CaseRecord[]; unreadable: number }> {
  const foreign = await foreignCircles(session)
  const rows = await session.tools.database.records.toArray()
  const records: CaseRecord[] = []
  let unreadable = 0
  for (const row of rows.filter(({ circleId, epoch }) => !foreign.has(keyName(circleId, epoch)))) {
    try {
      const { last } = await openSum(session, row)
      if (last) records.push(parseRevision(await openRevision(session, last)))
    } catch {
      unreadable++
    }
  }
  return { records, unreadable }
}
