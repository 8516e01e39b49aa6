import { useEffect } from 'react'
import type { VaultClient } from '../vault/vault-client.ts'
import { everything, leaveErased, watchForErased } from './lock.ts'

/** Leaves when another tab erased the account that is open here, or the tablet; a list of accounts is read anew. */
export function useErasedElsewhere(client: VaultClient, open: string | undefined, startAnew: () => void): void {
  useEffect(
    () =>
      watchForErased((erased) => {
        if (erased === everything || erased === open) void leaveErased(client, erased, { tell: false })
        else startAnew()
      }),
    [client, open, startAnew],
  )
}
