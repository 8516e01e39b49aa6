import 'fake-indexeddb/auto'
import { openDatabase, type Database } from '../database.ts'
import type { Draft } from '../record/draft.ts'
import { passphraseBytes } from '../seal/passphrase.ts'
import { newKeyId } from '../seal/random.ts'
import type { AccountWish, OpenCase, VaultApi } from '../vault/api.ts'
import { openVault } from '../vault/vault.ts'
import { aDraft } from './a-case.ts'
import { MemoryKeySlots } from './key-slots-in-memory.ts'

export const passphrase = 'Casa del Mar, 7 olas'

/** A tablet's storage, on which vaults are opened, one a tab; its clocks are in the test's hand. */
export class ATablet {
  readonly name = `daybook-${newKeyId()}`
  readonly database: Database = openDatabase({}, this.name)
  readonly keySlots = new MemoryKeySlots()
  readonly clock = { time: Date.UTC(2024, 4, 2, 8), ticks: 0 }

  /** A vault as after a reload, or in another tab: it shares what is stored, and nothing else. */
  tab(): VaultApi {
    return openVault({
      database: this.database,
      keySlots: this.keySlots,
      clock: { now: () => new Date(this.clock.time), monotonic: () => this.clock.ticks },
      tune: async () => ({ m: 19_456, t: 2, p: 1 }),
    })
  }

  /** A tab with a new account, open. */
  async withAccount(change: Partial<AccountWish> = {}): Promise<{ vault: VaultApi; accountId: string }> {
    const vault = this.tab()
    await vault.start()
    const made = await vault.createAccount({ label: 'Blue', passphrase: folded(), circle: 'me', ...change })
    if (made.status !== 'created') throw new Error(made.status)
    return { vault, accountId: made.session.accountId }
  }

  async everything(): Promise<{ table: string; rows: unknown[] }[]> {
    return Promise.all(this.database.tables.map(async (table) => ({ table: table.name, rows: await table.toArray() })))
  }
}

export const folded = (text: string = passphrase): Uint8Array<ArrayBuffer> => passphraseBytes(text)

/** What a case says when all of `aDraft` was answered in it. */
export const answered = ({ draft }: OpenCase): Draft => aDraft({ caseId: draft.caseId, code: draft.code })

/** A case with all answers, saved. */
export async function savedCase(vault: VaultApi): Promise<{ id: string; rev: number; draft: Draft }> {
  const fresh = await vault.newCase()
  const draft = answered(fresh)
  const saved = await vault.save(fresh.id, fresh.rev, draft)
  if (saved.status !== 'saved') throw new Error(saved.status)
  return { id: fresh.id, rev: saved.rev, draft }
}
