import { useLingui } from '@lingui/react/macro'
import { Copy } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Details } from '../ui/details.tsx'
import { OptionRow, Options } from '../ui/option-row.tsx'
import { Select } from '../ui/text-input.tsx'
import { useCase } from './case-context.ts'
import { useOfferUndo } from './case-undo.ts'
import { useMarkWord } from './marks.tsx'
import { answerAt } from './questions.ts'
import { unitTitle } from './sections.ts'
import { isUntouched, lenders, shareable, shared, unshared } from './sharing.ts'
import { labelOf, showAnswer } from './wording.ts'

/** Offered while nothing is answered of a victim: what another victim's answers have in common with this one's. */
export function SameAs({ victim }: { readonly victim: string }): ReactNode {
  const { t } = useLingui()
  const { draft, steps, asked } = useCase()
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState<string>()
  if (!isUntouched(draft, victim)) return null
  const from = lenders(draft, victim, { steps, asked })
  const one = from.find((id) => id === chosen) ?? from[0]
  if (one === undefined) return null
  return (
    <Details title={t`Same as ${unitTitle(one, draft)}`} open={open} onToggle={setOpen}>
      <Offer key={one} from={one} to={victim} others={from} onFrom={setChosen} />
    </Details>
  )
}

interface OfferProps {
  readonly from: string
  readonly to: string
  readonly others: readonly string[]
  readonly onFrom: (id: string) => void
}

/** Every answer is shown before it is copied, and can be left out. */
function Offer({ from, to, others, onFrom }: OfferProps): ReactNode {
  const { t } = useLingui()
  const { draft, steps, asked, change } = useCase()
  const offerUndo = useOfferUndo()
  const markWord = useMarkWord()
  const name = useId()
  const [left, setLeft] = useState<readonly string[]>([])
  const all = shareable(draft, from, { steps, asked })
  const places = all.filter(({ variable }) => !left.includes(variable.code))
  const title = unitTitle(from, draft)
  const copy = () => {
    change((now) => shared(now, places, to))
    offerUndo(t`Copied from ${title}.`, (now) => unshared(now, places, to))
    document.getElementById('section-title')?.focus()
  }
  const choices = others.map((id) => ({
    value: id,
    label: [unitTitle(id, draft), markWord(id)].filter(Boolean).join(' · '),
  }))
  return (
    <div className="stack">
      {others.length > 1 && (
        <Select label={t`The same as`} choices={choices} value={from} onChange={(id) => onFrom(id || from)} />
      )}
      <Options>
        {all.map(({ at, variable }) => (
          <OptionRow
            key={variable.code}
            type="checkbox"
            name={`${name}-${variable.code}`}
            label={labelOf(variable)}
            hint={showAnswer(variable, answerAt(draft, { at, variable }) ?? '')}
            checked={!left.includes(variable.code)}
            onChange={(on) => setLeft(on ? left.filter((code) => code !== variable.code) : [...left, variable.code])}
          />
        ))}
      </Options>
      <Button look="first" disabled={places.length === 0} onClick={copy}>
        <Copy aria-hidden="true" />
        {t`Copy what is chosen`}
      </Button>
    </div>
  )
}
