import type { Page } from '@playwright/test'

// The app's database as a damaged disk, a stranger or another version of the app would touch it. Every page of the
// origin can; none of these waits for the app.

/** Changes the last byte, or the last character, of a column in this row. Done twice, it is as it was. */
export async function spoil(page: Page, table: string, key: string, column: string): Promise<void> {
  await page.evaluate(
    async (at) => {
      const asked = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.addEventListener('success', () => resolve(request.result))
          request.addEventListener('error', () => reject(request.error ?? new Error('refused')))
        })
      const database = await asked(indexedDB.open('daybook'))
      const rows = database.transaction(at.table, 'readwrite').objectStore(at.table)
      const row = (await asked(rows.get(at.key))) as Record<string, unknown>
      const value = row[at.column]
      if (value instanceof Uint8Array) value[value.length - 1] = (value.at(-1) ?? 0) ^ 1
      else if (typeof value === 'string')
        row[at.column] = value.slice(0, -1) + String.fromCodePoint((value.codePointAt(value.length - 1) ?? 0) ^ 1)
      else throw new TypeError(`nothing to spoil in ${at.column}`)
      await asked(rows.put(row))
      database.close()
    },
    { table, key, column },
  )
}

/** Keeps the database open in an older structure, deaf to whoever asks for it, until `dropDatabase` or the page's end. */
export async function holdOlderDatabase(page: Page): Promise<void> {
  await page.evaluate(
    async () =>
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('daybook', 1)
        request.addEventListener('success', () => {
          Object.assign(globalThis, { heldDatabase: request.result })
          resolve()
        })
        request.addEventListener('error', () => reject(request.error ?? new Error('refused')))
      }),
  )
}

/** Lets the database go that this page holds, and removes it. */
export async function dropDatabase(page: Page): Promise<void> {
  await page.evaluate(
    async () =>
      await new Promise<void>((resolve, reject) => {
        const { heldDatabase } = globalThis as { heldDatabase?: IDBDatabase }
        heldDatabase?.close()
        const request = indexedDB.deleteDatabase('daybook')
        request.addEventListener('success', () => resolve())
        request.addEventListener('error', () => reject(request.error ?? new Error('refused')))
      }),
  )
}

/** Asks for the database in a newer structure, as the next version of the app would, and leaves it in that of now. */
export async function askForNewerDatabase(page: Page): Promise<void> {
  await page.evaluate(
    async () =>
      await new Promise<void>((resolve) => {
        const request = indexedDB.open('daybook', 10_000)
        request.addEventListener('upgradeneeded', () => request.transaction?.abort())
        request.addEventListener('error', (event) => {
          event.preventDefault()
          resolve()
        })
      }),
  )
}
