import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useState } from 'react'
import { sectionRefs } from '../../form/questions.ts'
import { sectionTitle } from '../../form/sections.ts'
import type { OpenCase } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'

interface Props {
  readonly id: string
  /** It is looked at again when this changes. */
  readonly changedAt: string
}

/** The title of the section in which a case was left, set apart from what stands before it; nothing where it says none. */
export function WhereLeft({ id, changedAt }: Props): ReactNode {
  const { t } = useLingui()
  const { vault } = useHouse()
  const [found, setFound] = useState<Pick<OpenCase, 'draft' | 'place'>>()
  useEffect(() => {
    let here = true
    // What does not open says so when somebody goes there.
    void vault.open(id).then(
      (open) => here && setFound(open),
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [vault, id, changedAt])
  const key = found?.place?.section
  const ref = found && sectionRefs(found.draft).find((section) => section.key === key)
  const title = key === 'send' ? t`Check and send` : found && ref && sectionTitle(ref, found.draft)
  return title && ` · ${title}`
}
