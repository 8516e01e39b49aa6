export const vaultErrors = [
  'locked',
  'not-found',
  'cannot-open',
  'newer',
  'bad-input',
  'device',
  'settings-changed',
  'worn-out',
  'busy',
  'quota',
  'store',
] as const
export type VaultErrorReason = (typeof vaultErrors)[number]

/**
 * What the vault did not plan for. `newer`: written by a later version of the app. `worn-out`: the circle's key has
 * encrypted as often as it may. `busy`: other tabs kept writing in between. Says nothing of what was in the room.
 */
export class VaultError extends Error {
  readonly reason: VaultErrorReason
  constructor(reason: VaultErrorReason, cause?: unknown) {
    super(`vault: ${reason}`, cause === undefined ? undefined : { cause })
    this.name = 'VaultError'
    this.reason = reason
  }
}
