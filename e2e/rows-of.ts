import type { Page } from '@playwright/test'

/**
 * Everything on the disk that is one account's, as text; of the outbox, which is everybody's, what does not change by
 * trying. Safety copies of drafts are left out: those of other accounts come and go.
 */
export async function rowsOf(page: Page, label: string): Promise<string> {
  return await page.evaluate(async (whose) => {
    const done = async <T>(request: IDBRequest<T>) =>
      await new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('no answer')))
      })
    const database = await done(indexedDB.open('daybook'))
    const all = async (table: string) =>
      await done(database.transaction(table).objectStore(table).getAll() as IDBRequest<Record<string, unknown>[]>)
    const account = (await all('accounts')).find((row) => row['label'] === whose)
    const circles = (await all('circles')).filter((row) => row['accountId'] === account?.['accountId'])
    const own = new Set(circles.map((row) => row['circleId']))
    const found: unknown[] = [account, circles]
    for (const table of ['records', 'revisions', 'changes', 'audit', 'rosters'])
      found.push((await all(table)).filter((row) => own.has(row['circleId'])))
    const boxes = (await all('outbox')).filter((row) => row['cases'] !== 0)
    found.push(boxes.map(({ boxId, seq, size, bytes }) => ({ boxId, seq, size, bytes })))
    database.close()
    return JSON.stringify(found, (_, value: unknown) =>
      value instanceof Uint8Array ? Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('') : value,
    )
  }, label)
}
