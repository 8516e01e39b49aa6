import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Details } from '../../ui/details.tsx'
import { OnItsWay } from '../../ui/later.tsx'
import type { CaseList, CopiesView } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import { SixWords } from '../six-words.tsx'
import { TopBar } from '../top-bar.tsx'
import { whenOf } from '../when.ts'
import { CopyMaking } from './copy-making.tsx'
import { CopyRestoring } from './copy-restoring.tsx'
import { TooLongToCopy } from './too-long-to-copy.tsx'

/** Copies of what is on this tablet: made, put somewhere, brought back; and where others send a case to. */
export function CopiesScreen(): ReactNode {
  const { vault, organisation } = useHouse()
  const [view, setView] = useState<CopiesView>()
  const [tooLong, setTooLong] = useState<CaseList['tooLong']>()
  const read = useCallback(async () => {
    setView(await vault.copies())
    setTooLong((await vault.list()).tooLong)
  }, [vault])
  useEffect(() => void read().catch(() => undefined), [read, organisation])
  return (
    <>
      <TopBar title={<Trans>Copies</Trans>} />
      <main className="page narrow">
        {view === undefined ? (
          <OnItsWay>
            <Trans>Opening …</Trans>
          </OnItsWay>
        ) : (
          <>
            <Drawer view={view} />
            <TooLongToCopy codes={tooLong} />
            <CopyMaking view={view} onCopied={() => void read()} />
            <CopyRestoring />
            <MyAddress view={view} />
          </>
        )}
      </main>
    </>
  )
}

function Drawer({ view }: { readonly view: CopiesView }): ReactNode {
  const { go } = useHouse()
  return (
    <section className="card stack">
      <h2>
        <Trans>Key for the drawer</Trans>
      </h2>
      <p>
        {view.drawer ? (
          <Trans>
            Your copies open with the 24 words that you wrote down. A new key opens only the copies made after it; keep
            the old paper for the older ones.
          </Trans>
        ) : (
          <Trans>There is none yet. It is 24 words on paper, with which copies are opened again.</Trans>
        )}{' '}
        {view.copiedAt !== undefined && <Trans>Last copy: {whenOf(view.copiedAt)}.</Trans>}
      </p>
      <Button className="at-start" onClick={() => go({ name: 'drawer' })}>
        {view.drawer ? <Trans>Make a new key</Trans> : <Trans>Make the key for the drawer</Trans>}
      </Button>
    </section>
  )
}

/** Where somebody on another tablet seals a case to. */
function MyAddress({ view }: { readonly view: CopiesView }): ReactNode {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const [copied, setCopied] = useState(false)
  const copy = () =>
    void navigator.clipboard.writeText(view.recipient).then(
      () => setCopied(true),
      () => undefined,
    )
  return (
    <section className="card stack">
      <Details title={t`Get a case from another tablet`} open={open} onToggle={setOpen}>
        <div className="stack">
          <p>
            <Trans>
              Hand this text to the colleague who gives you the case, and compare the six words aloud. It is no secret:
              it only closes. Then bring the file back here as a copy, with your account.
            </Trans>
          </p>
          <p className="address" dir="ltr">
            {view.recipient}
          </p>
          <SixWords words={view.words} />
          <Button className="at-start" onClick={copy}>
            {copied ? <Trans>Copied</Trans> : <Trans>Copy the text</Trans>}
          </Button>
        </div>
      </Details>
    </section>
  )
}
