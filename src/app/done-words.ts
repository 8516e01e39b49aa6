import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { TrailEntry } from '../vault/api.ts'

/** What was done, in words, for each action of the log. A new action does not compile until it has its words. */
export const doneWords = {
  account: msg`Account made`,
  unlock: msg`Unlocked`,
  'failed-unlock': msg`Wrong passphrase before that`,
  configuration: msg`Settings of the organisation taken`,
  pin: msg`PIN changed`,
  passphrase: msg`Passphrase changed`,
  'wipe-passphrase': msg`Wipe passphrase changed`,
  new: msg`Case begun`,
  save: msg`Case saved`,
  conflict: msg`Second version kept`,
  finish: msg`Version finished`,
  withdraw: msg`Case withdrawn`,
  close: msg`Case closed`,
  reopen: msg`Case opened again`,
  change: msg`Change by code sent`,
  box: msg`Sealed for the organisation`,
  receipt: msg`Receipt taken in`,
  remove: msg`Case removed from this tablet`,
  adopt: msg`Second version put in the place of the first`,
  migrate: msg`Brought into today's form by the program`,
  copy: msg`Copy made`,
  restore: msg`Put back from a copy`,
  team: msg`Team begun`,
  'let-in': msg`Let into the team`,
  'take-out': msg`Taken out of the team`,
  role: msg`Role changed`,
  give: msg`Case given away`,
  take: msg`Case taken over`,
  view: msg`Looked at`,
  print: msg`Printed`,
  export: msg`Sealed file made`,
  'export-plain': msg`Plain file made`,
} as const satisfies Record<TrailEntry['action'], MessageDescriptor>
