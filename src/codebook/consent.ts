/** What a victim was told and agreed to, each with its date. Withdrawal is a dated event, never an erased field. */

export interface ConsentField {
  readonly id: string
  readonly text: string
  readonly confidence?: 'proposed'
}

export const consentFields = [
  { id: 'interview', text: "Agrees (or, for a child, assents with a guardian's consent) to the interview" },
  { id: 'purpose', text: 'Was told why the questions are asked' },
  { id: 'use', text: 'Was told how the data are and may be used' },
  { id: 'research', text: 'Was told that data without identity may be used for research' },
  { id: 'access', text: 'Was told that they can ask to see their data at any time' },
  { id: 'storage', text: 'Was told how long the data are kept' },
  { id: 'withdraw', text: 'Was told how to withdraw agreement' },
  {
    id: 'share',
    text: 'Agrees that de-identified data are passed to the named central agency (ours; proposed)',
    confidence: 'proposed',
  },
] as const satisfies readonly ConsentField[]

export type ConsentId = (typeof consentFields)[number]['id']

/** `notAsked` is written by leaving the field out. */
export const consentValues = ['yes', 'no', 'notAsked'] as const

export const consentSource = 'htcds-2 (consent guidance), reworded'
export const consentRecord =
  'Store for each field the value and the date; store withdrawal as a dated event, not by erasing the field.'
