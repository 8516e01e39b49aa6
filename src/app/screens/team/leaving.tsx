import { Plural, Trans } from '@lingui/react/macro'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { showCaseCode } from '../../../record/ids.ts'
import { Button } from '../../../ui/button.tsx'
import { OnItsWay } from '../../../ui/later.tsx'
import { Notice } from '../../../ui/notice.tsx'
import type { BeforeWipe, CaseSummary, GiveTo, TeamView } from '../../../vault/api.ts'
import { useHouse } from '../../house.tsx'
import { type Receiver, receivers } from '../../receivers.ts'
import { TopBar } from '../../top-bar.tsx'
import { whenOf } from '../../when.ts'
import { EraseAccount } from '../erase.tsx'
import { WhoGetsIt } from '../who-gets-it.tsx'

interface Left {
  readonly team: TeamView
  /** Open cases that nobody else on this tablet can open. */
  readonly mine: readonly CaseSummary[]
  readonly before: BeforeWipe
}

/** For somebody who goes: first the open cases that only this account opens find somebody, then the account goes. */
export function LeavingScreen(): ReactNode {
  const { vault } = useHouse()
  const [left, setLeft] = useState<Left>()
  const [failed, setFailed] = useState(0)
  const load = useCallback(async () => {
    const [team, { cases }, before] = await Promise.all([vault.team(), vault.list(), vault.beforeWipe()])
    const mine = cases.filter(({ circle, closed, withdrawn }) => circle === 'me' && !closed && !withdrawn)
    setLeft({ team, mine, before })
  }, [vault])
  useEffect(() => void load(), [load])
  const give = async (cases: readonly CaseSummary[], to: GiveTo) => {
    let missed = 0
    for (const { id } of cases) {
      const given = await vault
        .open(id)
        .then(async ({ rev }) => await vault.give(id, rev, to))
        .catch(() => undefined)
      if (given?.status !== 'given') missed++
    }
    setFailed(missed)
    await load()
  }
  return (
    <>
      <TopBar title={<Trans>I am leaving</Trans>} />
      <main className="page narrow">
        {left === undefined && (
          <OnItsWay>
            <Trans>Opening …</Trans>
          </OnItsWay>
        )}
        {failed > 0 && (
          <Notice look="must" live="alert">
            <Plural
              value={failed}
              one="# case was not given: it, or the account, was changed meanwhile. Try again."
              other="# cases were not given: they, or the account, were changed meanwhile. Try again."
            />
          </Notice>
        )}
        {left && left.mine.length > 0 && <GiveAway {...left} give={give} />}
        {left?.mine.length === 0 && (
          <>
            <Notice look="derived" live="status">
              <Trans>There is no open case that only you can open. You can go.</Trans>
            </Notice>
            <EraseAccount before={left.before} />
          </>
        )}
      </main>
    </>
  )
}

interface GiveProps extends Left {
  readonly give: (cases: readonly CaseSummary[], to: GiveTo) => Promise<void>
}

function GiveAway({ team, mine, give }: GiveProps): ReactNode {
  const [chosen, setChosen] = useState<Receiver>()
  const [busy, setBusy] = useState(false)
  const choices = receivers(team, 'me')
  const run = async (cases: readonly CaseSummary[]) => {
    if (!chosen) return
    setBusy(true)
    await give(cases, chosen.to)
    setBusy(false)
  }
  return (
    <section className="card stack">
      <h2>
        <Plural
          value={mine.length}
          one="# open case that only you can open"
          other="# open cases that only you can open"
        />
      </h2>
      <p>
        <Trans>
          If your account went now, nobody could ever open them again. Give each to somebody who goes on with it; then
          your account can be removed.
        </Trans>
      </p>
      {choices.length === 0 ? (
        <Notice look="warn">
          <Trans>There is nobody to give it to: no other account is on this tablet, and there is no team.</Trans>
        </Notice>
      ) : (
        <WhoGetsIt
          legend={<Trans>Who goes on with them?</Trans>}
          choices={choices}
          chosen={chosen}
          onChoose={setChosen}
        />
      )}
      <ul className="people-list">
        {mine.map((one) => (
          <li key={one.id} aria-label={showCaseCode(one.code)}>
            <span className="grow">
              <bdi dir="ltr">{showCaseCode(one.code)}</bdi>{' '}
              <span className="small">
                <Trans>saved {whenOf(one.changedAt)}</Trans>
              </span>
            </span>
            <Button look="quiet" disabled={!chosen || busy} onClick={() => void run([one])}>
              <Trans>Give it</Trans>
            </Button>
          </li>
        ))}
      </ul>
      <Button look="first" className="at-start" disabled={!chosen || busy} onClick={() => void run(mine)}>
        <Trans>Give all of them</Trans>
      </Button>
    </section>
  )
}
