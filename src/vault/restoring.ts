import { draftSchema } from '../record/draft.ts'
import { newId } from '../record/ids.ts'
import { isPresent } from '../record/units.ts'
import { upgradeDraft } from '../record/upgrades.ts'
import type { Restored } from './api.ts'
import { ownCircle, teamCircle } from './circle-kinds.ts'
import { commit } from './commit.ts'
import { openCase, readCase } from './cases.ts'
import { boxTabletOnly } from './finishing.ts'
import { sealedInto } from './giving.ts'
import type { Body, Copy, FinishedEntry, Handover } from './payload.ts'
import { ciphertextHash } from './rows.ts'
import { circleKey, homeKey, type CircleKey, type Session } from './session.ts'
import { digestOf } from './summary.ts'
import { haveOwnCircle } from './team.ts'
import { VaultError } from './vault-error.ts'

type Became = 'fresh' | 'same' | 'kept' | 'beside' | 'failed'

/**
 * Writes the copy that was opened last. Nothing that is here is written over: what the copy has newer is kept beside
 * the case, as a second version. Each case is read back and compared before it counts. What the organisation had not
 * confirmed is boxed to it anew, since the boxes of the other tablet are not here. Throws VaultError `bad-input` where
 * the account is not in `team`.
 */
export async function restoreCopy(session: Session, team?: string): Promise<Restored> {
  if (team !== undefined && teamCircle(session, team) === undefined) throw new VaultError('bad-input')
  const { copy } = session
  if (!copy) return { status: 'no-copy' }
  if (copy.cases.some(({ circle }) => circle === 'me')) await haveOwnCircle(session)
  const counts = { fresh: 0, same: 0, kept: 0, beside: 0, failed: 0 }
  let lacking = 0
  for (const one of copy.cases) {
    const became = await restoreOne(session, one, team)
    counts[became]++
    if (became === 'fresh' && lacksVersion(one.case)) lacking++
  }
  delete session.copy
  if (copy.deviceId !== session.pins.deviceId)
    await session.tools.database.device.update('device', { continues: copy.deviceId })
  return { status: 'restored', ...counts, boxed: await boxTabletOnly(session), lacking }
}

async function restoreOne(
  session: Session,
  { circle, case: taken }: Copy['cases'][number],
  team: string | undefined,
): Promise<Became> {
  try {
    const here = await readCase(session, taken.id).catch((error: unknown) => {
      if (error instanceof VaultError && error.reason === 'not-found') return undefined
      throw error
    })
    if (!here) return await write(session, keyFor(session, circle, team), unboxed(taken), 'fresh')
    if (await isSame(here.body, taken.body)) return 'same'
    const newer = Date.parse(taken.body.changedAt) > Date.parse(here.body.changedAt)
    if (!newer || here.body.withdrawn) return 'kept'
    return await write(session, circleKey(session, here.row.circleId), secondVersion(taken), 'beside')
  } catch (error) {
    if (error instanceof VaultError) return 'failed'
    throw error
  }
}

/** What one person alone could open goes to no team: without a circle of its own here it is not written. */
function keyFor(session: Session, circle: 'me' | 'team', team: string | undefined): CircleKey {
  if (circle === 'me') return circleKey(session, ownCircle(session) ?? '')
  const circleId = teamCircle(session, team)
  return circleId === undefined ? homeKey(session) : circleKey(session, circleId)
}

async function isSame(here: Body, there: Body): Promise<boolean> {
  const line = ({ finished }: Body) => finished.map(({ sha256 }) => sha256).join(' ')
  const [mine, theirs] = [upgradeDraft(here.draft), upgradeDraft(there.draft)]
  return line(here) === line(there) && (await digestOf(mine)) === (await digestOf(theirs))
}

/** Without the text of a version that was finished before, unless it was erased since somebody took something back. */
function lacksVersion({ body, revisions }: Handover): boolean {
  const here = new Set(revisions.map(({ row }) => row))
  const last = body.finished.at(-1)
  if (last && !here.has(last.row)) return true
  const erased = body.withdrawn !== undefined || !upgradeDraft(body.draft).victims.every((victim) => isPresent(victim))
  return !erased && body.finished.some(({ row }) => !here.has(row))
}

// A box that the organisation has confirmed need not be made again; any other may never have left the old tablet.
function unboxed(taken: Handover): Handover {
  const finished = taken.body.finished.map((entry): FinishedEntry => {
    if (entry.state === 'received' || entry.state === 'opened') return entry
    const { box: _, code: __, ...kept } = entry
    return { ...kept, state: 'tablet-only' }
  })
  const { safety: _, ...body } = taken.body
  return { ...taken, body: { ...body, finished } }
}

function secondVersion({ body, ...taken }: Handover): Handover {
  const { asFinished: _, withdrawn: __, safety: ___, ...kept } = body
  return {
    ...taken,
    id: newId(),
    rev: 0,
    body: { ...kept, finished: [], copyOf: body.copyOf ?? taken.id },
    revisions: [],
  }
}

async function write(session: Session, key: CircleKey, taken: Handover, became: 'fresh' | 'beside'): Promise<Became> {
  if (!draftSchema.safeParse(upgradeDraft(taken.body.draft)).success) return 'failed'
  const { records, revisions } = session.tools.database
  const done = await commit<{ readonly status: 'written' | 'here' }>(
    session,
    async () => {
      if (await records.get(taken.id)) return { stop: { status: 'here' } }
      const sealed = await sealedInto(session, key, taken)
      const { id, rev } = sealed.record
      return {
        result: { status: 'written' },
        event: { action: 'restore', target: id, rev, ctHash: await ciphertextHash(sealed.record) },
        encryptions: 2 + sealed.revisions.length,
        guard: async () => (await records.get(id)) === undefined,
        async write() {
          await records.add(sealed.record)
          await revisions.bulkPut(sealed.revisions)
        },
      }
    },
    async () => key.circleId,
  )
  return done.status === 'written' && (await readsBack(session, taken)) ? became : 'failed'
}

async function readsBack(session: Session, taken: Handover): Promise<boolean> {
  const { draft, sent } = await openCase(session, taken.id)
  const last = taken.body.finished.at(-1)
  const expected = taken.revisions.find(({ row }) => row === last?.row)
  const same = (await digestOf(draft)) === (await digestOf(upgradeDraft(taken.body.draft)))
  return same && (expected === undefined || sent !== undefined)
}
