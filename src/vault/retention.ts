import { isStillRow, circleOf, ownRows, readCase, type ReadCase } from './cases.ts'
import { commit } from './commit.ts'
import { lineOf } from './removing.ts'
import { openSum } from './rows.ts'
import type { Session } from './session.ts'
import { settingsNow } from './settings.ts'
import { digestOf } from './summary.ts'

const day = 86_400_000

/**
 * Removes the readable copy of cases that were closed by hand, once the organisation has opened all of them and the time
 * is over for which it lets tablets keep them (security.md, section 8). Never while something was written since, and never
 * by this device's clock alone: a receipt that the organisation signed must be as late. The log keeps a line.
 * @returns how many went
 */
export async function removeOverdue(session: Session): Promise<number> {
  const settings = await settingsNow(session)
  if (settings.status !== 'verified') return 0
  const keptFor = settings.configuration.limits.retentionDays * day
  const sums = await Promise.all(
    (await ownRows(session)).map(async (row) => ({
      id: row.id,
      sum: await openSum(session, row).catch(() => undefined),
    })),
  )
  const signedAt = Math.max(0, ...sums.map(({ sum }) => timeOf(sum?.last?.openedAt)))
  const isOver = (since: number): boolean =>
    since > 0 && since + keptFor <= Math.min(signedAt, session.tools.clock.now().getTime())
  let removed = 0
  for (const { id, sum } of sums)
    if (
      sum?.closed &&
      sum.underway === 0 &&
      isOver(timeOf(sum.last?.openedAt)) &&
      (await removeOne(session, id, isOver))
    )
      removed += 1
  return removed
}

/** Epoch milliseconds; 0 where there is none. */
const timeOf = (text: string | undefined): number => (text === undefined ? 0 : Date.parse(text) || 0)

async function removeOne(session: Session, id: string, isOver: (since: number) => boolean): Promise<boolean> {
  const { records, revisions } = session.tools.database
  const done = await commit<{ readonly status: 'removed' | 'stays' }>(
    session,
    async () => {
      const read = await readCase(session, id)
      if (!(await mayGo(read, isOver))) return { stop: { status: 'stays' } }
      return {
        result: { status: 'removed' },
        event: { action: 'overdue', target: id, rev: read.row.rev, line: lineOf(read) },
        encryptions: 0,
        guard: () => isStillRow(session, read),
        async write() {
          await records.delete(id)
          await revisions.bulkDelete(read.body.finished.map(({ row }) => row))
        },
      }
    },
    circleOf(session, id),
  ).catch(() => ({ status: 'stays' }) as const)
  return done.status === 'removed'
}

async function mayGo({ body, draft }: ReadCase, isOver: (since: number) => boolean): Promise<boolean> {
  const unchanged = body.asFinished === (await digestOf(draft))
  const opened = body.finished.every(({ state, openedAt }) => state === 'opened' && isOver(timeOf(openedAt)))
  return unchanged && opened && body.finished.length > 0 && isOver(timeOf(body.closedAt))
}
