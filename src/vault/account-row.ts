import type { AccountRow } from '../database.ts'
import type { Tools } from './tools.ts'
import { VaultError } from './vault-error.ts'

/** Throws VaultError `not-found`. */
export async function accountRow(tools: Tools, accountId: string): Promise<AccountRow> {
  const row = await tools.database.accounts.get(accountId)
  if (!row) throw new VaultError('not-found')
  return row
}
