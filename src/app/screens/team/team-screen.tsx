import { Trans, useLingui } from '@lingui/react/macro'
import { DoorOpen } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { OnItsWay } from '../../../ui/later.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { OptionRow, Options } from '../../../ui/option-row.tsx'
import type { TeamChanged, TeamView } from '../../../vault/api.ts'
import { useHouse } from '../../house.tsx'
import { teamName } from '../../team-names.ts'
import { TopBar } from '../../top-bar.tsx'
import type { ChangeTeam } from './change-team.ts'
import { NewCases } from './new-cases.tsx'
import { NotInTheTeam } from './not-in-the-team.tsx'
import { Outsiders } from './outsiders.tsx'
import { Members } from './members.tsx'

/** Who may open what on this tablet, and what changes it. */
export function TeamScreen(): ReactNode {
  const { t } = useLingui()
  const { vault, go } = useHouse()
  const [team, setTeam] = useState<TeamView>()
  const [refused, setRefused] = useState<Refused>()
  const [which, setWhich] = useState<string>()
  const load = useCallback(async () => setTeam(await vault.team(which)), [vault, which])
  useEffect(() => void load(), [load])
  const change: ChangeTeam = async (doIt) => {
    setRefused(undefined)
    const { status } = await doIt().catch((): TeamChanged => ({ status: 'not-saved', reason: 'store' }))
    if (status !== 'done' && status !== 'no-team') setRefused(status)
    await load()
    return status === 'done'
  }
  return (
    <>
      <TopBar title={<Trans>The team of this tablet</Trans>} />
      <main className="page narrow">
        {team === undefined && (
          <OnItsWay>
            <Trans>Opening …</Trans>
          </OnItsWay>
        )}
        {refused && (
          <Notice look="must" live="alert">
            <RefusedSentence refused={refused} />
          </Notice>
        )}
        {team && !team.inTeam && <NotInTheTeam team={team} change={change} />}
        {team?.inTeam && (
          <>
            {team.teams.length > 1 && (
              <fieldset className="stack">
                <legend className="heading">{t`You are in several teams. This is about`}</legend>
                <Options>
                  {team.teams.map(({ circleId }) => (
                    <OptionRow
                      key={circleId}
                      type="radio"
                      name="which-team"
                      label={teamName(team, circleId)}
                      checked={team.circleId === circleId}
                      onChange={() => setWhich(circleId)}
                    />
                  ))}
                </Options>
              </fieldset>
            )}
            <Members team={team} change={change} />
            {team.others.length > 0 && <Outsiders team={team} change={change} />}
            <NewCases team={team} change={change} />
          </>
        )}
        {team && (
          <Button look="quiet" className="at-start" onClick={() => go({ name: 'leaving' })}>
            <DoorOpen aria-hidden="true" /> <Trans>I am leaving …</Trans>
          </Button>
        )}
      </main>
    </>
  )
}

type Refused = Exclude<TeamChanged['status'], 'done' | 'no-team'>

function RefusedSentence({ refused }: { readonly refused: Refused }): ReactNode {
  switch (refused) {
    case 'changed':
      return (
        <Trans>
          Nothing was changed: this account is not the one that was shown. Compare the words once more before you let
          anybody in.
        </Trans>
      )
    case 'not-lead':
      return <Trans>Nothing was changed: only a lead of the team may do this.</Trans>
    case 'last-lead':
      return <Trans>Nothing was changed: a team keeps at least one lead. Make somebody else a lead first.</Trans>
    case 'not-saved':
      return <Trans>Nothing was changed: the tablet is full or its storage did not answer. Try again.</Trans>
  }
}
