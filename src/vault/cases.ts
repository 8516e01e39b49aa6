import * as z from 'zod/mini'
import type { Codebook } from '../codebook/codebook.ts'
import type { RecordRow } from '../database.ts'
import { parseRevision } from '../record/case-record.ts'
import { possibleDouble } from '../record/doubles.ts'
import { draftSchema, newDraft, type Draft } from '../record/draft.ts'
import { newId } from '../record/ids.ts'
import { isSame, type JsonObject } from '../record/json.ts'
import { momentNow } from '../record/moment.ts'
import { RecordError } from '../record/record-error.ts'
import { upgradeDraft } from '../record/upgrades.ts'
import { sameBytes } from '../seal/bytes.ts'
import type { CaseAside, CaseList, CasePlace, Closed, NotSaved, OpenCase, PossibleDouble, Saved } from './api.ts'
import { askedOf } from './asked.ts'
import { kindOf } from './circle-kinds.ts'
import { commit } from './commit.ts'
import { mayNotFitABox } from './fits-a-box.ts'
import { asideSchema, doubleKeySchema, placeSchema, type Body, type FinishedEntry, type Sum } from './payload.ts'
import { ciphertextHash, openBody, openRevision, openSum, sealRecord } from './rows.ts'
import { circleKey, epochsOf, homeKey, keyName, type CircleKey, type Session } from './session.ts'
import { organisationOf } from './settings.ts'
import { digestOf, stateOf, summaryOf, sumOf } from './summary.ts'
import { exactNow } from './tools.ts'
import { VaultError } from './vault-error.ts'

/**
 * What the account can open, newest change first, and how many rows should open and do not; with it the ids of those so
 * large that a box may not hold them.
 */
export async function listCases(session: Session): Promise<{ readonly list: CaseList; readonly large: string[] }> {
  const { database } = session.tools
  const foreign = await foreignCircles(session)
  const rows = (await database.records.toArray()).filter((row) => !foreign.has(keyName(row.circleId, row.epoch)))
  const read = await Promise.all(rows.map((row) => summaryOrNothing(session, row)))
  const cases = read.filter((summary) => summary !== undefined)
  cases.sort((a, b) => Date.parse(b.changedAt) - Date.parse(a.changedAt))
  const handed = await handedSinceUnlock(session)
  const later = rows.filter((row, at) => !read[at] && handed.has(keyName(row.circleId, row.epoch))).length
  const unreadable = rows.length - cases.length - later + session.handovers.left
  const large = rows.filter((row, at) => read[at] && mayNotFitABox(row.body.length)).map(({ id }) => id)
  return { list: { cases, unreadable, ...(later > 0 && { later }) }, large }
}

/** Circles and epochs whose keys somebody handed over meanwhile: the next unlock takes them. */
async function handedSinceUnlock({ tools, accountId, closedCircles }: Session): Promise<Set<string>> {
  const rows = await tools.database.circles.where('accountId').equals(accountId).toArray()
  const waiting = rows.filter((row) => row.form === 'age').map(nameOf)
  return new Set(waiting.filter((name) => !closedCircles.has(name)))
}

/** See the api. A second version of a case is no double of it. Throws VaultError `bad-input`. */
export async function possibleDoubles(session: Session, id: string, keys: unknown): Promise<PossibleDouble[]> {
  const own = checked(z.array(doubleKeySchema).safeParse(keys))
  const rows = await session.tools.database.records.toArray()
  const sums = await Promise.all(rows.map(async (row) => ({ id: row.id, sum: await sumOrNothing(session, row) })))
  const itself = sums.find((one) => one.id === id)?.sum?.copyOf ?? id
  const found = sums.flatMap(({ id: otherId, sum }) => {
    if (!sum || otherId === id || otherId === itself || sum.copyOf === itself) return []
    const why = possibleDouble(own, sum.doubles ?? [])
    return why ? [{ id: otherId, code: sum.code, why, changedAt: sum.changedAt }] : []
  })
  found.sort((a, b) => Date.parse(b.changedAt) - Date.parse(a.changedAt))
  return found.slice(0, 10).map(({ id: otherId, code, why }) => ({ id: otherId, code, why }))
}

async function sumOrNothing(session: Session, row: RecordRow): Promise<Sum | undefined> {
  try {
    return await openSum(session, row)
  } catch (error) {
    if (error instanceof VaultError) return undefined
    throw error
  }
}

/** Circles and epochs that only other accounts are in: their rows are none of this account's business. */
export async function foreignCircles(session: Session): Promise<Set<string>> {
  const rows = await session.tools.database.circles.toArray()
  const own = new Set(rows.filter((row) => row.accountId === session.accountId).map(nameOf))
  return new Set(rows.map(nameOf).filter((name) => !own.has(name)))
}

const nameOf = (row: { circleId: string; epoch: number }): string => keyName(row.circleId, row.epoch)

async function summaryOrNothing(session: Session, row: RecordRow) {
  const sum = await sumOrNothing(session, row)
  return sum && { ...summaryOf(row.id, sum, await boxRow(session, sum.last)), ...whose(session, row.circleId) }
}

function whose(session: Session, circleId: string): Pick<OpenCase, 'circle' | 'team'> {
  const circle = kindOf(session, circleId)
  return { circle, ...(circle === 'team' && { team: circleId }) }
}

const boxRow = async (session: Session, entry: FinishedEntry | undefined) =>
  entry?.box ? session.tools.database.outbox.get(entry.box.id) : undefined

/** Throws VaultError `quota` or `store` where it cannot be kept. */
export async function newCase(session: Session): Promise<OpenCase> {
  const organisation = await organisationOf(session)
  const { overlay } = await askedOf(session)
  const begun = newDraft({
    now: momentNow(session.tools.clock.now()),
    ...(organisation &&
      organisation.orgCode !== '' && {
        reporting: { orgCode: organisation.orgCode, orgType: organisation.orgType },
      }),
    ...(organisation?.country !== undefined && {
      place: { country: organisation.country, ...(organisation.area !== undefined && { area: organisation.area }) },
    }),
  })
  const draft: Draft = overlay === undefined ? begun : { ...begun, overlay }
  const id = newId()
  const body: Body = { draft, changedAt: exactNow(session.tools.clock), finished: [] }
  const done = await insert(session, id, draft, body, 'new')
  if (done.status === 'not-saved') throw new VaultError(done.reason)
  return shown(session, { id, rev: 1, circleId: session.pins.home.circleId }, draft, body)
}

function insert(
  session: Session,
  id: string,
  draft: Draft,
  body: Body,
  action: 'new' | 'conflict',
  key = homeKey(session),
): Promise<{ status: 'kept' } | NotSaved> {
  const { records } = session.tools.database
  return commit(
    session,
    async () => {
      const row = await sealRecord(key, id, 1, await sumOf(draft, body, session.tools.clock), body)
      return {
        result: { status: 'kept' },
        event: { action, target: id, rev: 1, ctHash: await ciphertextHash(row) },
        encryptions: 2,
        guard: async () => (await records.get(id)) === undefined,
        write: () => records.add(row),
      }
    },
    async () => key.circleId,
  )
}

/** Throws VaultError `not-found`, `cannot-open` or `newer`. */
export async function openCase(session: Session, id: string): Promise<OpenCase> {
  const { row, body, draft } = await readCase(session, id)
  return shown(session, row, draft, body)
}

async function shown(
  session: Session,
  { id, rev, circleId }: Pick<RecordRow, 'id' | 'rev' | 'circleId'>,
  draft: Draft,
  body: Body,
): Promise<OpenCase> {
  const last = body.finished.at(-1)
  return {
    id,
    rev,
    draft,
    ...(body.place && { place: body.place }),
    ...(body.aside && { aside: body.aside }),
    state: stateOf(last, (await boxRow(session, last))?.lastCode),
    code: draft.code,
    changedSinceSent: await isChanged(body, draft),
    changedAt: body.changedAt,
    history: body.finished.map(({ revision, at, state }) => ({ revision, at, state })),
    ...(body.copyOf !== undefined && { copyOf: body.copyOf }),
    ...(body.withdrawn && { withdrawn: body.withdrawn }),
    ...(body.closedAt !== undefined && { closedAt: body.closedAt }),
    ...whose(session, circleId),
    ...(await sentVersion(session, last)),
  }
}

const isChanged = async ({ asFinished }: Body, draft: Draft): Promise<boolean> =>
  asFinished !== undefined && asFinished !== (await digestOf(draft))

/** A version that does not open keeps nobody from the case. */
async function sentVersion(session: Session, last: FinishedEntry | undefined): Promise<Pick<OpenCase, 'sent'>> {
  if (!last) return {}
  try {
    return { sent: parseRevision(await openRevision(session, last)) }
  } catch (error) {
    if (error instanceof VaultError || error instanceof RecordError) return {}
    throw error
  }
}

export interface ReadCase {
  readonly row: RecordRow
  readonly body: Body
  readonly draft: Draft
}

/** Throws VaultError `not-found`, `cannot-open` or `newer`. */
export async function readCase(session: Session, id: string): Promise<ReadCase> {
  const row = await session.tools.database.records.get(id)
  if (!row) throw new VaultError('not-found')
  const body = await openBody(session, row)
  return { row, body, draft: draftOrThrow(body.draft, await askedOf(session)) }
}

function draftOrThrow(draft: unknown, asked: Codebook): Draft {
  try {
    return upgradeDraft(draft, asked)
  } catch (cause) {
    throw new VaultError('cannot-open', cause)
  }
}

/** Rows of the circles that this account is in. */
export async function ownRows(session: Session): Promise<RecordRow[]> {
  const foreign = await foreignCircles(session)
  const rows = await session.tools.database.records.toArray()
  return rows.filter((row) => !foreign.has(keyName(row.circleId, row.epoch)))
}

/** The circle that a case belongs to, whose log says what is done to it; the account's home where there is no case. */
export const circleOf = (session: Session, id: string) => async (): Promise<string> =>
  (await session.tools.database.records.get(id))?.circleId ?? session.pins.home.circleId

/** Seals a case into the row that it came from, under the latest key of its circle. */
export const sealInto = async (session: Session, { row }: ReadCase, rev: number, draft: Draft, body: Body) =>
  sealRecord(circleKey(session, row.circleId), row.id, rev, await sumOf(draft, body, session.tools.clock), body)

/** Inside a transaction: whether the row is, to the byte, the one that was read. */
export async function isStillRow(session: Session, { row }: ReadCase): Promise<boolean> {
  const now = await session.tools.database.records.get(row.id)
  return now?.rev === row.rev && sameBytes(now.body, row.body)
}

/** See `close` of the api: a mark beside the draft, which is not touched. */
export function markClosed(session: Session, id: string, rev: number, closed: boolean): Promise<Closed> {
  return commit<Closed>(
    session,
    async () => {
      const read = await readCase(session, id)
      if (read.row.rev !== rev) return { stop: { status: 'changed' } }
      const { closedAt: _, ...others } = read.body
      const body = closed ? { ...others, closedAt: momentNow(session.tools.clock.now()) } : others
      const row = await sealInto(session, read, rev + 1, read.draft, body)
      return {
        result: { status: closed ? 'closed' : 'open', rev: rev + 1 },
        event: { action: closed ? 'close' : 'reopen', target: id, rev: rev + 1, ctHash: await ciphertextHash(row) },
        encryptions: 2,
        guard: () => isStillRow(session, read),
        write: () => session.tools.database.records.put(row),
      }
    },
    circleOf(session, id),
  )
}

/** See `save` of the api. What says the same as what is kept is not written again. Throws VaultError `bad-input`. */
export async function saveCase(
  session: Session,
  id: string,
  rev: number,
  input: { readonly draft: unknown; readonly place: unknown; readonly aside?: unknown },
): Promise<Saved> {
  const draft = checked(draftSchema.safeParse(input.draft))
  const place = input.place === undefined ? undefined : checked(placeSchema.safeParse(input.place))
  const given = input.aside === undefined ? undefined : checked(asideSchema.safeParse(input.aside))
  const beside: Beside = { place, ...(given && { aside: given }) }
  const done = await commit<Saved | { readonly status: 'overtaken' }>(
    session,
    async () => {
      const read = await readOrOvertaken(session, id)
      if (!read) return { stop: { status: 'overtaken' } }
      refuseOther(read.draft, draft)
      const withdrawn = read.body.withdrawn !== undefined
      const changed = (await isChanged(read.body, draft)) && { changed: true }
      if (await saysTheSame(read, draft, withdrawn ? { place: read.body.place } : beside))
        return { stop: { status: 'saved', rev: read.row.rev, at: read.body.changedAt, ...changed } }
      if (read.row.rev !== rev || withdrawn) return { stop: { status: 'overtaken' } }
      const body = withBeside({ ...read.body, draft, changedAt: exactNow(session.tools.clock) }, beside)
      const row = await sealInto(session, read, rev + 1, draft, body)
      return {
        result: { status: 'saved', rev: rev + 1, at: body.changedAt, ...changed },
        event: { action: 'save', target: id, rev: rev + 1, ctHash: await ciphertextHash(row) },
        encryptions: 2,
        guard: () => isStillRow(session, read),
        write: () => session.tools.database.records.put(row),
      }
    },
    circleOf(session, id),
  )
  return done.status === 'overtaken' ? keepBeside(session, id, draft, beside) : done
}

// A row that is gone, or does not open, is not overwritten: what was written is kept beside it, as after a conflict.
async function readOrOvertaken(session: Session, id: string): Promise<ReadCase | undefined> {
  try {
    return await readCase(session, id)
  } catch (error) {
    if (error instanceof VaultError) return undefined
    throw error
  }
}

interface Beside {
  readonly place: CasePlace | undefined
  /** Absent: what is kept stays. */
  readonly aside?: CaseAside
}

async function saysTheSame({ body, draft }: ReadCase, next: Draft, { place, aside }: Beside): Promise<boolean> {
  const samePlace = isSame((body.place ?? {}) as JsonObject, (place ?? {}) as JsonObject)
  const sameAside = aside === undefined || isSame(aside as JsonObject, (body.aside ?? {}) as JsonObject)
  return samePlace && sameAside && (await digestOf(draft)) === (await digestOf(next))
}

async function keepBeside(session: Session, id: string, draft: Draft, beside: Beside): Promise<Saved> {
  const copyId = newId()
  const copyOf = (await readOrOvertaken(session, id))?.body.copyOf ?? id
  const body = withBeside({ draft, changedAt: exactNow(session.tools.clock), finished: [], copyOf }, beside)
  const done = await insert(session, copyId, draft, body, 'conflict', await keyBeside(session, id))
  return done.status === 'kept' ? { status: 'conflict', copyId } : done
}

/** Of the case's own circle, so that nobody reads a second version who may not read the case; home where that is gone. */
async function keyBeside(session: Session, id: string): Promise<CircleKey> {
  const circleId = (await session.tools.database.records.get(id))?.circleId
  const isIn = circleId !== undefined && epochsOf(session, circleId).length > 0
  return isIn ? circleKey(session, circleId) : homeKey(session)
}

function withBeside(body: Body, { place, aside }: Beside): Body {
  const { place: _, ...others } = body
  return { ...others, ...(place && { place: { ...place } }), ...(aside && { aside }) }
}

// A draft goes back into the row that it came from: another case's id or code in it is a mistake of the caller.
function refuseOther(kept: Draft, draft: Draft): void {
  if (kept.caseId !== draft.caseId || kept.code !== draft.code) throw new VaultError('bad-input')
}

function checked<T>(read: { success: true; data: T } | { success: false }): T {
  if (!read.success) throw new VaultError('bad-input')
  return read.data
}
