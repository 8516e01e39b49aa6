import type { ATablet } from './a-tablet.ts'
import { fromBase64Url, toBase64Url } from '../seal/base64url.ts'
import { MemorySlotFile } from './key-slots-in-memory.ts'

type Column = string | number | { readonly b64: string }

/** Everything that a tablet keeps, as JSON: the rows of every table, and the key slots' files. */
export interface VaultDump {
  readonly passphrase: string
  readonly accountId: string
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, Column>>[]>>
  readonly keySlots: Readonly<Record<string, string>>
}

export async function dumpOf(tablet: ATablet, accountId: string, passphrase: string): Promise<VaultDump> {
  const tables = (await tablet.everything()).map(({ table, rows }) => [table, (rows as object[]).map(plain)] as const)
  const files = [...tablet.keySlots.files].map(([id, file]) => [id, toBase64Url(file.flushed)] as const)
  return { passphrase, accountId, tables: Object.fromEntries(tables), keySlots: Object.fromEntries(files) }
}

const plain = (row: object): Record<string, Column> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Uint8Array ? { b64: toBase64Url(value) } : (value as string | number),
    ]),
  )

/** Puts a dump onto a tablet on which nothing was done yet. */
export async function restoreDump(tablet: ATablet, dump: VaultDump): Promise<void> {
  for (const [table, rows] of Object.entries(dump.tables))
    await tablet.database
      .table(table)
      .bulkAdd(
        rows.map((row) =>
          Object.fromEntries(
            Object.entries(row).map(([name, value]) => [
              name,
              typeof value === 'object' ? new Uint8Array(fromBase64Url(value.b64)) : value,
            ]),
          ),
        ),
      )
  for (const [id, bytes] of Object.entries(dump.keySlots)) {
    const file = new MemorySlotFile()
    file.write(new Uint8Array(fromBase64Url(bytes)), 0)
    file.flush()
    tablet.keySlots.files.set(id, file)
  }
}
