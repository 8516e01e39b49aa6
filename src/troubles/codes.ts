/**
 * What went wrong on this device, counted and never quoted (security design, section 15): a code of this list, how often
 * in a row, and when it was last, in milliseconds since the page or worker was begun. No text, no id, no message of an
 * exception and no time of day can get in. `start` stands before the first of each page; `vault-…` is of the vault's
 * worker, `sw-…` of the service worker.
 */
export const troubleCodes = [
  'start',
  'policy',
  'error',
  'rejection',
  'quota',
  'store',
  'conflict',
  'blocked',
  'changed-outside',
  'log-gap',
  'unreadable',
  'vault-policy',
  'vault-error',
  'vault-rejection',
  'vault-answer',
  'sw-policy',
  'sw-error',
  'sw-rejection',
] as const
export type TroubleCode = (typeof troubleCodes)[number]

export interface Trouble {
  readonly code: TroubleCode
  readonly count: number
  readonly ms: number
}
