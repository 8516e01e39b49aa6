import { Plural, Trans } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { HoldButton } from '../../ui/hold-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { BeforeWipe, Wiped } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'

interface Props {
  readonly before: BeforeWipe
  /** Looks again: what is said before an erasure is what is so now. */
  readonly look?: () => Promise<void>
}

export function EraseAccount({ before, look }: Props): ReactNode {
  const { vault, leaveErased } = useHouse()
  const { onlyMine, unreceived, team, waiting, accounts } = before
  return (
    <Erasing
      title={<Trans>Erase this account</Trans>}
      open={<Trans>Erase this account …</Trans>}
      hold={<Trans>Hold for 3 seconds to erase this account</Trans>}
      counting={<Trans>This account is erased in</Trans>}
      {...(look && { look })}
      erase={async () => await vault.wipeAccount()}
      onErased={() => leaveErased('account')}
    >
      <h3>
        <Trans>What goes</Trans>
      </h3>
      <ul className="plain-list">
        <li>
          {onlyMine === 0 ? (
            <Trans>There is no case that only you can open.</Trans>
          ) : (
            <Plural
              value={onlyMine}
              one="# case that only you can open. Nobody brings it back."
              other="# cases that only you can open. Nobody brings them back."
            />
          )}
        </li>
        {unreceived > 0 && (
          <li>
            <strong>
              <Plural
                value={unreceived}
                one="Your organisation has not received # of them, or not its latest state."
                other="Your organisation has not received # of them, or not their latest state."
              />
            </strong>
          </li>
        )}
        <li>
          <Trans>Your passphrase, your PIN and your place in the team of this tablet.</Trans>
        </li>
      </ul>
      {team + waiting > 0 || accounts > 1 ? (
        <>
          <h3>
            <Trans>What stays</Trans>
          </h3>
          <ul className="plain-list">
            {team > 0 && (
              <li>
                <Plural
                  value={team}
                  one="# case of the team, with your colleagues."
                  other="# cases of the team, with your colleagues."
                />
              </li>
            )}
            {waiting > 0 && (
              <li>
                <Plural
                  value={waiting}
                  one="# sealed case of this tablet that waits to be sent. It still leaves."
                  other="# sealed cases of this tablet that wait to be sent. They still leave."
                />
              </li>
            )}
            {accounts > 1 && (
              <li>
                <Plural
                  value={accounts - 1}
                  one="# other account of this tablet, as it is."
                  other="# other accounts of this tablet, as they are."
                />
              </li>
            )}
          </ul>
        </>
      ) : null}
    </Erasing>
  )
}

export function EraseTablet({ before: { accounts, waiting }, look }: Props): ReactNode {
  const { vault, leaveErased } = useHouse()
  return (
    <Erasing
      title={<Trans>Erase the whole tablet</Trans>}
      open={<Trans>Erase the whole tablet …</Trans>}
      hold={<Trans>Hold for 3 seconds to erase everything</Trans>}
      counting={<Trans>Everything on this tablet is erased in</Trans>}
      {...(look && { look })}
      erase={async () => await vault.wipeDevice()}
      onErased={() => leaveErased('device')}
    >
      <h3>
        <Trans>What goes</Trans>
      </h3>
      <ul className="plain-list">
        <li>
          <Plural
            value={accounts}
            one="# account of this tablet, with all its cases."
            other="All # accounts of this tablet, with all their cases."
          />
        </li>
        {waiting > 0 && (
          <li>
            <strong>
              <Plural
                value={waiting}
                one="# case that waits to be sent. Nobody will ever have it: send it first, if you can."
                other="# cases that wait to be sent. Nobody will ever have them: send them first, if you can."
              />
            </strong>
          </li>
        )}
        <li>
          <Trans>The settings of your organisation, and Daybook itself.</Trans>
        </li>
      </ul>
      <h3>
        <Trans>What stays</Trans>
      </h3>
      <ul className="plain-list">
        <li>
          <Trans>What your organisation has received, and copies on sticks or other devices.</Trans>
        </li>
      </ul>
    </Erasing>
  )
}

interface ErasingProps {
  readonly title: ReactNode
  readonly open: ReactNode
  readonly hold: ReactNode
  readonly counting: ReactNode
  readonly look?: () => Promise<void>
  readonly erase: () => Promise<Wiped>
  readonly onErased: () => void
  readonly children: ReactNode
}

type Stage = 'closed' | 'open' | 'counting' | 'erasing' | 'cancelled' | 'failed'

/** Said first, then held for three seconds, then counted down for five; until then a tap stops it. */
function Erasing({ title, open, hold, counting, look, erase, onErased, children }: ErasingProps): ReactNode {
  const [stage, setStage] = useState<Stage>('closed')
  const openIt = async () => {
    await look?.()
    setStage('open')
  }
  const run = () => {
    setStage('erasing')
    void erase().then(
      ({ status }) => (status === 'wiped' ? onErased() : setStage('failed')),
      () => setStage('failed'),
    )
  }
  return (
    <section className="card stack">
      <h2>{title}</h2>
      {stage === 'closed' ? (
        <>
          <p>
            <Trans>First you see what goes and what stays.</Trans>
          </p>
          <Button className="at-start" onClick={() => void openIt()}>
            {open}
          </Button>
        </>
      ) : (
        <>
          {children}
          <Limits />
          <HoldButton
            disabled={stage === 'erasing'}
            onHeld={() => setStage('counting')}
            hint={<Trans>Nothing was erased. Keep it held down, with a finger or with the Enter key.</Trans>}
          >
            {stage === 'erasing' ? <Trans>Erasing …</Trans> : hold}
          </HoldButton>
        </>
      )}
      {stage === 'counting' && (
        <Countdown
          seconds={5}
          title={counting}
          cancel={<Trans>Tap anywhere to stop</Trans>}
          onOver={run}
          onCancel={() => setStage('cancelled')}
        />
      )}
      {stage === 'cancelled' && (
        <Notice live="status">
          <Trans>Stopped. Nothing was erased.</Trans>
        </Notice>
      )}
      {stage === 'failed' && (
        <Notice look="must" live="alert">
          <Trans>
            It could not be erased as a whole. Close other tabs of Daybook and try again. If it stays so, remove the
            site's data in the settings of the browser.
          </Trans>
        </Notice>
      )}
    </section>
  )
}

function Limits(): ReactNode {
  return (
    <p className="small">
      <Trans>
        The keys are overwritten first, so what is left opens for nobody. But: some memories keep old blocks, so the
        device itself should be encrypted; whoever copied this tablet before can still open the copy with the passphrase
        of then; and in some places it is unlawful to erase what may be evidence.
      </Trans>
    </p>
  )
}
