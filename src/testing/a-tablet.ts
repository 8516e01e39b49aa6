import 'fake-indexeddb/auto'
import { openDatabase, type Database } from '../database.ts'
import type { Draft } from '../record/draft.ts'
import { passphraseBytes } from '../seal/passphrase.ts'
import { newKeyId } from '../seal/random.ts'
import type { AccountWish, OpenCase, VaultApi } from '../vault/api.ts'
import { Attempts } from '../vault/attempts.ts'
import type { Session } from '../vault/session.ts'
import type { Tools } from '../vault/tools.ts'
import { unlock } from '../vault/unlock.ts'
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
    return openVault(this.tools())
  }

  tools(): Tools {
    return {
      database: this.database,
      keySlots: this.keySlots,
      clock: { now: () => new Date(this.clock.time), monotonic: () => this.clock.ticks },
      tune: async () => ({ m: 19_456, t: 2, p: 1 }),
    }
  }

  /** What the vault itself holds while the account is open. */
  async session(accountId: string, text?: string): Promise<Session> {
    const tools = this.tools()
    const opened = await unlock(tools, new Attempts(this.database, tools.clock), accountId, folded(text))
    if ('status' in opened) throw new Error(opened.status)
    return opened
  }

  /** A tab with a new account, open. */
  async withAccount(change: Partial<AccountWish> = {}): Promise<{ vault: VaultApi; accountId: string }> {
    const vault = this.tab()
    await vault.start()
    const made = await vault.createAccount({ label: 'Blue', passphrase: folded(), circle: 'me', ...change })
    if (made.status !== 'created') throw new Error(made.status)
    return { vault, accountId: made.session.accountId }
  }

  /** Lets `work` happen just before the nth transaction from now begins: another tab, at the worst moment. */
  meanwhile(work: () => PromiseLike<unknown>, nth = 1): void {
    const { database } = this
    const begin = database.transaction.bind(database) as unknown as (...given: unknown[]) => Promise<unknown>
    let left = nth
    const transaction = (...given: unknown[]): Promise<unknown> => {
      left -= 1
      if (left > 0) return begin(...given)
      Reflect.deleteProperty(database, 'transaction')
      return Promise.resolve(work()).then(() => begin(...given))
    }
    Object.assign(database, { transaction })
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
