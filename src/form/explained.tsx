import { useLingui } from '@lingui/react/macro'
import { useId, useState, type ReactNode } from 'react'
import type { Variable } from '../codebook/variable.ts'
import { withWords } from '../i18n/with-words.ts'
import { Button } from '../ui/button.tsx'
import { later } from '../ui/later.tsx'

const Explanation = later(async () => (await withWords(import('./explanation.tsx'))).Explanation)

/** What a question means, behind a button beside it. */
export function Explained({
  variable,
  describes,
}: {
  readonly variable: Variable
  readonly describes: string
}): ReactNode {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <>
      <Button
        look="quiet"
        className="why"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-describedby={describes}
        onClick={() => setOpen(!open)}
      >
        {t`What does this mean?`}
      </Button>
      {open && <Explanation variable={variable} id={id} />}
    </>
  )
}
