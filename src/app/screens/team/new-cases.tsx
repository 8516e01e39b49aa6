import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { OptionRow, Options } from '../../../ui/option-row.tsx'
import type { CircleKind, TeamView } from '../../../vault/api.ts'
import { useHouse } from '../../house.tsx'
import { teamName } from '../../team-names.ts'
import type { ChangeTeam } from './change-team.ts'

interface Props {
  readonly team: TeamView
  readonly change: ChangeTeam
}

/** Who may open what is begun from now on. */
export function NewCases({ team, change }: Props): ReactNode {
  const { t } = useLingui()
  const { vault } = useHouse()
  const choose = (kind: CircleKind, which?: string) => void change(async () => await vault.keepCasesWith(kind, which))
  return (
    <section className="card stack">
      <fieldset className="stack">
        <legend className="heading">
          <Trans>Who may open new cases?</Trans>
        </legend>
        <Options>
          {team.teams.map(({ circleId, home }) => (
            <OptionRow
              key={circleId}
              type="radio"
              name="circle"
              label={teamName(team, circleId)}
              checked={home}
              onChange={() => choose('team', circleId)}
            />
          ))}
          <OptionRow
            type="radio"
            name="circle"
            label={t`Only me`}
            hint={t`Nobody else can open them, and nobody can when you have forgotten your passphrase`}
            checked={team.home === 'me'}
            onChange={() => choose('me')}
          />
        </Options>
      </fieldset>
      <p className="small">
        <Trans>
          Cases that exist stay as they are. One that was written is given to somebody else in the case itself, under
          “Check and send”, “More”.
        </Trans>
      </p>
    </section>
  )
}
