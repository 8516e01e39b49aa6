import { transferHandlers } from 'comlink'
import { VaultError, vaultErrors } from './vault-error.ts'

/** A thrown value as it crosses between worker and page: the reason, and nothing that an exception might quote. */
interface Thrown {
  readonly reason: string
}

/**
 * Makes comlink carry VaultErrors with their reason; everything else that is thrown arrives as `store`, without its
 * message. To be called once on either side, before the first call; `unplanned` hears of each of these others.
 */
export function carryErrors(unplanned?: () => void): void {
  const handler = transferHandlers.get('throw')
  if (!handler) return
  transferHandlers.set('throw', {
    canHandle: (value): value is unknown => handler.canHandle(value),
    serialize({ value }: { value: unknown }): [Thrown, Transferable[]] {
      if (!(value instanceof VaultError)) unplanned?.()
      return [{ reason: reasonOf(value) }, []]
    },
    deserialize(thrown: Thrown): never {
      throw new VaultError(vaultErrors.find((reason) => reason === thrown.reason) ?? 'store')
    },
  })
}

const reasonOf = (error: unknown): string => (error instanceof VaultError ? error.reason : 'store')
