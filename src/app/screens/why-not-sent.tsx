import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { OutboxCode } from '../../database.ts'
import { boxSentences } from '../delivery-sentences.ts'

/** Why a case is still here. */
export function WhyStillHere({ code }: { readonly code: OutboxCode }): ReactNode {
  const { t } = useLingui()
  return t(boxSentences[code])
}
