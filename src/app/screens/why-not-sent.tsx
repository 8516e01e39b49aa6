import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { OutboxCode } from '../../database.ts'
import type { DeliveryCode } from '../../outbox/answers.ts'
import { boxSentences, deliverySentences } from '../delivery-sentences.ts'

/** Why nothing could be sent at the last try. */
export function WhyNotSent({ code }: { readonly code: DeliveryCode }): ReactNode {
  const { t } = useLingui()
  return t(deliverySentences[code])
}

/** Why a case is still here. */
export function WhyStillHere({ code }: { readonly code: OutboxCode }): ReactNode {
  const { t } = useLingui()
  return t(boxSentences[code])
}
