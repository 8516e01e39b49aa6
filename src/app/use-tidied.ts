import { useEffect, useState } from 'react'
import type { Tidied } from '../vault/api.ts'
import type { VaultClient } from '../vault/vault-client.ts'
import { countDiagnostic } from './diagnostics.ts'
import { spaceNow } from './space.ts'

/** Long enough after the unlock that the list stands and what is fetched ahead has begun to come. */
const afterUnlock = 1_500

/**
 * What the vault found when it held every row against the log, once an unlock; undefined until then, and where it could
 * not look. It runs in the worker and never before somebody can work.
 */
export function useTidied(vault: VaultClient['api']): Tidied | undefined {
  const [tidied, setTidied] = useState<Tidied>()
  useEffect(() => {
    let here = true
    const timer = setTimeout(() => {
      const tidy = async () => await vault.tidy((await spaceNow()) !== 'enough')
      void tidy().then(
        (found) => {
          if (found.changed.length + found.gone.length > 0) countDiagnostic('changed-outside')
          if (!found.logIntact) countDiagnostic('log-gap')
          if (here) setTidied(found)
        },
        () => undefined,
      )
    }, afterUnlock)
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [vault])
  return tidied
}
