import { Plural, Trans, useLingui } from '@lingui/react/macro'
import {
  EyeOff,
  FileText,
  FlaskConical,
  GraduationCap,
  Hash,
  House,
  Info,
  LogOut,
  Menu,
  PackageOpen,
  Printer,
  Send,
} from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Bar } from '../ui/bar.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { LanguageChoice } from './language-choice.tsx'
import { useHouse, type Screen } from './house.tsx'

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
  const [menu, setMenu] = useState(false)
  const waiting = outbox?.waiting ?? 0
  const bar = (
    <Bar title={title} status={status}>
      {waiting > 0 && (
        <button type="button" className="pill accent pick" onClick={() => go({ name: 'outbox' })}>
          <Send aria-hidden="true" />
          <Plural value={waiting} one="# waiting" other="# waiting" />
        </button>
      )}
      <Button look="quiet" icon aria-label={t`Menu`} onClick={() => setMenu(true)}>
        <Menu aria-hidden="true" />
      </Button>
      <Button className="hide" aria-label={session.hasPin ? t`Hide` : t`Lock`} onClick={hide}>
        <EyeOff aria-hidden="true" />
        <span className="on-wide">{session.hasPin ? t`Hide` : t`Lock`}</span>
      </Button>
    </Bar>
  )
  return (
    <>
      {practising ? (
        <div className="practice-top">
          <PracticeBanner />
          {bar}
        </div>
      ) : (
        bar
      )}
      <MenuSheet open={menu} onClose={() => setMenu(false)} caseId={caseId} />
    </>
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

interface MenuProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly caseId: string | undefined
}

function MenuSheet({ open, onClose, caseId }: MenuProps): ReactNode {
  const { t } = useLingui()
  const { go, lock, session, practising, practise, setTour, organisation, settingsChanged } = useHouse()
  const printing = organisation ? organisation.print : !settingsChanged
  const act = (run: () => void) => () => {
    onClose()
    run()
  }
  const to = (screen: Screen) => act(() => go(screen))
  const showTour = () => {
    setTour(true)
    go({ name: 'home' })
  }
  return (
    <Dialog title={t`Menu`} open={open} onClose={onClose} shape="side">
      <nav className="menu">
        <Button look="quiet" onClick={to({ name: 'home' })}>
          <House aria-hidden="true" /> <Trans>All cases</Trans>
        </Button>
        {!practising && (
          <>
            <Button look="quiet" onClick={to({ name: 'outbox' })}>
              <Send aria-hidden="true" /> <Trans>What waits to be sent</Trans>
            </Button>
            <Button look="quiet" onClick={to({ name: 'change' })}>
              <Hash aria-hidden="true" /> <Trans>Change by code</Trans>
            </Button>
            <Button look="quiet" onClick={to({ name: 'export' })}>
              <PackageOpen aria-hidden="true" /> <Trans>Export</Trans>
            </Button>
            {caseId !== undefined && printing && (
              <Button look="quiet" onClick={to({ name: 'print', id: caseId })}>
                <Printer aria-hidden="true" /> <Trans>Print this case</Trans>
              </Button>
            )}
            <Button look="quiet" onClick={to({ name: 'blank-form' })}>
              <FileText aria-hidden="true" /> <Trans>Blank paper form</Trans>
            </Button>
            <Button look="quiet" onClick={to({ name: 'about' })}>
              <Info aria-hidden="true" /> <Trans>About this tablet</Trans>
            </Button>
          </>
        )}
        <Button look="quiet" className="apart" onClick={act(() => practise(!practising))}>
          <FlaskConical aria-hidden="true" />{' '}
          {practising ? <Trans>Back to the real cases</Trans> : <Trans>Practice with invented cases</Trans>}
        </Button>
        <Button look="quiet" onClick={act(showTour)}>
          <GraduationCap aria-hidden="true" /> <Trans>How Daybook works</Trans>
        </Button>
        <Button look="quiet" className="apart" onClick={lock}>
          <LogOut aria-hidden="true" /> <Trans>End my shift</Trans>
        </Button>
        <LanguageChoice />
        <p className="small">
          <Trans>
            Open: <bdi>{session.label}</bdi>
          </Trans>
        </p>
      </nav>
    </Dialog>
  )
}
