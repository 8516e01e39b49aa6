import { Trans } from '@lingui/react/macro'
import { Building2 } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import type { FetchedSetup } from '../fetch-setup.ts'
import { SixWords } from '../six-words.tsx'
import { SendsTo } from './sends-to.tsx'

export type FoundSetup = Extract<FetchedSetup, { status: 'found' }>
export type Missed = Exclude<FetchedSetup, FoundSetup>

interface Props {
  readonly found: FoundSetup
  /** Version of the settings that this tablet has. */
  readonly versionNow?: number
}

/** What a set-up link stands for, in words that can be compared aloud. */
export function SetupCard({ found, versionNow }: Props): ReactNode {
  const { configuration, profile } = found.setup
  const id = useId()
  return (
    <section className="card stack setup-card">
      <h2>
        <Building2 aria-hidden="true" /> <bdi>{profile.name}</bdi>
      </h2>
      <dl className="facts">
        <SendsTo receiver={configuration.endpoint} />
        <dt>
          <Trans>Registers as</Trans>
        </dt>
        <dd>
          <bdi>{profile.orgCode}</bdi>
        </dd>
        {versionNow !== undefined && (
          <>
            <dt>
              <Trans>Settings, version</Trans>
            </dt>
            <dd className="num">
              {configuration.version === versionNow ? (
                <Trans>{versionNow}, as until now</Trans>
              ) : (
                <Trans>
                  {configuration.version}, until now {versionNow}
                </Trans>
              )}
            </dd>
          </>
        )}
      </dl>
      <div className="stack">
        <h3 className="small" id={id}>
          <Trans>Fingerprint: compare these six words with your organisation, aloud</Trans>
        </h3>
        <SixWords words={found.words} labelledBy={id} />
      </div>
    </section>
  )
}

/** Why a link or a file led nowhere. */
export function MissedSetup({ found }: { readonly found: Missed }): ReactNode {
  switch (found.status) {
    case 'link':
      return (
        <Trans>
          This set-up link is not complete, or it was changed on its way. Nothing was set up. Ask for it again.
        </Trans>
      )
    case 'changed':
      return (
        <Trans>
          The settings behind this link are not the ones that the link names. Nothing was set up. Ask your organisation
          for a new link, and tell them this sentence.
        </Trans>
      )
    case 'unreachable':
      return (
        <Trans>
          The settings could not be loaded from {found.host}. Nothing was set up and the link is still good. Check the
          connection and try again.
        </Trans>
      )
  }
}
