import type { Page } from '@playwright/test'

/** The tablet's own storage, read and harmed from a page of the app, as somebody with the disk could. */

type Row = Readonly<Record<string, unknown>>

/** Rows of a table, in its order. */
export async function tableRows(page: Page, table: string): Promise<readonly Row[]> {
  return await page.evaluate(
    async (name) =>
      await new Promise<Row[]>((resolve, reject) => {
        const opened = indexedDB.open('daybook')
        opened.addEventListener('error', () => reject(new Error('refused')))
        opened.addEventListener('success', () => {
          const all = opened.result.transaction(name).objectStore(name).getAll()
          all.addEventListener('success', () => {
            opened.result.close()
            resolve(all.result)
          })
        })
      }),
    table,
  )
}

/** Changes the middle byte, or sign, of one column in the last row that has it, and this state; the same once more mends it. */
export async function harm(page: Page, table: string, column: string, state?: string): Promise<void> {
  await page.evaluate(
    async (wanted) =>
      await new Promise<void>((resolve, reject) => {
        const changed = (value: unknown): unknown => {
          if (value instanceof Uint8Array) {
            const middle = value.length >> 1
            return value.with(middle, (value[middle] ?? 0) ^ 1)
          }
          const text = String(value)
          const middle = text.length >> 1
          const sign = String.fromCodePoint((text.codePointAt(middle) ?? 0) ^ 1)
          return text.slice(0, middle) + sign + text.slice(middle + 1)
        }
        const opened = indexedDB.open('daybook')
        opened.addEventListener('success', () => {
          const transaction = opened.result.transaction(wanted.table, 'readwrite')
          const store = transaction.objectStore(wanted.table)
          const all = store.getAll()
          all.addEventListener('success', () => {
            const rows = all.result as Record<string, unknown>[]
            const fits = (one: Record<string, unknown>) =>
              one[wanted.column] !== undefined && (wanted.state === undefined || one['state'] === wanted.state)
            const row = rows.findLast(fits)
            if (row) store.put({ ...row, [wanted.column]: changed(row[wanted.column]) })
            else reject(new Error(`no row in ${wanted.table}`))
          })
          transaction.addEventListener('abort', () => reject(new Error('refused')))
          transaction.addEventListener('complete', () => {
            opened.result.close()
            resolve()
          })
        })
      }),
    { table, column, state },
  )
}

/** Empties the file that holds the key of the account's device half. */
export async function emptyKeySlot(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory()
    const slots: FileSystemFileHandle[] = []
    for await (const entry of (folder as unknown as { values(): AsyncIterable<FileSystemHandle> }).values())
      if (entry.kind === 'file' && entry.name.startsWith('slot-')) slots.push(entry as FileSystemFileHandle)
    for (const slot of slots) await (await slot.createWritable()).close()
  })
}
