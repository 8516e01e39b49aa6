import { Plural, Trans } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useHouse } from '../house.tsx'

interface Props {
  /** Cases that do not open. */
  readonly unreadable: number
}

/** What is not as the log of this tablet says, and what does not open: what is safe first, then what to do. */
export function WholeOrNot({ unreadable }: Props): ReactNode {
  const { tidied } = useHouse()
  const changed = tidied?.changed.length ?? 0
  const gone = tidied?.gone.length ?? 0
  return (
    <>
      {unreadable > 0 && <Unreadable count={unreadable} />}
      {changed > 0 && (
        <Notice look="warn" live="status">
          <Plural
            value={changed}
            one="# case was changed outside of Daybook."
            other="# cases were changed outside of Daybook."
          />{' '}
          <Trans>
            Nothing was deleted, and all others are as they were saved. What was changed is marked in the list: look
            through it before you send it, and tell your lead.
          </Trans>
        </Notice>
      )}
      {gone > 0 && (
        <Notice look="warn" live="status">
          <Plural
            value={gone}
            one="# case that was saved here is not here any more, and nobody removed it in Daybook."
            other="# cases that were saved here are not here any more, and nobody removed them in Daybook."
          />{' '}
          <Trans>All others are safe, and so is everything that your organisation received. Tell your lead.</Trans>
        </Notice>
      )}
      {tidied && !tidied.logIntact && (
        <Notice look="warn" live="status">
          <Trans>
            The list of what was done has a gap, or was changed outside of Daybook. Your cases are not affected. Tell
            your lead.
          </Trans>
        </Notice>
      )}
    </>
  )
}

/** They stay where they are; a file of them may be opened elsewhere. It is as closed as the cases are. */
function Unreadable({ count }: { readonly count: number }): ReactNode {
  const { vault } = useHouse()
  const [handed, setHanded] = useState<'yes' | 'failed'>()
  const save = async () => {
    try {
      const { download } = await import('../hand-out.ts')
      download(new Blob([await vault.unreadableRows()], { type: 'application/json' }), 'unopened.json')
      setHanded('yes')
    } catch {
      setHanded('failed')
    }
  }
  return (
    <Notice
      look="warn"
      acts={
        <Button look="quiet" onClick={() => void save()}>
          <Trans>Save it as a file</Trans>
        </Button>
      }
    >
      <Plural
        value={count}
        one="# case cannot be opened. The others are fine. Keep the tablet and contact your lead."
        other="# cases cannot be opened. The others are fine. Keep the tablet and contact your lead."
      />
      {handed && (
        <p className="small" role="status">
          {handed === 'yes' ? (
            <Trans>
              The file was handed to the browser's downloads. It is still closed, so nobody can read it without the keys
              of this tablet.
            </Trans>
          ) : (
            <Trans>The file could not be made. The cases on this tablet were not changed.</Trans>
          )}
        </p>
      )}
    </Notice>
  )
}
