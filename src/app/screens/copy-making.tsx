import { Plural, Trans } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { CopiesView, CopyMade } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import { HandingOut } from './handing-out.tsx'

interface Props {
  readonly view: CopiesView
  /** The copy is where it should be. */
  readonly onCopied: () => void
}

/** A copy of all that this account can open, drafts too, sealed to the key for the drawer and the organisation. */
export function CopyMaking({ view, onCopied }: Props): ReactNode {
  const { vault } = useHouse()
  const [made, setMade] = useState<CopyMade | 'making' | 'failed' | 'noted'>()
  const make = async () => {
    setMade('making')
    setMade(await vault.makeCopy().catch(() => 'failed' as const))
  }
  const there = () =>
    void vault.noteCopied().then(
      () => {
        setMade('noted')
        onCopied()
      },
      () => setMade('failed'),
    )
  return (
    <section className="card stack">
      <h2>
        <Trans>Copy to a stick or another device</Trans>
      </h2>
      <p>
        <Trans>
          One sealed file with all cases that you can open, drafts too. Its name says only the day. Without the key
          nobody can read it.
        </Trans>
      </p>
      <Opens view={view} />
      {typeof made === 'object' && made.status === 'made' ? (
        <>
          <p>
            <Plural value={made.cases} one="It holds # case." other="It holds # cases." />{' '}
            {made.unreadable > 0 && (
              <Plural value={made.unreadable} one="# case could not be opened." other="# cases could not be opened." />
            )}
          </p>
          <HandingOut bytes={made.bytes} onThere={there} />
        </>
      ) : (
        <Button
          look="first"
          className="at-start"
          disabled={made === 'making' || (!view.drawer && !view.organisation)}
          onClick={() => void make()}
        >
          {made === 'making' ? <Trans>Making the copy …</Trans> : <Trans>Make a copy</Trans>}
        </Button>
      )}
      {made === 'noted' && (
        <Notice look="derived" live="status">
          <Trans>Noted. The home screen says when the last copy was made.</Trans>
        </Notice>
      )}
      {isMissed(made) && (
        <Notice look="must" live="alert">
          {made !== 'failed' && made.status === 'settings-changed' ? (
            <Trans>
              Settings have been changed or are not from your organisation. Sending is stopped. Cases stay here.
            </Trans>
          ) : (
            <Trans>The copy could not be made. The cases on this tablet were not changed.</Trans>
          )}
        </Notice>
      )}
    </section>
  )
}

type Missed = Exclude<CopyMade, { status: 'made' }> | 'failed'

const isMissed = (made: CopyMade | 'making' | 'failed' | 'noted' | undefined): made is Missed =>
  made === 'failed' || (typeof made === 'object' && made.status !== 'made')

function Opens({ view: { drawer, organisation } }: { readonly view: CopiesView }): ReactNode {
  if (drawer && organisation)
    return (
      <p>
        <Trans>It opens with the 24 words of the key for the drawer, and at your organisation.</Trans>
      </p>
    )
  if (drawer)
    return (
      <p>
        <Trans>It opens with the 24 words of the key for the drawer.</Trans>
      </p>
    )
  return organisation ? (
    <p>
      <Trans>Only your organisation can open it. With a key for the drawer you can, too.</Trans>
    </p>
  ) : (
    <p>
      <Trans>First make the key for the drawer: without it nobody could open the copy.</Trans>
    </p>
  )
}
