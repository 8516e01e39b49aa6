import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowRight, ChevronRight, History } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { useCase } from '../../form/case-context.ts'
import { type ChangeWords, changeWords } from '../../form/change-words.ts'
import { formatNumber } from '../../i18n/format.ts'
import { draftOf } from '../../record/amend.ts'
import type { CaseRecord, CompleteRecord } from '../../record/case-record.ts'
import { type Change, changesBetween } from '../../record/changes.ts'
import { withPersonBack } from '../../record/removal.ts'
import { isPresent } from '../../record/units.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

interface Props {
  readonly sent: CaseRecord
  readonly readOnly: boolean
  readonly onGo: (section: string, code?: string) => void
}

/** What the next version will say otherwise than the one that was sent. Draws nothing while nothing differs. */
export function SentChanges({ sent, readOnly, onGo }: Props): ReactNode {
  const { t } = useLingui()
  const { draft, asked, change } = useCase()
  const changes = useMemo(() => changesBetween(sent, draft), [sent, draft])
  if (sent.state === 'withdrawn' || changes.length === 0) return null
  const takeBack = (id: string) => change((now) => withPersonBack(now, draftOf(sent), id))
  return (
    <section className="checks open" aria-labelledby="sent-changes">
      <h2 id="sent-changes">
        <History aria-hidden="true" /> <Trans>Changed since version {formatNumber(sent.revision)} was sent</Trans>{' '}
        <span className="num small">{formatNumber(changes.length)}</span>
      </h2>
      {draft.victims.length > 0 && !draft.victims.some(isPresent) && (
        <Notice look="warn">{t`No victim is left. Sending this version withdraws the whole case.`}</Notice>
      )}
      <ul className="stack">
        {changes.map((one) => {
          const words = changeWords(one, sent, draft, asked)
          const id = readOnly ? undefined : comesBack(one, sent)
          return (
            <li key={words.key} className="check-line">
              <Line words={words} onGo={onGo} />
              {id !== undefined && (
                <Button
                  look="quiet"
                  aria-label={t`Bring ${words.who} back`}
                  onClick={() => takeBack(id)}
                >{t`Bring back`}</Button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** Whoever was taken out, and by no wish of their own. */
function comesBack(change: Change, { victims, perpetrators }: CompleteRecord): string | undefined {
  const taken = change.kind === 'removed' || (change.kind === 'withdrawn' && change.reason === 'error')
  if (!taken) return undefined
  return [...victims, ...perpetrators].find(({ id }) => id === change.id)?.id
}

function Line({ words, onGo }: { readonly words: ChangeWords; readonly onGo: Props['onGo'] }): ReactNode {
  const { who, what, before, after, section, code } = words
  const inside = (
    <span className="grow">
      <span>
        {who}: {what}
      </span>
      {before !== undefined && (
        <span className="small from-to">
          <span className="unseen">
            <Trans>before:</Trans>{' '}
          </span>
          <s>{before}</s>
          <ArrowRight className="onward" aria-hidden="true" />
          <span className="unseen">
            <Trans>now:</Trans>{' '}
          </span>
          <b>{after}</b>
        </span>
      )}
    </span>
  )
  if (section === undefined) return <div className="jump still">{inside}</div>
  return (
    <button type="button" className="jump" onClick={() => onGo(section, code)}>
      {inside}
      <ChevronRight className="onward" aria-hidden="true" />
    </button>
  )
}
