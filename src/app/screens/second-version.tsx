import { Trans } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useHouse } from '../house.tsx'

/** A version that two tabs left behind: it can take the case's place, or stay until somebody has decided. */
export function SecondVersion({
  id,
  flush,
}: {
  readonly id: string
  readonly flush: () => Promise<unknown>
}): ReactNode {
  const { vault, go } = useHouse()
  const [failed, setFailed] = useState(false)
  const adopt = async () => {
    await flush()
    const adopted = await vault.adopt(id).catch(() => undefined)
    if (adopted?.status === 'adopted') go({ name: 'case', id: adopted.id })
    else setFailed(true)
  }
  return (
    <Notice
      look="warn"
      acts={
        <Button look="quiet" onClick={() => void adopt()}>
          <Trans>Make it the case</Trans>
        </Button>
      }
    >
      {failed ? (
        <Trans>It could not be taken over. Both versions are as they were.</Trans>
      ) : (
        <Trans>This is the second version of a case that was written in two places. The first one is kept, too.</Trans>
      )}
    </Notice>
  )
}
