import { BatchError } from '../batch/batch-error.ts'
import { safetyCopyVersion, type SafetyCopy } from '../batch/safety-copy.ts'
import type { Configuration } from '../batch/configuration.ts'
import type { OutboxRow } from '../database.ts'
import { maySafetyCopy } from '../record/safety.ts'
import { isNextBox, putBox, sealDraft } from './boxing.ts'
import { circleOf, foreignCircles, isStillRow, readCase, sealInto, type ReadCase } from './cases.ts'
import { kindOf } from './circle-kinds.ts'
import { commit, type Change } from './commit.ts'
import { fitsABox } from './fits-a-box.ts'
import { placeOutside, type Body, type Sum } from './payload.ts'
import { isRevoked } from './replacing.ts'
import { ciphertextHash, openSum } from './rows.ts'
import { keyName, type Session } from './session.ts'
import { settingsNow, type Settings } from './settings.ts'
import { isStillThere, supersededBy, type Superseded } from './superseded.ts'
import { digestOf } from './summary.ts'
import { exactNow } from './tools.ts'
import { VaultError } from './vault-error.ts'

type Copied = 'boxed' | 'taken-back' | 'nothing'
type Verified = Extract<Settings, { status: 'verified' }>

/**
 * Boxes a draft as its safety copy, if it changed since the last one, none was made today and nobody in it said no; the
 * newer copy takes the place of the older in the outbox. Where there may be none any more, one that was never tried is
 * taken back. `rev` stays, as with a receipt. What cannot be done now is left for the next time.
 */
export async function copyDraft(session: Session, id: string): Promise<Copied> {
  try {
    const done = await commit<Copied>(
      session,
      async (head) => {
        const read = await readCase(session, id)
        const settings = await settingsNow(session)
        if (settings.status !== 'verified') return { stop: 'nothing' }
        const before = await supersededBy(session, read.body)
        if (!isAllowed(read, settings.configuration)) return takeBack(session, read, before)
        if (!(await isDue(session, read, settings.configuration, before.row))) return { stop: 'nothing' }
        const item = itemOf(session, read)
        if (!fitsABox(item.payload)) return { stop: 'nothing' }
        const boxed = await sealDraft(session, settings, head, { item, replaces: before.replaces })
        const safety = {
          at: exactNow(session.tools.clock),
          of: read.body.changedAt,
          sha256: await digestOf(read.draft),
          box: { id: boxed.row.boxId, size: boxed.row.size },
          ...(await arrivedBefore(session, read.body)),
        }
        return marked(session, read, safety, {
          result: 'boxed',
          before,
          settings,
          also: () => putBox(session, boxed),
        })
      },
      circleOf(session, id),
    )
    return typeof done === 'string' ? done : 'nothing'
  } catch (error) {
    // The case is gone, does not open, is written in again and again, or is larger than a box may be.
    if (error instanceof VaultError || error instanceof BatchError) return 'nothing'
    throw error
  }
}

/** All drafts of the account that were left without a copy of what they say. Gives how many boxes were made. */
export async function copyDrafts(session: Session): Promise<number> {
  const settings = await settingsNow(session)
  if (settings.status !== 'verified') return 0
  const { outbox, records } = session.tools.database
  const waiting = await outbox.where('[state+cases]').equals(['waiting', 0]).toArray()
  const all = waiting.some((row) => isRevoked(row, settings.configuration) || !settings.configuration.safetyCopies)
  if (!all && !settings.configuration.safetyCopies) return 0
  const foreign = await foreignCircles(session)
  let boxed = 0
  for (const row of await records.toArray()) {
    if (foreign.has(keyName(row.circleId, row.epoch))) continue
    const sum = await openSum(session, row).catch(() => undefined)
    if (sum && (all || mayBeDue(sum)) && (await copyDraft(session, row.id)) === 'boxed') boxed += 1
  }
  return boxed
}

/** Codes of those among these cases of which there is no safety copy as they are now, because no box could hold it. */
export async function tooLongToCopy(session: Session, ids: readonly string[]): Promise<string[]> {
  const settings = await settingsNow(session)
  if (settings.status !== 'verified') return []
  const { configuration } = settings
  const codes: string[] = []
  for (const id of ids) {
    const read = await readCase(session, id).catch(() => undefined)
    if (!read || !isAllowed(read, configuration) || fitsABox(itemOf(session, read).payload)) continue
    if ((await digestOf(read.draft)) !== read.body.asFinished) codes.push(read.draft.code)
  }
  return codes
}

/** See the api. A copy leaves the outbox when its receipt was verified, or for the next box of its case alone. */
export async function lastSafetyCopy(session: Session): Promise<string | undefined> {
  const { records } = session.tools.database
  const foreign = await foreignCircles(session)
  const rows = (await records.toArray()).filter(({ circleId, epoch }) => !foreign.has(keyName(circleId, epoch)))
  const sums = await Promise.all(
    rows.map(async (row) => ({ id: row.id, sum: await openSum(session, row).catch(() => undefined) })),
  )
  const made = sums.flatMap(({ id, sum }) => (sum?.safeAt === undefined ? [] : [{ id, at: sum.safeAt }]))
  let last: string | undefined
  for (const { id, at } of made.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))) {
    // As a rule the first one has arrived: few cases are opened.
    if (last !== undefined && Date.parse(last) >= Date.parse(at)) break
    const read = await readCase(session, id).catch(() => undefined)
    const { arrived } = read ? await arrivedBefore(session, read.body) : {}
    if (arrived !== undefined && (last === undefined || Date.parse(arrived) > Date.parse(last))) last = arrived
  }
  return last
}

async function arrivedBefore(session: Session, { safety }: Body): Promise<{ readonly arrived?: string }> {
  const { at, box, arrived } = safety ?? {}
  const gone = box !== undefined && !(await session.tools.database.outbox.get(box.id))
  if (gone && at !== undefined) return { arrived: at }
  return arrived === undefined ? {} : { arrived }
}

/** As far as the summary can tell, so that few cases are opened for it. */
const mayBeDue = ({ last, changed, copyOf, withdrawn, safe, changedAt }: Sum): boolean =>
  copyOf === undefined && withdrawn === undefined && (!last || changed) && safe !== changedAt

const isAllowed = ({ body, draft }: ReadCase, { safetyCopies }: Configuration): boolean =>
  safetyCopies && body.copyOf === undefined && body.withdrawn === undefined && maySafetyCopy(draft)

async function isDue(
  session: Session,
  { row, body, draft }: ReadCase,
  configuration: Configuration,
  waiting: OutboxRow | undefined,
): Promise<boolean> {
  const digest = await digestOf(draft)
  // At its first save a case says no more than that it was begun.
  if (row.rev === 1 || digest === body.asFinished) return false
  if (waiting?.state === 'waiting' && isRevoked(waiting, configuration)) return true
  const { sha256, at } = body.safety ?? {}
  if (digest === sha256) return false
  return sha256 === undefined || dayOf(at ?? '') !== dayOf(exactNow(session.tools.clock))
}

const dayOf = (moment: string): string => moment.slice(0, 10)

function itemOf(session: Session, { row, body, draft }: ReadCase) {
  const { aside: _, safety: __, copyOf: ___, withdrawn: ____, finished, ...kept } = body
  const copy: SafetyCopy = {
    circle: kindOf(session, row.circleId),
    case: {
      v: 1,
      id: row.id,
      from: session.accountId,
      rev: row.rev,
      body: {
        ...kept,
        ...placeOutside(body),
        draft,
        finished: finished.map(({ revision, row: name, sha256, at, state }) => ({
          revision,
          row: name,
          sha256,
          at,
          state,
        })),
      },
      revisions: [],
    },
  }
  const last = finished.at(-1)
  return {
    caseId: draft.caseId,
    revision: (last?.revision ?? 0) + 1,
    previous: last?.sha256 ?? null,
    schema: safetyCopyVersion,
    payload: JSON.stringify(copy),
  }
}

/** Nothing of what may not be copied stays on its way, where that can still be said. */
async function takeBack(
  session: Session,
  read: ReadCase,
  before: Superseded,
): Promise<Change<Copied> | { readonly stop: Copied }> {
  const { row } = before
  if (row?.state !== 'waiting' || row.attempts > 0 || !read.body.safety) return { stop: 'nothing' }
  const { at, of } = read.body.safety
  const arrived = await arrivedBefore(session, read.body)
  return marked(session, read, { at, of, gone: before.replaces, ...arrived }, { result: 'taken-back', before })
}

interface Marking {
  readonly result: Copied
  readonly before: Superseded
  readonly settings?: Verified
  /** What else is written in the transaction. */
  readonly also?: () => PromiseLike<unknown>
}

async function marked(
  session: Session,
  read: ReadCase,
  safety: NonNullable<Body['safety']>,
  { result, before, settings, also }: Marking,
): Promise<Change<Copied>> {
  const { outbox, records } = session.tools.database
  const row = await sealInto(session, read, read.row.rev, read.draft, { ...read.body, safety })
  return {
    result,
    event: { action: 'box', target: row.id, rev: row.rev, ctHash: await ciphertextHash(row) },
    encryptions: 2,
    guard: async () =>
      (await isStillRow(session, read)) &&
      (await isStillThere(session, before)) &&
      (settings === undefined || (await isNextBox(session, settings.device))),
    async write() {
      await records.put(row)
      if (before.row) await outbox.delete(before.row.boxId)
      await also?.()
    },
  }
}
