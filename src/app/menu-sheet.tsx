import { Trans, useLingui } from '@lingui/react/macro'
import {
  CopyCheck,
  FileText,
  FlaskConical,
  GraduationCap,
  Hash,
  House,
  Info,
  ListChecks,
  LogOut,
  PackageOpen,
  Printer,
  Send,
  UserRound,
  UserRoundCog,
  UsersRound,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { LanguageChoice } from './language-choice.tsx'
import { useHouse, type Screen } from './house.tsx'

interface MenuProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly caseId: string | undefined
}

/** Where one can go from here, and the way out. */
export function MenuSheet({ open, onClose, caseId }: MenuProps): ReactNode {
  const { t } = useLingui()
  const { go, lock, another, session, practising, practise, setTour, organisation, settingsChanged } = useHouse()
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
            <Button look="quiet" onClick={to({ name: 'copies' })}>
              <CopyCheck aria-hidden="true" /> <Trans>Copies</Trans>
            </Button>
            {caseId !== undefined && printing && (
              <Button look="quiet" onClick={to({ name: 'print', id: caseId })}>
                <Printer aria-hidden="true" /> <Trans>Print this case</Trans>
              </Button>
            )}
            <Button look="quiet" onClick={to({ name: 'blank-form' })}>
              <FileText aria-hidden="true" /> <Trans>Blank paper form</Trans>
            </Button>
            <Button look="quiet" onClick={to({ name: 'team' })}>
              <UsersRound aria-hidden="true" /> <Trans>The team of this tablet</Trans>
            </Button>
            <Button look="quiet" onClick={to({ name: 'account' })}>
              <UserRound aria-hidden="true" /> <Trans>My account</Trans>
            </Button>
            <Button look="quiet" onClick={to({ name: 'done' })}>
              <ListChecks aria-hidden="true" /> <Trans>What was done</Trans>
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
        <Button look="quiet" className="apart" onClick={act(another)}>
          <UserRoundCog aria-hidden="true" /> <Trans>Another person</Trans>
        </Button>
        <Button look="quiet" onClick={lock}>
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
