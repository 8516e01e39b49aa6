import { Trans } from '@lingui/react/macro'
import { UsersRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import type { TeamView } from '../../../vault/api.ts'
import { useHouse } from '../../house.tsx'
import { SixWords } from '../../six-words.tsx'
import type { ChangeTeam } from './change-team.ts'

interface Props {
  readonly team: TeamView
  readonly change: ChangeTeam
}

/** For an account that works alone: how to be let in, or how to begin a team. */
export function NotInTheTeam({ team, change }: Props): ReactNode {
  const { vault } = useHouse()
  const wish = async (kind: 'me' | 'team') => await change(async () => await vault.keepCasesWith(kind))
  return (
    <>
      <Notice>
        <Trans>You are in no team yet: only you open your cases, and you do not see those of others.</Trans>
      </Notice>
      <section className="card stack">
        <h2>
          <Trans>To be let in</Trans>
        </h2>
        <p>
          <Trans>
            Write these six words down. A member of the team opens this screen in their own account, and you compare the
            words there with yours, both at the tablet. You see the team's cases from your next unlock on.
          </Trans>
        </p>
        <SixWords words={team.words} />
        {team.waits ? (
          <>
            <p className="small">
              <Trans>
                You wait to be let in. Until then your new cases are your own; afterwards new ones go to the team.
              </Trans>
            </p>
            <Button look="quiet" className="at-start" onClick={() => void wish('me')}>
              <Trans>Keep new cases to myself in any case</Trans>
            </Button>
          </>
        ) : (
          <Button className="at-start" onClick={() => void wish('team')}>
            <Trans>Once I am let in, new cases go to the team</Trans>
          </Button>
        )}
      </section>
      <section className="card stack">
        <h2>
          <Trans>To begin a team</Trans>
        </h2>
        <p>
          <Trans>
            If nobody on this tablet has one. You are its lead, and let the others in. New cases go there; those that
            you have stay your own until you give them away.
          </Trans>
        </p>
        <Button className="at-start" onClick={() => void change(async () => await vault.startTeam())}>
          <UsersRound aria-hidden="true" /> <Trans>Start a team</Trans>
        </Button>
      </section>
    </>
  )
}
