import { flushAll } from './leaving.ts'
import type { VaultClient } from '../vault/vault-client.ts'

/**
 * Has the vault make the safety copy of a case that was left, its last words included, or of all that were left without
 * one. A vault that was locked meanwhile leaves it for the next unlock.
 */
export async function copyDrafts(vault: VaultClient['api'], boxAdded: () => void, id?: string): Promise<void> {
  if (id !== undefined) await flushAll()
  const made = await vault.copyDrafts(id).catch(() => 0)
  if (made > 0) boxAdded()
}
