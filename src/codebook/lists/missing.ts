import type { CodeList, Entry } from '../code-list.ts'
import type { MissingCode } from '../variable.ts'

/** The silences that are coded. Not asked, or not entered yet, is a fourth one: the answer is absent. */

export const notKnown = {
  code: 'nk',
  label: 'Not known',
  definition: 'Asked or looked for, but the answer is not known.',
  missing: true,
} as const satisfies Entry

export const notApplicable = {
  code: 'na',
  label: 'Not applicable',
  definition: 'The question cannot apply to this unit.',
  missing: true,
} as const satisfies Entry

/** Never chosen by hand: a rule sets it. */
export const notApplicableByRule = {
  code: 'na',
  label: 'Not applicable',
  definition: 'The question cannot apply to this unit.',
  missing: true,
  offered: false,
} as const satisfies Entry

export const declined = {
  code: 'ref',
  label: 'Declined to answer',
  definition: 'The person was asked and chose not to answer.',
  missing: true,
  confidence: 'proposed',
} as const satisfies Entry

export const notKnownOrDeclined = {
  id: 'not-known-or-declined',
  entries: [notKnown, declined],
} as const satisfies CodeList

export const anySilence = {
  id: 'any-silence',
  entries: [notKnown, notApplicable, declined],
} as const satisfies CodeList

/** For variables that have no list of their own, such as an age. */
export const missingEntry: Readonly<Record<MissingCode, Entry>> = { nk: notKnown, na: notApplicable, ref: declined }
