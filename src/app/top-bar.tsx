import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { EyeOff, FlaskConical, Menu, Send } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatNumber } from '../i18n/format.ts'
import { Bar } from '../ui/bar.tsx'
import { Button } from '../ui/button.tsx'
import { useHouse } from './house.tsx'
import { useMenu } from './menu.tsx'

interface Props {
  readonly title: ReactNode
  readonly status?: ReactNode
  /** The case that is open: the menu offers to print it. */
  readonly caseId?: string
}

/** The bar of every unlocked screen: where one is, what waits, the menu, and Hide at the same place always. */
export function TopBar({ title, status, caseId }: Props): ReactNode {
  const { t } = useLingui()
  const { outbox, hide, go, session, practising } = useHouse()
  const openMenu = useMenu()
  const waiting = outbox?.waiting ?? 0
  const words = t`${plural(waiting, { one: '# waiting', other: '# waiting' })}`
  const bar = (
    <Bar title={title} status={status}>
      {waiting > 0 && (
        <button
          type="button"
          className="pill accent pick"
          aria-label={words}
          data-count={formatNumber(waiting)}
          onClick={() => go({ name: 'outbox' })}
        >
          <Send aria-hidden="true" />
          <span className="on-wide">{words}</span>
        </button>
      )}
      <Button look="quiet" icon aria-label={t`Menu`} onClick={() => openMenu(caseId)}>
        <Menu aria-hidden="true" />
      </Button>
      <Button className="hide" aria-label={session.hasPin ? t`Hide` : t`Lock`} onClick={hide}>
        <EyeOff aria-hidden="true" />
        <span className="on-wide">{session.hasPin ? t`Hide` : t`Lock`}</span>
      </Button>
    </Bar>
  )
  if (!practising) return bar
  return (
    <div className="practice-top">
      <PracticeBanner />
      {bar}
    </div>
  )
}

function PracticeBanner(): ReactNode {
  const { practise } = useHouse()
  return (
    <div className="practice-banner" role="status">
      <span>
        <FlaskConical aria-hidden="true" />
        <Trans>Practice: invented cases. Nothing is kept or sent.</Trans>
      </span>
      <Button look="quiet" onClick={() => practise(false)}>
        <Trans>Leave practice</Trans>
      </Button>
    </div>
  )
}
