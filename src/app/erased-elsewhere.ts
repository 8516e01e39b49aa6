import { useEffect } from 'react'
import type { VaultClient } from '../vault/vault-client.ts'
import { everything, leaveErased, watchForErased } from './lock.ts'
import type { People } from './people.ts'

interface Here {
  readonly client: VaultClient
  /** The account that is open in this page. */
  readonly open: string | undefined
  readonly people: People
  /** Reads the list of accounts anew. */
  readonly startAnew: () => void
}

/** Another tab erased an account, or the tablet: whoever is open or covered here as that account ends at once. */
export function useErasedElsewhere({ client, open, people, startAnew }: Here): void {
  useEffect(
    () =>
      watchForErased((erased) => {
        if (erased === everything || erased === open) return void leaveErased(client, erased, { tell: false })
        if (people.covered.some(({ accountId }) => accountId === erased)) people.endCovered(erased)
        startAnew()
      }),
    [client, open, people, startAnew],
  )
}
