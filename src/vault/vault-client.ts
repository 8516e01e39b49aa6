import { transfer, wrap, type Remote } from 'comlink'
import type { VaultApi } from './api.ts'
// oxlint-disable-next-line import/default -- Vite makes the module: the address of the built worker
import vaultUrl from './vault.worker.ts?worker&url'
import { hearNews, type ConnectionNews } from './connection-news.ts'
import { carryErrors } from './wire.ts'

export interface VaultClient {
  /** Rejects with VaultError only. A passphrase handed over is moved: its bytes are gone from the page. */
  readonly api: Remote<VaultApi>
  /** Ends the worker, and with it every key. Call `api.lock()` before it where there is time. */
  end(): void
  /** Tells what befalls the connection to the database, or that the worker is `broken`; gives what ends the telling. */
  onNews(heard: (news: ConnectionNews | 'broken') => Promise<void> | void): () => void
}

/**
 * Starts the vault's worker for this page. The address goes through the page's one Trusted Types policy (`app-url`);
 * a plain string would be refused.
 */
export function startVault(trusted: (url: string) => string | URL): VaultClient {
  carryErrors()
  const worker = new Worker(trusted(vaultUrl), { type: 'module', name: 'vault' })
  // Its file could not be had, or something was thrown that nobody caught: whoever waits for an answer may wait for ever.
  const broken = new Promise((resolve) => worker.addEventListener('error', resolve))
  return {
    api: movingPassphrases(wrap<VaultApi>(worker)),
    end: () => worker.terminate(),
    onNews: (heard) => {
      void broken.then(() => heard('broken'))
      return hearNews(worker, heard)
    },
  }
}

function movingPassphrases(remote: Remote<VaultApi>): Remote<VaultApi> {
  const moved = (bytes: Uint8Array<ArrayBuffer>) => transfer(bytes, [bytes.buffer])
  const moving: Partial<VaultApi> = {
    unlock: (accountId, passphrase) => remote.unlock(accountId, moved(passphrase)),
    samePassphrase: (passphrase) => remote.samePassphrase(moved(passphrase)),
    changePassphrase: (current, next) => remote.changePassphrase(moved(current), moved(next)),
    setWipePassphrase: (current, wipe) => remote.setWipePassphrase(moved(current), moved(wipe)),
    createAccount: (wish) => remote.createAccount(transfer(wish, [wish.passphrase.buffer])),
  }
  return new Proxy(remote, {
    get: (target, name, receiver) => Reflect.get(moving, name) ?? Reflect.get(target, name, receiver),
  })
}
