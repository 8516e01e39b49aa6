import { useLingui } from '@lingui/react/macro'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { moveUnit } from '../record/draft.ts'
import { isPresent } from '../record/units.ts'
import { Button } from '../ui/button.tsx'
import { useCase } from './case-context.ts'
import { MarkPicker } from './marks.tsx'
import type { SectionRef } from './questions.ts'
import { sectionTitle } from './sections.ts'

/** Whom a section is about; it stays in view while the questions are scrolled. */
export function SectionHead({ section }: { readonly section: SectionRef }): ReactNode {
  const { draft } = useCase()
  const title = sectionTitle(section, draft)
  const isPerson = section.kind === 'victim' || section.kind === 'perpetrator'
  return (
    <div className="whose">
      <h1 id="section-title" tabIndex={-1}>
        {title}
      </h1>
      {isPerson && <MarkPicker id={section.key} title={title} />}
      {isPerson && <MoveButtons section={section} title={title} />}
    </div>
  )
}

/** Earlier or later among the people of one kind. Once a version was sent, their numbers are known elsewhere and stay. */
function MoveButtons({ section, title }: { readonly section: SectionRef; readonly title: string }): ReactNode {
  const { t } = useLingui()
  const { draft, change, sent } = useCase()
  const row = section.kind === 'victim' ? draft.victims.filter(isPresent) : draft.perpetrators
  const at = row.findIndex(({ id }) => id === section.key)
  if (sent || row.length < 2) return null
  const move = (by: -1 | 1) => change((now) => moveUnit(now, section.key, by))
  // Not `disabled`: at the end of the row the focus stays on the button that was pressed.
  const [first, last] = [at === 0, at === row.length - 1]
  return (
    <span className="moves">
      <Button
        look="quiet"
        icon
        aria-label={t`Move ${title} earlier`}
        aria-disabled={first}
        onClick={() => first || move(-1)}
      >
        <ArrowUp aria-hidden="true" />
      </Button>
      <Button
        look="quiet"
        icon
        aria-label={t`Move ${title} later`}
        aria-disabled={last}
        onClick={() => last || move(1)}
      >
        <ArrowDown aria-hidden="true" />
      </Button>
    </span>
  )
}
