import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { CaseState, CircleKind, WithdrawReason } from '../vault/api.ts'

export const stateWords = {
  draft: msg`Draft`,
  ready: msg`Ready`,
  received: msg`Received`,
  opened: msg`Opened`,
  attention: msg`Needs attention`,
  'tablet-only': msg`On this tablet only`,
} as const satisfies Record<CaseState, MessageDescriptor>

/** Who may open a case. */
export const circleWords = {
  me: msg`only you`,
  team: msg`the team`,
} as const satisfies Record<CircleKind, MessageDescriptor>

/** Why a whole case was withdrawn. */
export const withdrawReasons = {
  consent: msg`Consent was taken back`,
  error: msg`Entered by mistake`,
  duplicate: msg`Entered twice`,
} as const satisfies Record<WithdrawReason, MessageDescriptor>

export const notSavedSentences = {
  quota: msg`Not saved yet. This tablet is full. Your text is still here; free some space or send waiting cases. Do not close this page.`,
  store: msg`Not saved yet. The browser's storage did not answer. Your text is still here and is tried again by itself. Do not close this page.`,
} as const
