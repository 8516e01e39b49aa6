import { msg } from '@lingui/core/macro'
import type { MessageDescriptor } from '@lingui/core'
import { codebook } from '../codebook/codebook.ts'
import { i18n, wordingOf } from '../i18n/i18n.ts'

/**
 * The rules, said to the person who enters the case. The codebook's own texts (`codebook/rule-texts.ts`) speak
 * of codes.
 */
const sentences: Readonly<Record<string, MessageDescriptor>> = {
  shape: msg`This answer does not fit the question.`,
  R01: msg`At least one form of exploitation is needed for each victim. If the purpose is clear but not the form, choose “Purposes not recorded”.`,
  R04: msg`“Purposes not recorded” stands alone: take it out, or take out the other forms.`,
  R05: msg`“Mixed forms” is worked out from the forms that you choose; it cannot be chosen itself.`,
  R07: msg`Say in a few words what the other exploitation was, without naming anybody.`,
  R08: msg`Forced military service means armed groups that are not a State's. For a State's forces, choose another form.`,
  R09: msg`Organ removal is recorded only if a person was trafficked for it, not for trade in an organ alone.`,
  R10: msg`With fraud, computers, phones or online services usually played a part. Is it so here?`,
  R11: msg`The kind of sexual exploitation is recorded only for victims of sexual exploitation.`,
  R12: msg`The kind of work is recorded only for victims of forced labour.`,
  R13: msg`An answer is no longer asked for, since the form of exploitation was taken out. It will not be sent.`,
  R14: msg`No exploitation took place, so its country and its kind do not apply.`,
  R15: msg`If exploitation took place, its country cannot be “not applicable”.`,
  R18: msg`If there is reason to believe that the person is a child, the age counts as presumed until it is verified.`,
  R19: msg`An age is a whole number from 0 to 120.`,
  R20: msg`The perpetrator is younger than 10. Is this right?`,
  R21: msg`The beginning is later than the end.`,
  R22: msg`The end is later than the day on which the case was recorded.`,
  R23: msg`The beginning is later than the day on which the case was recorded.`,
  R24: msg`The date of recording is in the future, or before the year 2000. The clock of this device may be wrong.`,
  R25: msg`“Still going on” and a date of the end exclude each other.`,
  R26: msg`The other language needs a first one, and has to differ from it.`,
  R27: msg`The number of children is a whole number from 0 to 30.`,
  R28: msg`Children, marriage or schooling do not seem to fit the age. Is this right?`,
  R29: msg`“Stateless” and the answers that no country is known stand alone.`,
  R30: msg`“Not applicable” is not an answer for a person.`,
  R32: msg`How a victim and a perpetrator know each other belongs to their link, and is the same from both sides. Choose it again under “Links”.`,
  R33: msg`If the status was decided, it has to be said what kind of organisation decided, and its standing. “Not known” is enough.`,
  R34: msg`Decided not to be trafficking: the case is kept, and left out of all counts.`,
  R35: msg`An article of law needs a criminal case.`,
  R36: msg`How the criminal case went does not change whether somebody is a victim: neither an acquittal nor a closed case does. Change the status only where it was decided anew.`,
  R37: msg`An answer that stands alone was chosen together with others.`,
  R38: msg`For an adult whose case is confirmed, some means of control is usually recorded.`,
  R39: msg`Sexual abuse or debt bondage as a means of control adds no form of exploitation. If the person was also exploited so, choose that form itself.`,
  R40: msg`The place is either a country, or outside any national territory.`,
  R41: msg`The age at the beginning is above the age now.`,
  R43: msg`This person is not known to have agreed that their answers are passed on, so a file for others leaves them out. If they agreed, record it under consent.`,
  R44: msg`A number is so small that it could point to somebody. It is left out of a table for others, and so is what it could be worked out from.`,
  R45: msg`Not asked, not known, declined and not applicable are four different answers. Keep each as it was given, and put none in another's place.`,
  R46: msg`A text looks as if it held a name, a number or an address. Please leave out what says who somebody is.`,
  R47: msg`The same victim stands in this case twice.`,
  R48: msg`The same victim stands in another case, at overlapping times: it may be one event that was entered twice. Compare the two cases; nothing is put together by itself.`,
  R49: msg`The perpetrator is a child, and may be a victim, too. Somebody who is both gets two records that nothing connects.`,
  R51: msg`The forms behind “mixed” were lost on import. Please choose them if they are known.`,
}

/** A finding in plain words; for a rule that this edition does not have, its number. */
export function ruleText(rule: string): string {
  const translated = wordingOf(`rule.${rule}`)
  if (translated) return translated
  const sentence = sentences[rule]
  return sentence ? i18n._(sentence) : rule
}

const reasons: Readonly<Record<string, MessageDescriptor>> = {
  age: msg`It follows from the age.`,
  legalEntity: msg`It does not apply to an organisation.`,
  noExploitation: msg`No exploitation took place.`,
  presumed: msg`Nobody has decided yet: the status is presumed.`,
  dates: msg`It follows from the dates.`,
  other: msg`It follows from other answers.`,
}

const reasonOf: Readonly<Record<string, keyof typeof reasons>> = {
  stv: 'age',
  stp: 'age',
  coe: 'noExploitation',
  ret: 'presumed',
  dem: 'presumed',
  x3dur: 'dates',
}

const whereNotApplicable: readonly string[] = ['sxp', 'agp', 'stp', 'cip']

/** Why the program filled in this variable. */
export function derivedReason(code: string, notApplicable: boolean): string {
  const key = notApplicable && whereNotApplicable.includes(code) ? 'legalEntity' : (reasonOf[code] ?? 'other')
  const reason = reasons[key]
  return reason ? i18n._(reason) : ''
}

const asking = new Map<string, boolean>()

/** Whether a rule is broken because something is still missing, and not because answers disagree. */
export function asksForAnswer(rule: string): boolean {
  const known = asking.get(rule)
  if (known !== undefined) return known
  const clauses = codebook.rules.find((one) => one.id === rule)?.expr ?? []
  const found = clauses.some((clause) => JSON.stringify(clause.require ?? null).includes('"notEmpty"'))
  asking.set(rule, found)
  return found
}
