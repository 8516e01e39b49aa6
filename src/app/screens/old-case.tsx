import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { isVariableCode, variable } from '../../codebook/codebook.ts'
import { labelOf } from '../../form/wording.ts'
import { formatDay, formatList, formatNumber } from '../../i18n/format.ts'
import { showCaseCode } from '../../record/ids.ts'
import type { CaseSummary } from '../../vault/api.ts'

/** Its code, and since when it waits. */
export function OldCase({ one }: { readonly one: CaseSummary }): ReactNode {
  return (
    <>
      <b className="num">
        <bdi dir="ltr">{showCaseCode(one.code)}</bdi>
      </b>{' '}
      <span className="small">
        {one.state === 'draft' ? (
          <Trans>begun {formatDay(new Date(one.createdAt))}</Trans>
        ) : (
          <Trans>changed {formatDay(new Date(one.changedAt))}, not sent since</Trans>
        )}
      </span>
    </>
  )
}

/** What is missing to send it, and how far it is. */
export function Missing({ one }: { readonly one: CaseSummary }): ReactNode {
  const missing = (one.missing ?? []).filter(isVariableCode).map((code) => labelOf(variable(code)))
  const { answered, asked } = one.step1
  return (
    <>
      {missing.length > 0 ? (
        <Trans>Missing to send it: {formatList(missing)}.</Trans>
      ) : (
        one.missing && <Trans>Nothing is missing: it can be sent.</Trans>
      )}{' '}
      <Trans>
        Step 1: {formatNumber(answered)} of {formatNumber(asked)} answered.
      </Trans>
    </>
  )
}
