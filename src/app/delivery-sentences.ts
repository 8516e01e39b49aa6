import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { OutboxCode } from '../database.ts'
import type { DeliveryCode } from '../outbox/answers.ts'

/**
 * What the screen says for each code (security design, section 16): what is safe first, then what to do. A new code does
 * not compile until it has its sentence.
 */
export const deliverySentences = {
  '': msg`Nothing is wrong.`,
  net: msg`No connection. The cases are safe on this tablet and will be sent later.`,
  busy: msg`The receiver asked to wait. The cases are safe on this tablet and will be sent later.`,
  full: msg`The receiver is full at the moment. The cases are safe on this tablet and will be sent later. Tell your lead.`,
  portal: msg`This network answered instead of your organisation. Nothing was sent. You may need to sign in to the Wi-Fi.`,
  receipt: msg`The answer was not signed by your organisation, so nothing counts as received. The cases are safe on this tablet.`,
  device: msg`Your organisation does not recognise this tablet any more. Cases stay here. Contact your lead.`,
  endpoint: msg`The receiver was not found at its address. Cases stay here. Contact your lead.`,
  config: msg`Settings have been changed or are not from your organisation. Sending is stopped. Cases stay here.`,
  refused: msg`Your organisation could not accept a case. It stays on this tablet. Show the case's line to your lead.`,
  'too-large': msg`Your organisation could not accept a case. It stays on this tablet. Show code 413 to your lead.`,
  'code-expired': msg`The set-up code of this tablet is no longer good, so it cannot send yet. Cases stay here. Ask your lead for a new link or a new code.`,
} as const satisfies Record<DeliveryCode, MessageDescriptor>

/** Why one box is still here. */
export const boxSentences = {
  '': deliverySentences[''],
  'E-NET': deliverySentences.net,
  'E-BUSY': deliverySentences.busy,
  'E-FULL': deliverySentences.full,
  'E-PORTAL': deliverySentences.portal,
  'E-RECEIPT': deliverySentences.receipt,
  'E-DEVICE': deliverySentences.device,
  'E-CODE': deliverySentences['code-expired'],
  'E-ENDPOINT': deliverySentences.endpoint,
  'E-CONFIG': deliverySentences.config,
  'E-TOO-LARGE': deliverySentences['too-large'],
  'E-REFUSED': deliverySentences.refused,
  'unknown-format': msg`The receiver does not know this kind of box. The case stays on this tablet. Show this line to your lead.`,
  'too-large': deliverySentences['too-large'],
  revoked: deliverySentences.device,
  rejected: msg`Your organisation opened the box and could not use it. The case stays on this tablet. Contact your lead.`,
} as const satisfies Record<OutboxCode, MessageDescriptor>
