import { useLingui } from '@lingui/react/macro'
import { Undo2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { formatPartialDate } from '../i18n/format.ts'
import type { DraftConsent } from '../record/draft.ts'
import { Button } from '../ui/button.tsx'
import { Details } from '../ui/details.tsx'
import { Notice } from '../ui/notice.tsx'
import { useActs } from './case-context.ts'

interface Props {
  readonly consent: DraftConsent
  readonly onChange: (consent: DraftConsent) => void
}

/** Agreement that is taken back later: what then happens is said before and after. */
export function Withdrawal({ consent, onChange }: Props): ReactNode {
  const { t } = useLingui()
  const { today, sent } = useActs()
  const [open, setOpen] = useState(false)
  const { withdrawn, ...given } = consent
  if (withdrawn)
    return (
      <Notice
        look="warn"
        live="status"
        acts={
          <Button look="quiet" onClick={() => onChange(given)}>
            <Undo2 aria-hidden="true" />
            {t`Entered by mistake`}
          </Button>
        }
      >
        <p>
          <b>{t`Withdrawn on ${formatPartialDate(withdrawn.date)}.`}</b>{' '}
          {withdrawn.scope === 'all'
            ? t`The next version you send holds nothing of this victim: no answer, no link, no consent; only that somebody withdrew. The organisation then removes the earlier ones.`
            : t`From the next version you send, the answers of this victim stay inside the organisation and are left out of what it passes on.`}
        </p>
        <p>
          {sent
            ? t`Send this version soon, so that it is known. What was already counted, printed or passed on cannot be called back.`
            : t`Nothing of this case was sent before, so nothing has to be called back.`}
        </p>
      </Notice>
    )
  const withdraw = (scope: 'share' | 'all') => onChange({ ...consent, withdrawn: { date: today, scope } })
  return (
    <Details title={t`The person takes the agreement back`} open={open} onToggle={setOpen}>
      <div className="stack">
        <p className="small">
          {t`It counts from today and goes out with the next version. What was already counted, printed or passed on cannot be called back; tell the person so.`}
        </p>
        <Button onClick={() => withdraw('share')}>{t`Keep it inside the organisation, pass nothing on`}</Button>
        <Button look="danger" onClick={() => withdraw('all')}>{t`Take everything of this person out`}</Button>
      </div>
    </Details>
  )
}
