import { msg, t } from '@lingui/core/macro'
import type { MessageDescriptor } from '@lingui/core'
import { consentFields, type ConsentId } from '../codebook/consent.ts'
import { formatNumber } from '../i18n/format.ts'
import type { DraftConsent } from '../record/draft.ts'

/** The points of the codebook as they are said to the person. Our own wording; the points themselves are the codebook's. */
export const spoken: Readonly<Record<ConsentId, MessageDescriptor>> = {
  interview: msg`I would like to ask you some questions about what happened. You decide whether you want to talk, and you can leave out any question or stop at any time. For a child, somebody who takes care of the child has to agree, too.`,
  purpose: msg`I ask so that it is known what happens to people and how they can be protected. I do not write down your name.`,
  use: msg`Your answers are kept by our organisation, locked, and a locked copy may be kept in case this device breaks. They are counted together with those of others.`,
  research: msg`Answers that do not say who you are may also be used for research.`,
  access: msg`You can ask us at any time to see what is written down about you.`,
  storage: msg`I will tell you how long we keep your answers.`,
  withdraw: msg`You can change your mind later. Tell us, and we take your answers out. What was already counted or passed on cannot always be called back.`,
  share: msg`If you agree, answers without your name are passed to the agency that counts such cases in this country. I will tell you its name. You can say no to this alone.`,
}

/** How far somebody was told and agreed, in a few words. */
export function agreedShort(consent: DraftConsent): string {
  const yes = consentFields.filter(({ id }) => consent[id]?.value === 'yes').length
  const no = consentFields.filter(({ id }) => consent[id]?.value === 'no').length
  if (consent.withdrawn) return t`withdrawn`
  if (yes === consentFields.length) return t`all agreed`
  if (yes + no === 0) return t`not asked yet`
  return t`${formatNumber(yes)} of ${formatNumber(consentFields.length)} agreed`
}
