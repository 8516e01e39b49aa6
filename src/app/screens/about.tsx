import { Trans } from '@lingui/react/macro'
import { type ReactNode, useEffect, useState } from 'react'
import { codebook } from '../../codebook/codebook.ts'
import { disclaimer } from '../../form/wording.ts'
import { formatDay } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { askToKeepStorage, storageIsKept } from '../browser-check.ts'
import { useHouse } from '../house.tsx'
import { DiagnosticsCard } from './diagnostics-card.tsx'
import { TopBar } from '../top-bar.tsx'
import { HowItIsSet } from './how-it-is-set.tsx'
import { SendsTo } from './sends-to.tsx'

/** What this tablet is set up for, whether its storage is safe, and what the classification behind the questions is. */
export function AboutScreen(): ReactNode {
  const { organisation, settingsChanged, go } = useHouse()
  return (
    <>
      <TopBar title={<Trans>About this tablet</Trans>} />
      <main className="page narrow">
        {!organisation && !settingsChanged && (
          <Notice>
            <Trans>No organisation is set up. Finished cases stay on this tablet only.</Trans>
          </Notice>
        )}
        {organisation && (
          <section className="card stack">
            <h2>
              <Trans>Your organisation</Trans>
            </h2>
            <dl className="facts">
              <dt>
                <Trans>Name</Trans>
              </dt>
              <dd>
                <bdi>{organisation.name}</bdi>
              </dd>
              {organisation.orgCode !== '' && (
                <>
                  <dt>
                    <Trans>Registers as</Trans>
                  </dt>
                  <dd>
                    <bdi>{organisation.orgCode}</bdi>
                  </dd>
                </>
              )}
              <SendsTo receiver={organisation.endpointHost} />
              <HowItIsSet organisation={organisation} />
              <dt>
                <Trans>Safety copies of drafts</Trans>
              </dt>
              <dd>
                <SafetyCopies made={organisation.safetyCopies} sent={organisation.endpointHost !== undefined} />
              </dd>
            </dl>
          </section>
        )}
        <Button className="at-start" onClick={() => go({ name: 'settings' })}>
          <Trans>Take new settings or a new link</Trans>
        </Button>
        <StorageCard />
        <DiagnosticsCard />
        <section className="card stack">
          <h2>
            <Trans>The classification</Trans>
          </h2>
          <p>
            <Trans>
              The questions follow the International Classification for Administrative Data on Trafficking in Persons (
              <bdi className="whole-word">IC-TIP</bdi>), codebook edition {codebook.edition}.
            </Trans>
          </p>
          <p className="small">{disclaimer()}</p>
          <Button look="quiet" className="at-start" onClick={() => go({ name: 'classification' })}>
            <Trans>About the classification</Trans>
          </Button>
        </section>
      </main>
    </>
  )
}

/** Whether drafts are copied to the organisation, and how far that got. */
function SafetyCopies({ made, sent }: { readonly made: boolean; readonly sent: boolean }): ReactNode {
  const { vault, carried } = useHouse()
  const [last, setLast] = useState<{ readonly at: string | undefined }>()
  useEffect(() => {
    let here = true
    if (made && sent)
      void vault.lastSafetyCopy().then(
        (at) => here && setLast({ at }),
        () => undefined,
      )
    return () => {
      here = false
    }
  }, [vault, made, sent, carried])
  if (!made) return <Trans>switched off by your organisation</Trans>
  if (!sent) return <Trans>on; they go along in the sealed files</Trans>
  if (!last) return <Trans>on</Trans>
  return last.at === undefined ? (
    <Trans>on; of the drafts here none has been received yet</Trans>
  ) : (
    <Trans>on; the newest that was received is of {formatDay(new Date(last.at))}</Trans>
  )
}

function StorageCard(): ReactNode {
  const [kept, setKept] = useState<boolean>()
  useEffect(() => void storageIsKept().then(setKept), [])
  return (
    <section className="card stack">
      <h2>
        <Trans>Storage</Trans>
      </h2>
      {kept ? (
        <Notice look="derived">
          <Trans>This browser keeps what Daybook stores until you remove it.</Trans>
        </Notice>
      ) : (
        <Notice
          look="warn"
          acts={
            <Button look="quiet" onClick={() => void askToKeepStorage().then(setKept)}>
              <Trans>Ask the browser</Trans>
            </Button>
          }
        >
          <Trans>
            This browser has not promised to keep what Daybook stores. Installing Daybook as an app usually helps.
          </Trans>
        </Notice>
      )}
    </section>
  )
}
