import type { CircleRow, Database } from '../database.ts'
import type { RowName } from '../seal/at-rest.ts'
import { makeCircleKey, openCircleKey, wrapCircleKey } from '../seal/keys.ts'
import { payloadSchema } from './payload.ts'
import { keyName, type CircleKey } from './session.ts'

/** The name that a circle's wrapped key is sealed under. */
export const circleName = (row: Pick<CircleRow, 'circleId' | 'epoch' | 'accountId'>): RowName => ({
  table: 'circles',
  column: 'wrapped',
  circleId: row.circleId,
  epoch: row.epoch,
  id: row.accountId,
  rev: 0,
  schema: payloadSchema,
})

/** A new circle, in its first epoch, with one member. */
export async function newCircle(
  adk: CryptoKey,
  circleId: string,
  accountId: string,
): Promise<{ row: CircleRow; key: CircleKey }> {
  const name = { circleId, epoch: 1, accountId }
  const { wrap, keys } = await makeCircleKey(adk, circleName(name))
  return { row: { ...name, form: 'own', wrapped: wrap }, key: { circleId, epoch: 1, ...keys } }
}

/**
 * The keys of all circles and epochs that the account is in, by `keyName`. One that does not open is left out: its rows
 * count as unreadable, and the others work. A key that was handed over under the account's age recipient is taken under
 * its own key now.
 */
export async function openCircles(
  database: Database,
  account: { readonly accountId: string; readonly adk: CryptoKey; readonly ageIdentity: string },
): Promise<Map<string, CircleKey>> {
  const rows = await database.circles.where('accountId').equals(account.accountId).toArray()
  const keys = new Map<string, CircleKey>()
  for (const found of rows) {
    try {
      const row = found.form === 'age' ? await takeOver(database, account, found) : found
      const { circleId, epoch } = row
      keys.set(keyName(circleId, epoch), {
        circleId,
        epoch,
        ...(await openCircleKey(account.adk, circleName(row), row.wrapped)),
      })
    } catch {
      // Left out, as promised above.
    }
  }
  return keys
}

/** The names of those that the account is in and that are not among its open ones. */
export async function closedCircles(
  database: Database,
  accountId: string,
  open: ReadonlyMap<string, CircleKey>,
): Promise<Set<string>> {
  const rows = await database.circles.where('accountId').equals(accountId).toArray()
  return new Set(rows.map(({ circleId, epoch }) => keyName(circleId, epoch)).filter((name) => !open.has(name)))
}

async function takeOver(
  database: Database,
  account: { readonly adk: CryptoKey; readonly ageIdentity: string },
  row: CircleRow,
): Promise<CircleRow> {
  const { openWith } = await import('../seal/envelope.ts')
  const secret = await openWith([account.ageIdentity], row.wrapped)
  const own: CircleRow = { ...row, form: 'own', wrapped: await wrapCircleKey(account.adk, circleName(row), secret) }
  secret.fill(0)
  await database.circles.put(own)
  return own
}
