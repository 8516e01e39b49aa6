import { Trans } from '@lingui/react/macro'
import { type ReactNode, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useCase } from '../../form/case-context.ts'
import { doubleKeysOf } from '../../record/doubles.ts'
import { showCaseCode } from '../../record/ids.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { PossibleDouble } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'

const afterLast = 1_000

/** Another case that may speak of the same person, said while it is being written. Looking is offered, merging never. */
export function PossibleDoubles({ id }: { readonly id: string }): ReactNode {
  const { go } = useHouse()
  const found = useDoubles(id)
  const [put, setAside] = useState<readonly string[]>([])
  const double = found.find((one) => !put.includes(one.id))
  if (!double) return null
  const code = showCaseCode(double.code)
  return (
    <Notice
      look="hint"
      live="status"
      acts={
        <span className="together">
          <Button look="quiet" onClick={() => go({ name: 'case', id: double.id })}>
            <Trans>Look at it</Trans>
          </Button>
          <Button look="quiet" onClick={() => setAside([...put, double.id])}>
            <Trans>Another person</Trans>
          </Button>
        </span>
      }
    >
      {double.why === 'pseudonym' ? (
        <Trans>
          Case{' '}
          <bdi dir="ltr" className="whole-word">
            {code}
          </bdi>{' '}
          speaks of the same person, perhaps in the same time. Both cases stay as they are.
        </Trans>
      ) : (
        <Trans>
          Case{' '}
          <bdi dir="ltr" className="whole-word">
            {code}
          </bdi>{' '}
          may speak of the same person: sex, age group, citizenship, country and form are the same. Both cases stay as
          they are.
        </Trans>
      )}
    </Notice>
  )
}

/** Asked again a second after what is compared has changed; a vault that does not answer changes nothing. */
function useDoubles(id: string): readonly PossibleDouble[] {
  const { vault } = useHouse()
  const { draft, judgement } = useDeferredValue(useCase())
  const keys = useMemo(() => JSON.stringify(doubleKeysOf(draft, judgement)), [draft, judgement])
  const [found, setFound] = useState<readonly PossibleDouble[]>([])
  useEffect(() => {
    let here = true
    const ask = async () => {
      const doubles = await vault.possibleDoubles(id, JSON.parse(keys)).catch(() => [])
      if (here) setFound(doubles)
    }
    const timer = setTimeout(() => void ask(), afterLast)
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [vault, id, keys])
  return found
}
