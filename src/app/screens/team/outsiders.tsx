import { Trans, useLingui } from '@lingui/react/macro'
import { UserRoundPlus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useToast } from '../../../ui/toast.tsx'
import type { TeamView } from '../../../vault/api.ts'
import { useHouse } from '../../house.tsx'
import { SixWords } from '../../six-words.tsx'
import type { ChangeTeam } from './change-team.ts'

type Outsider = TeamView['others'][number]

interface Props {
  readonly team: TeamView
  readonly change: ChangeTeam
}

/** Accounts of this tablet outside the team; any member lets one in while both are at the tablet. */
export function Outsiders({ team, change }: Props): ReactNode {
  const [asked, setAsked] = useState<Outsider>()
  return (
    <section className="card stack">
      <h2>
        <Trans>Not in the team</Trans>
      </h2>
      <ul className="people-list">
        {team.others.map((other) => (
          <li key={other.accountId} aria-label={other.label}>
            <span className="grow">
              <bdi>{other.label}</bdi>
            </span>
            <Button look="quiet" onClick={() => setAsked(other)}>
              <UserRoundPlus aria-hidden="true" /> <Trans>Let in …</Trans>
            </Button>
          </li>
        ))}
      </ul>
      <LetIn other={asked} which={team.circleId} change={change} onClose={() => setAsked(undefined)} />
    </section>
  )
}

interface LetInProps {
  readonly other: Outsider | undefined
  readonly which: string | undefined
  readonly change: ChangeTeam
  readonly onClose: () => void
}

/** The words that the colleague has on their own screen: only who compares them knows whom the key goes to. */
function LetIn({ other, which, change, onClose }: LetInProps): ReactNode {
  const { t } = useLingui()
  const { vault } = useHouse()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  if (!other) return null
  const { accountId, recipient, label } = other
  const letIn = async () => {
    setBusy(true)
    const done = await change(async () => await vault.letIn(accountId, recipient, which))
    setBusy(false)
    onClose()
    if (done) toast({ text: t`${label} is in the team from the next unlock on.` })
  }
  return (
    <Dialog
      title={t`Let ${label} into the team?`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>The words differ</Trans>
          </Button>
          <Button look="first" disabled={busy} onClick={() => void letIn()}>
            <Trans>The words agree: let in</Trans>
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>
          <Trans>
            Do this while both of you are at the tablet. Your colleague has seen six words under “The team of this
            tablet” in their own account and wrote them down. Are they these?
          </Trans>
        </p>
        <SixWords words={other.words} />
        <Notice>
          <Trans>
            They will open, change and send all cases of the team, those written before too. It works from their next
            unlock on. If one word differs, somebody has changed the tablet: let nobody in and tell your lead.
          </Trans>
        </Notice>
      </div>
    </Dialog>
  )
}
