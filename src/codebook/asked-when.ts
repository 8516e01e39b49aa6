import type { Condition } from './rule.ts'

/**
 * This variable only if that answer. A variable whose condition is not true is closed: while editing its answer is kept
 * and named; a finished revision does not hold it; an import that holds it is refused. A closed variable may still have a
 * value set by a rule (`coe ret dem sxp agp stp cip` = `na`).
 */
interface AskedWhen {
  readonly text: string
  readonly expr: Condition | true
}

/** The perpetrator is a legal entity, private or public. */
export const legalEntity = { var: 'x3pls', op: 'in', value: ['2', '2a', '2b'] } as const satisfies Condition

/** A criminal case exists, at whatever stage. */
export const criminalCase = {
  var: 'ces',
  op: 'in',
  value: ['investigation', 'contact', 'prosecuted', 'convicted', 'acquitted', 'discontinued'],
} as const satisfies Condition

/** Type 1 alone, as a component, or behind an imported bare 8. */
export const sexualAmongTypes = {
  any: [
    { var: 'toe', op: 'includesL1', value: '1' },
    { var: 'toe', op: 'includes', value: '8' },
  ],
} as const satisfies Condition

/** Type 2 alone, as a component, or behind an imported bare 8. */
export const labourAmongTypes = {
  any: [
    { var: 'toe', op: 'includesL1', value: '2' },
    { var: 'toe', op: 'includes', value: '8' },
  ],
} as const satisfies Condition

/** Stopped or ended before exploitation began. */
export const noExploitation = { var: 'exp', op: 'eq', value: 'noc' } as const satisfies Condition

export const unlessNoExploitation: AskedWhen = {
  text: 'Not applicable when no exploitation took place (exp = noc).',
  expr: { not: noExploitation },
}

export const naturalPerson: AskedWhen = {
  text: 'When a perpetrator record exists and the perpetrator is a natural person (or kind not known); Not applicable for a legal entity.',
  expr: { all: [{ var: 'perpetrators', op: 'countGte', value: 1 }, { not: legalEntity }] },
}

export const decided: AskedWhen = {
  text: 'Needed when sta is confirmed or negated; na while presumed.',
  expr: { var: 'sta', op: 'in', value: ['confirmed', 'negated'] },
}

export const criminalCaseExists: AskedWhen = {
  text: 'When a criminal case exists (ces is not none, nk or empty).',
  expr: criminalCase,
}

export const sexualExploitation: AskedWhen = {
  text: 'Only when type 1 (sexual exploitation) is among the recorded types, alone or as a component of mixed (or as an imported bare 8), and exploitation took place or is not excluded.',
  expr: { all: [sexualAmongTypes, { not: noExploitation }] },
}

export const forcedLabour: AskedWhen = {
  text: 'Only when type 2 (forced labour, including 2.1 and 2.2) is among the recorded types, alone or as a component of mixed (or as an imported bare 8), and exploitation took place or is not excluded.',
  expr: { all: [labourAmongTypes, { not: noExploitation }] },
}

export const linked: AskedWhen = {
  text: 'When the victim is linked to a perpetrator record in the same event.',
  expr: { var: 'link', op: 'exists' },
}

export const perpetratorRecorded: AskedWhen = {
  text: 'When a perpetrator record exists for the event (an unidentified perpetrator counts).',
  expr: { var: 'perpetrators', op: 'countGte', value: 1 },
}

export const cyberRelated: AskedWhen = { text: 'When cyb is yes.', expr: { var: 'cyb', op: 'eq', value: 'yes' } }

export const always: AskedWhen = { text: 'Always.', expr: true }
