import type { Configuration } from '../batch/configuration.ts'
import { BatchError } from '../batch/batch-error.ts'
import { itemLimit, packedBoxLimit } from '../batch/protocol.ts'
import { senderLock, type OutboxRow } from '../database.ts'
import { isNextBox, putBox, sealBox, type Boxed } from './boxing.ts'
import { isStillRow, readCase, sealInto, type ReadCase } from './cases.ts'
import { sealChangesAnew } from './changes.ts'
import { commit } from './commit.ts'
import type { FinishedEntry } from './payload.ts'
import { ciphertextHash, openRevision, openSum } from './rows.ts'
import type { Session } from './session.ts'
import { settingsNow } from './settings.ts'
import { VaultError } from './vault-error.ts'

type Entry = FinishedEntry & { readonly box: NonNullable<FinishedEntry['box']> }
/** A finished revision that is in a box, and the case's row that says so. */
interface Piece {
  readonly id: string
  readonly entry: Entry
}
export type Row = Omit<OutboxRow, 'bytes'>
/** A box of which everything lies in cases that this account can open, in one circle. */
export interface KnownBox {
  readonly row: Row
  readonly circleId: string
  readonly pieces: readonly Piece[]
}

/**
 * Puts other boxes in the place of some that wait (security.md, section 8): boxes that were never tried become one, so
 * that a week without a network costs little to send; what was sealed to a recipient who was revoked is sealed to
 * today's, and so is what has to be sent again after its bytes made room; a packed box that was too large for the line is split. Each replacement is one transaction, in which the new
 * boxes come, the old ones go, and the cases say where they are now. Only boxes whose whole content this account can
 * open are touched, and nothing is while a sender is at work or the settings are in doubt.
 * @param turn runs one write when those before it have ended
 * @returns how many boxes were replaced
 */
export async function replaceBoxes(
  session: Session,
  turn: <T>(work: () => Promise<T>) => Promise<T> = (work) => work(),
): Promise<number> {
  const { locks } = session.tools
  const work = () => replaceAll(session, turn)
  return locks ? locks.request(senderLock, work) : work()
}

async function replaceAll(session: Session, turn: <T>(work: () => Promise<T>) => Promise<T>): Promise<number> {
  const settings = await settingsNow(session)
  if (settings.status !== 'verified') return 0
  const { configuration } = settings
  const rows = await replaceable(session, configuration)
  if (rows.length === 0) return 0
  const boxes = await knownBoxes(session, rows)
  let replaced = await turn(() => sealChangesAnew(session, (row) => isRevoked(row, configuration)))
  for (const box of boxes.filter((one) => isTooLarge(one.row) && one.pieces.length > 1)) {
    const middle = Math.ceil(box.pieces.length / 2)
    const halves = [box.pieces.slice(0, middle), box.pieces.slice(middle)]
    if ((await turn(() => replace(session, [box], halves, () => true))) === 'replaced') replaced += 1
  }
  for (const run of runsOf(boxes.filter(({ row }) => !isTooLarge(row)))) replaced += await pack(session, turn, run)
  return replaced
}

const isTooLarge = ({ lastCode }: Row): boolean => lastCode === 'E-TOO-LARGE' || lastCode === 'too-large'
export const isRevoked = ({ recipientFpr }: Row, { revoked = [] }: Configuration): boolean =>
  recipientFpr.split(' ').some((fingerprint) => revoked.includes(fingerprint))

const mustBeSealedAnew = (row: Row, configuration: Configuration): boolean =>
  row.letGo === true || isRevoked(row, configuration)

/** Without their bytes, which may be many. */
async function replaceable(session: Session, configuration: Configuration): Promise<Row[]> {
  const rows: Row[] = []
  await session.tools.database.outbox
    .where('state')
    .anyOf('waiting', 'refused')
    .each((whole) => {
      const { bytes: _, ...row } = whole
      const waits = row.state === 'waiting'
      if (isTooLarge(row) || (waits && (row.attempts === 0 || mustBeSealedAnew(row, configuration)))) rows.push(row)
    })
  return rows.sort((a, b) => a.seq - b.seq)
}

/** Those boxes of which everything is here and opens, so that they could be sealed anew. */
export async function knownBoxes(session: Session, rows: readonly Row[]): Promise<KnownBox[]> {
  const pieces = await piecesByBox(session)
  return rows.flatMap((row) => {
    const { circles, all } = pieces.get(row.boxId) ?? { circles: new Set<string>(), all: [] }
    const [circleId] = circles
    return circleId && circles.size === 1 && isWhole(all) ? [{ row, circleId, pieces: all }] : []
  })
}

/** Made at finish, a box has revisions of one case alone; a packed one says how many it has. */
function isWhole(pieces: readonly Piece[]): boolean {
  const of = pieces[0]?.entry.box.of
  return of === undefined ? new Set(pieces.map(({ id }) => id)).size === 1 : pieces.length === of
}

interface Pieces {
  /** '' stands for what is not here any more. */
  readonly circles: Set<string>
  readonly all: Piece[]
}

/** What does not open is left out, and with it the box that it is in; so is what a withdrawal has erased here. */
async function piecesByBox(session: Session): Promise<ReadonlyMap<string, Pieces>> {
  const found = new Map<string, Pieces>()
  const kept = new Set((await session.tools.database.revisions.toCollection().primaryKeys()).map(String))
  for (const row of await session.tools.database.records.toArray()) {
    const underway = await openSum(session, row).then(
      (sum) => sum.underway,
      () => 0,
    )
    const read = underway > 0 ? await readOrNot(session, row.id) : undefined
    for (const entry of read?.body.finished ?? []) {
      if (!isSealed(entry) || entry.state === 'opened') continue
      const here = found.get(entry.box.id) ?? { circles: new Set(), all: [] }
      here.circles.add(kept.has(entry.row) ? row.circleId : '')
      here.all.push({ id: row.id, entry })
      found.set(entry.box.id, here)
    }
  }
  return found
}

const isSealed = (entry: FinishedEntry): entry is Entry => entry.box !== undefined

async function readOrNot(session: Session, id: string): Promise<ReadCase | undefined> {
  try {
    return await readCase(session, id)
  } catch (error) {
    if (error instanceof VaultError) return undefined
    throw error
  }
}

/** Boxes that may become one: of one circle, in the order of sealing, no more revisions than a box may hold. */
function runsOf(boxes: readonly KnownBox[]): KnownBox[][] {
  const runs: KnownBox[][] = []
  for (const circleId of new Set(boxes.map((box) => box.circleId))) {
    let run: KnownBox[] = []
    for (const box of boxes.filter((one) => one.circleId === circleId)) {
      if (countOf(run) + box.pieces.length > itemLimit) {
        runs.push(run)
        run = []
      }
      run.push(box)
    }
    runs.push(run)
  }
  return runs.filter((run) => run.length > 0)
}

const countOf = (boxes: readonly KnownBox[]): number => boxes.reduce((sum, { pieces }) => sum + pieces.length, 0)

/** As many at once as fit; a box that stays alone is replaced only where it must be. */
async function pack(
  session: Session,
  turn: <T>(work: () => Promise<T>) => Promise<T>,
  run: readonly KnownBox[],
): Promise<number> {
  let left = run
  let replaced = 0
  while (left.length > 0) {
    let some = left
    let outcome = await packThese(session, turn, some)
    while (outcome === 'too-large' && some.length > 1) {
      some = some.slice(0, some.length >> 1)
      outcome = await packThese(session, turn, some)
    }
    if (outcome === 'replaced') replaced += some.length
    left = left.slice(some.length)
  }
  return replaced
}

const packThese = (
  session: Session,
  turn: <T>(work: () => Promise<T>) => Promise<T>,
  boxes: readonly KnownBox[],
): Promise<Outcome> =>
  turn(() =>
    replace(session, boxes, [boxes.flatMap(({ pieces }) => pieces)], ([packed], configuration) => {
      if (boxes.length === 1) return boxes.some(({ row }) => mustBeSealedAnew(row, configuration))
      const before = boxes.reduce((sum, { row }) => sum + row.size, 0)
      return packed !== undefined && packed.row.size <= packedBoxLimit && packed.row.size < before
    }),
  )

type Outcome = 'replaced' | 'too-large' | 'left'

/** `too-large`: the new boxes are not what `suits`, or more than a box may hold. */
async function replace(
  session: Session,
  old: readonly KnownBox[],
  groups: readonly (readonly Piece[])[],
  suits: (boxed: readonly Boxed[], configuration: Configuration) => boolean,
): Promise<Outcome> {
  const { records, outbox } = session.tools.database
  const circleId = old[0]?.circleId ?? ''
  const names = old.map(({ row }) => row.boxId)
  try {
    const done = await commit<Outcome>(
      session,
      async (head) => {
        const settings = await settingsNow(session)
        const reads = settings.status === 'verified' ? await readAll(session, old) : undefined
        if (!reads || settings.status !== 'verified') return { stop: 'left' }
        const boxed: Boxed[] = []
        for (const group of groups) {
          const device = { ...settings.device, ...boxed.at(-1)?.device }
          const texts = await Promise.all(group.map(({ entry }) => openRevision(session, entry)))
          boxed.push(await sealBox(session, { ...settings, device }, head, texts, replacedBy(old)))
        }
        const withCases = ({ row, device }: Boxed, at: number): Boxed => {
          const cases = casesOf(groups[at] ?? [])
          return { row: cases > 1 ? { ...row, cases } : row, device }
        }
        if (!suits(boxed, settings.configuration)) return { stop: 'too-large' }
        const rows = await Promise.all(reads.map((read) => movedRow(session, read, groups, boxed)))
        const events = await Promise.all(
          rows.map(async (row) => ({
            action: 'box' as const,
            target: row.id,
            rev: row.rev,
            ctHash: await ciphertextHash(row),
          })),
        )
        const [event, ...also] = events
        if (!event) return { stop: 'left' }
        return {
          result: 'replaced',
          event,
          also,
          encryptions: 2 * rows.length,
          guard: async () =>
            (await areAsSeen(session, old)) &&
            (await isNextBox(session, settings.device)) &&
            (await allStill(session, reads)),
          async write() {
            await records.bulkPut(rows)
            await outbox.bulkDelete(names)
            for (const one of boxed.map(withCases)) await putBox(session, one)
          },
        }
      },
      async () => circleId,
    )
    return typeof done === 'string' ? done : 'left'
  } catch (error) {
    if (error instanceof BatchError && error.reason === 'too-large') return 'too-large'
    // Something moved meanwhile, again and again, or a revision does not open: the boxes stay as they are.
    if (error instanceof VaultError) return 'left'
    throw error
  }
}

const casesOf = (pieces: readonly Piece[]): number => new Set(pieces.map(({ id }) => id)).size

/** Boxes that are nowhere any more, else the desk would miss those that were replaced twice. */
const replacedBy = (old: readonly KnownBox[]): string[] => [
  ...new Set(old.flatMap(({ row }) => [...(row.replaces ?? []), row.boxId])),
]

/** The cases of the boxes; undefined where one of them no longer says what it said. */
async function readAll(session: Session, old: readonly KnownBox[]): Promise<ReadCase[] | undefined> {
  if (!(await areAsSeen(session, old))) return undefined
  const pieces = old.flatMap((box) => box.pieces)
  const reads: ReadCase[] = []
  for (const id of new Set(pieces.map((piece) => piece.id))) reads.push(await readCase(session, id))
  const still = pieces.every(({ id, entry }) =>
    reads
      .find(({ row }) => row.id === id)
      ?.body.finished.some(
        ({ row, box, state }) => row === entry.row && box?.id === entry.box.id && state !== 'opened',
      ),
  )
  return still ? reads : undefined
}

/** Nobody has tried or settled one of them since: raised attempts are on the disk before a request leaves. */
async function areAsSeen(session: Session, old: readonly KnownBox[]): Promise<boolean> {
  const rows = await session.tools.database.outbox.bulkGet(old.map(({ row }) => row.boxId))
  return rows.every((row, at) => row?.attempts === old[at]?.row.attempts && row?.state === old[at]?.row.state)
}

async function allStill(session: Session, reads: readonly ReadCase[]): Promise<boolean> {
  for (const read of reads) if (!(await isStillRow(session, read))) return false
  return true
}

/** `rev` stays, as with a receipt: nobody's open draft is overtaken by it. */
async function movedRow(
  session: Session,
  read: ReadCase,
  groups: readonly (readonly Piece[])[],
  boxed: readonly Boxed[],
) {
  const finished = read.body.finished.map((entry): FinishedEntry => {
    const at = groups.findIndex((group) => group.some((piece) => piece.entry.row === entry.row))
    const box = boxed[at]?.row
    if (!box) return entry
    const { code: _, ...kept } = entry
    return { ...kept, state: 'ready', box: { id: box.boxId, size: box.size, of: groups[at]?.length ?? 0 } }
  })
  return sealInto(session, read, read.row.rev, read.draft, { ...read.body, finished })
}
