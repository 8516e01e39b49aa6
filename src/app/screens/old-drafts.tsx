import { Trans, useLingui } from '@lingui/react/macro'
import { Clock } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { isVariableCode, variable } from '../../codebook/codebook.ts'
import { labelOf } from '../../form/wording.ts'
import { formatDay, formatList, formatNumber } from '../../i18n/format.ts'
import { showCaseCode } from '../../record/ids.ts'
import { Button } from '../../ui/button.tsx'
import type { CaseSummary } from '../../vault/api.ts'
import { isOld } from '../case-list.ts'
import { useHouse } from '../house.tsx'

interface Props {
  readonly cases: readonly CaseSummary[]
  readonly now: number
}

const shownAtFirst = 3

/** Drafts that were begun more than 14 days ago and never sent: the oldest first, each with what is missing to send it. */
export function OldDrafts({ cases, now }: Props): ReactNode {
  const [all, setAll] = useState(false)
  const old = cases
    .filter((one) => isOld(one, now))
    .toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
  if (old.length === 0) return null
  const left = old.length - shownAtFirst
  return (
    <section className="card old-drafts" aria-labelledby="old-drafts">
      <h2 id="old-drafts">
        <Clock aria-hidden="true" /> <Trans>Not sent for more than 14 days</Trans>
      </h2>
      <ul>
        {(all ? old : old.slice(0, shownAtFirst)).map((one) => (
          <OldDraft key={one.id} one={one} />
        ))}
      </ul>
      {!all && left > 0 && (
        <Button look="quiet" className="at-start" onClick={() => setAll(true)}>
          <Trans>Show {formatNumber(left)} more</Trans>
        </Button>
      )}
    </section>
  )
}

function OldDraft({ one }: { readonly one: CaseSummary }): ReactNode {
  const { t } = useLingui()
  const { go } = useHouse()
  const code = showCaseCode(one.code)
  return (
    <li>
      <div className="grow">
        <b className="num">
          <bdi dir="ltr">{code}</bdi>
        </b>{' '}
        <span className="small">
          <Trans>begun {formatDay(new Date(one.createdAt))}</Trans>
        </span>
        <p className="small">
          <Missing one={one} />
        </p>
      </div>
      <Button aria-label={t`Finish case ${code}`} onClick={() => go({ name: 'case', id: one.id })}>
        <Trans>Go on</Trans>
      </Button>
    </li>
  )
}

function Missing({ one }: { readonly one: CaseSummary }): ReactNode {
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
