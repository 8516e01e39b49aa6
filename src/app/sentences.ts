import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { OutboxCode } from '../database.ts'
import type { DeliveryCode } from '../outbox/answers.ts'
import type { CaseState, CircleKind, WithdrawReason } from '../vault/api.ts'
import type { Lack } from './browser-check.ts'

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
  'code-expired': msg`The code of the set-up link is no longer good, so this tablet cannot send yet. Cases stay here. Ask your lead for a new link.`,
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

/** What this browser lacks, and what may help. */
export const lackSentences = {
  'secure-context': msg`This page was not loaded over a secure connection (https). Open the address that your organisation gave you.`,
  script: msg`This browser is too old for Daybook: something that it is written with is missing. Update the browser, or use another one.`,
  'service-worker': msg`The browser cannot work offline here (no service worker). Private windows often switch it off: open an ordinary window.`,
  worker: msg`The browser did not start the part of Daybook that keeps your records (a module worker). Update the browser and try again.`,
  locks: msg`The browser cannot keep two tabs from writing at once (no Web Locks). Update the browser.`,
  crypto: msg`The browser's encryption (WebCrypto) is missing, or gave a wrong answer. Update the browser.`,
  'key-making': msg`The browser could not make a key from a passphrase (WebAssembly, 19 MB of memory). Close other tabs and apps and try again. If WebAssembly was switched off, switch it on.`,
  packing: msg`The browser cannot pack what is to be sent (no gzip streams). Update the browser.`,
  files: msg`The browser keeps no private files (OPFS), or does not forget what was replaced in them. Private windows often switch them off: open an ordinary window.`,
  database: msg`The browser's database (IndexedDB) is missing, or does not make sure that what is saved is on the disk. Open an ordinary window and update the browser.`,
} as const satisfies Record<Lack, MessageDescriptor>
