import { join } from 'node:path'
import { hasReceiptKey, openReceiptKey, publicText, type ReceiptKey } from './keys.ts'
import { ReceiverError } from './receiver-error.ts'
import { firstOrg, type Store } from './store.ts'

/** The receipt keys of all organisations; each has its own, so that no tablet can tell that another is served here. */
export interface ReceiptKeys {
  /**
   * The key of an organisation; without a name, that of the only one there is, and undefined where there are more.
   * Throws ReceiverError where the key that the store knows is not in the data folder.
   */
  of(org: string | null): Promise<ReceiptKey | undefined>
}

/** The file of an organisation's key in the data folder. */
const fileOf = (dataDir: string, org: string) => join(dataDir, org === firstOrg ? 'receipt.key' : `receipt-${org}.key`)
const nameOf = (org: string) => (org === firstOrg ? 'receipt-key' : `receipt-key ${org}`)

/** Opens keys when they are asked for: an organisation may be added while the receiver runs. */
export function receiptKeys(dataDir: string, store: Store): ReceiptKeys {
  const opened = new Map<string, Promise<ReceiptKey>>()
  const keyOf = (org: string): Promise<ReceiptKey> => {
    const known = opened.get(org)
    if (known) return known
    const key = orgKey(dataDir, store, org)
    opened.set(org, key)
    key.catch(() => opened.delete(org))
    return key
  }
  return {
    of: async (org) => {
      if (org !== null) return await keyOf(org)
      const orgs = await store.listOrgs()
      return orgs.length === 1 ? await keyOf(orgs[0]?.org ?? firstOrg) : undefined
    },
  }
}

/**
 * The key of an organisation that the store knows, made where it is new. One that is there already belongs to another
 * store, unless this store announced it and was stopped before it could say that the file is written. Throws ReceiverError
 * `key-missing`, `not-together`, `store-lost`, `key-damaged`.
 */
export async function orgKey(dataDir: string, store: Store, org: string): Promise<ReceiptKey> {
  const path = fileOf(dataDir, org)
  const known = await store.recall(nameOf(org))
  if (known === undefined) return await firstKey(store, path, nameOf(org))
  if (!(await hasReceiptKey(path))) throw new ReceiverError('key-missing')
  const key = await openReceiptKey(path)
  if (known !== publicText(key)) throw new ReceiverError('not-together')
  return key
}

async function firstKey(store: Store, path: string, name: string): Promise<ReceiptKey> {
  const begun = (key: ReceiptKey) => `${name}-begun ${publicText(key)}`
  const key = await openReceiptKey(path, (made) => store.remember(begun(made), ''))
  if ((await store.recall(begun(key))) === undefined) throw new ReceiverError('store-lost')
  await store.remember(name, publicText(key))
  return key
}
