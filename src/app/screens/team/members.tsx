import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Notice } from '../../../ui/notice.tsx'
import type { TeamView } from '../../../vault/api.ts'
import { useHouse } from '../../house.tsx'
import type { ChangeTeam } from './change-team.ts'

type Member = TeamView['members'][number]

interface Props {
  readonly team: TeamView
  readonly change: ChangeTeam
}

/** Whoever is in the team; a lead takes members out and makes others leads. */
export function Members({ team, change }: Props): ReactNode {
  const [leaving, setLeaving] = useState<Member>()
  const leads = team.members.filter(({ role, label }) => role === 'lead' && label !== '').length
  return (
    <section className="card stack">
      <h2>
        <Trans>In the team</Trans>
      </h2>
      <p className="small">
        <Trans>Every member opens, changes and sends all cases of the team.</Trans>
      </p>
      <ul className="people-list">
        {team.members.map((member) => (
          <MemberLine
            key={member.accountId}
            member={member}
            which={team.circleId}
            lead={team.lead}
            last={member.role === 'lead' && leads <= 1}
            change={change}
            onTakeOut={() => setLeaving(member)}
          />
        ))}
      </ul>
      {!team.lead && (
        <p className="small">
          <Trans>Only a lead takes somebody out of the team.</Trans>
        </p>
      )}
      <TakeOut member={leaving} which={team.circleId} change={change} onClose={() => setLeaving(undefined)} />
    </section>
  )
}

interface LineProps {
  readonly member: Member
  readonly which: string | undefined
  readonly lead: boolean
  /** No other lead would be left. */
  readonly last: boolean
  readonly change: ChangeTeam
  readonly onTakeOut: () => void
}

function MemberLine({ member, which, lead, last, change, onTakeOut }: LineProps): ReactNode {
  const { t } = useLingui()
  const { vault } = useHouse()
  const { accountId, label, role, me } = member
  const gone = label === ''
  const name = gone ? t`Account that is not on this tablet any more` : label
  const other = role === 'lead' ? 'caseworker' : 'lead'
  const turn = async () => await change(async () => await vault.setRole(accountId, other, which))
  return (
    <li aria-label={name}>
      <span className="grow">
        <bdi>{name}</bdi>{' '}
        <span className="small">
          {[...(me ? [t`you`] : []), ...(gone ? [] : [role === 'lead' ? t`lead` : t`caseworker`])].join(' · ')}
        </span>
      </span>
      {lead && !gone && !(role === 'lead' && last) && (
        <Button look="quiet" onClick={() => void turn()}>
          {role === 'lead' ? <Trans>No longer lead</Trans> : <Trans>Make lead</Trans>}
        </Button>
      )}
      {lead && !me && (
        <Button look="quiet" onClick={onTakeOut}>
          <Trans>Take out …</Trans>
        </Button>
      )}
    </li>
  )
}

interface TakeOutProps {
  readonly member: Member | undefined
  readonly which: string | undefined
  readonly change: ChangeTeam
  readonly onClose: () => void
}

/** Says what it does and what it cannot do, before it is done. */
function TakeOut({ member, which, change, onClose }: TakeOutProps): ReactNode {
  const { t } = useLingui()
  const { vault } = useHouse()
  const [busy, setBusy] = useState(false)
  if (!member) return null
  const takeOut = async () => {
    setBusy(true)
    await change(async () => await vault.takeOut(member.accountId, which))
    setBusy(false)
    onClose()
  }
  return (
    <Dialog
      title={t`Take out of the team?`}
      open
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Leave it as it is</Trans>
          </Button>
          <Button look="danger" disabled={busy} onClick={() => void takeOut()}>
            <Trans>Take out</Trans>
          </Button>
        </>
      }
    >
      <div className="stack">
        {member.label !== '' && (
          <p>
            <b>
              <bdi>{member.label}</bdi>
            </b>
          </p>
        )}
        <p>
          <Trans>
            This account opens none of the team's cases any more, from its next unlock on. What the team writes from now
            on has a new key. Its own cases stay with it, and nothing that waits to be sent is lost.
          </Trans>
        </p>
        <Notice look="warn">
          <Trans>
            What was read, printed or handed out before cannot be taken back. A copy of the tablet's storage that was
            made before still opens with that account's passphrase.
          </Trans>
        </Notice>
      </div>
    </Dialog>
  )
}
