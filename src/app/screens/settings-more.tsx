import { Trans } from '@lingui/react/macro'
import { Keyboard, MoveRight, QrCode } from 'lucide-react'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { FoundSettings, HandNow, SetupToHand } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import { SixWords } from '../six-words.tsx'
import { SendsTo } from './sends-to.tsx'

export interface MoreSettings {
  readonly hand?: HandNow
  readonly setup?: SetupToHand
  /** What somebody else took on this tablet. */
  readonly found?: FoundSettings | undefined
}

/** What a lead may do here, and what others did; looked at again whenever the settings are others. */
export function useMoreSettings(): MoreSettings {
  const { vault, organisation, settingsChanged } = useHouse()
  const [more, setMore] = useState<MoreSettings>({})
  useEffect(() => {
    let here = true
    const read = async () => {
      const [hand, setup, found] = await Promise.all([vault.handNow(), vault.setupToHand(), vault.foundSettings()])
      if (here) setMore({ hand, setup, found })
    }
    void read().catch(() => undefined)
    return () => {
      here = false
    }
  }, [vault, organisation, settingsChanged])
  return more
}

interface ActsProps {
  readonly more: MoreSettings
  readonly onView: (view: 'by-hand' | 'next-tablet') => void
}

/** Offered to a lead alone: to go on without a signed configuration, or to hand on the one that is here. */
export function LeadActs({ more: { hand, setup }, onView }: ActsProps): ReactNode {
  const { organisation } = useHouse()
  const words = hand?.status === 'offered' ? hand.words : undefined
  const id = useId()
  return (
    <>
      {words && (
        <section className="card stack">
          <h2 className="small" id={id}>
            <Trans>Six words of these settings, for the other accounts on this tablet</Trans>
          </h2>
          <SixWords words={words} labelledBy={id} />
        </section>
      )}
      {(setup?.status === 'ready' || hand?.status === 'offered') && (
        <div className="together">
          {setup?.status === 'ready' && (
            <Button onClick={() => onView('next-tablet')}>
              <QrCode aria-hidden="true" /> <Trans>Set up another tablet</Trans>
            </Button>
          )}
          {hand?.status === 'offered' && (
            <Button onClick={() => onView('by-hand')}>
              <Keyboard aria-hidden="true" />{' '}
              {organisation?.byHand ? <Trans>Change by hand</Trans> : <Trans>Set up by hand</Trans>}
            </Button>
          )}
        </div>
      )}
    </>
  )
}

interface FoundProps {
  readonly found: FoundSettings
  readonly onAccept: (configurationText: string) => void
}

/** Settings by which nothing is sealed for this account before its person has compared them. */
export function FoundCard({ found, onAccept }: FoundProps): ReactNode {
  const { label, endpoint, words, byHand, configurationText } = found
  const id = useId()
  return (
    <section className="card stack setup-card">
      <h2>
        <Trans>Other settings were taken on this tablet</Trans>
      </h2>
      <dl className="facts">
        <dt>
          <Trans>Neutral name</Trans>
        </dt>
        <dd>
          <bdi>{label}</bdi>
        </dd>
        <SendsTo receiver={endpoint} />
      </dl>
      {byHand && (
        <Notice>
          <Trans>Set by hand on this tablet. No organisation has signed them.</Trans>
        </Notice>
      )}
      <h3 className="small" id={id}>
        <Trans>Fingerprint: compare these six words with your lead, aloud</Trans>
      </h3>
      <SixWords words={words} labelledBy={id} />
      <Button look="first" className="at-start" onClick={() => onAccept(configurationText)}>
        <Trans>The words agree: accept</Trans> <MoveRight className="onward" aria-hidden="true" />
      </Button>
    </section>
  )
}
