import { Trans, useLingui } from '@lingui/react/macro'
import { Printer } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Step } from '../../codebook/variable.ts'
import { PaperForm } from '../../form/paper-form.tsx'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useHouse } from '../house.tsx'
import { TopBar } from '../top-bar.tsx'
import { useAsked } from '../use-asked.ts'

const depths: readonly (readonly Step[])[] = [[1], [1, 2], [1, 2, 3]]

/** The codebook on paper, for where there is no tablet. Nothing of any case is in it. */
export function BlankForm(): ReactNode {
  const { t } = useLingui()
  const { organisation } = useHouse()
  const asked = useAsked()
  const deepest = Math.max(...(organisation?.steps ?? [1, 2]))
  const [steps, setSteps] = useState<readonly Step[]>([1])
  const words = [t`Step 1`, t`Steps 1 and 2`, t`All three steps`]
  return (
    <>
      <TopBar title={<Trans>Blank paper form</Trans>} />
      <main className="page">
        <div className="stack screen-only">
          <p>
            <Trans>
              For where there is no tablet: the same questions, answers and codes, in the language of the screen. Enter
              it later and destroy the paper.
            </Trans>
          </p>
          <div className="filters" role="group" aria-label={t`How deep`}>
            {depths.slice(0, deepest).map((depth, at) => (
              <button
                key={depth.length}
                type="button"
                className="pill pick"
                aria-pressed={steps.length === depth.length}
                onClick={() => setSteps(depth)}
              >
                {words[at]}
              </button>
            ))}
          </div>
          <Button look="first" className="at-start" onClick={() => window.print()}>
            <Printer aria-hidden="true" /> <Trans>Print</Trans>
          </Button>
        </div>
        <Sheet
          head={
            <>
              <span>
                <Trans>Case code: _ _ _ _ _ _ _ _ _</Trans>
              </span>
              <span>
                <Trans>No names. Lock this sheet away.</Trans>
              </span>
            </>
          }
        >
          <p>
            <Trans>
              Tick what is known. What was not asked stays empty; what is not known or was declined has boxes of its
              own. Dates may be a year alone.
            </Trans>
          </p>
          <PaperForm steps={steps} asked={asked} />
        </Sheet>
      </main>
    </>
  )
}
