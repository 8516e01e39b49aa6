import { useLingui } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import { codebook } from '../codebook/codebook.ts'
import type { ConsentField } from '../codebook/consent.ts'
import type { DraftConsent } from '../record/draft.ts'
import { Button } from '../ui/button.tsx'
import { Details } from '../ui/details.tsx'
import { Notice } from '../ui/notice.tsx'
import { OptionRow, Options } from '../ui/option-row.tsx'
import { Pills } from '../ui/pills.tsx'
import { useActs, useAside, useMember } from './case-context.ts'
import { ConsentText } from './consent-text.tsx'
import { Withdrawal } from './consent-withdrawal.tsx'
import { consentText } from './wording.ts'

interface PointProps {
  readonly field: ConsentField
  readonly value: 'yes' | 'no' | undefined
  readonly onChange: (value: 'yes' | 'no' | undefined) => void
}

function ConsentPoint({ field, value, onChange }: PointProps): ReactNode {
  const { t } = useLingui()
  const name = useId()
  const answers = [
    ['yes', t`Yes`],
    ['no', t`No`],
  ] as const
  return (
    <fieldset className="stack">
      <legend>{consentText(field)}</legend>
      <Options two>
        {answers.map(([answer, label]) => (
          <OptionRow
            key={answer}
            type="radio"
            name={name}
            label={label}
            checked={value === answer}
            onChange={() => onChange(answer)}
          />
        ))}
      </Options>
      {value && (
        <div className="silences">
          <button type="button" className="clear" onClick={() => onChange(undefined)}>
            {t`Clear: not asked`}
          </button>
        </div>
      )}
    </fieldset>
  )
}

interface FormProps {
  readonly victim: string
  /** Where the consent lies in the form. */
  readonly path: string
}

/** What a victim was told and agreed to: read out and agreed in one tap, or point by point. Nothing of it blocks a draft. */
export function ConsentForm({ victim, path }: FormProps): ReactNode {
  const { t } = useLingui()
  const { today } = useActs()
  const [reading, setReading] = useState(false)
  const [held, setConsent] = useMember<never>(path) as unknown as readonly [
    DraftConsent | undefined,
    (consent: DraftConsent) => void,
  ]
  const consent = held ?? {}
  const agreeToAll = () => {
    const all = codebook.consent.map(({ id }) => [
      id,
      consent[id]?.value === 'yes' ? consent[id] : { value: 'yes', date: today },
    ])
    setConsent({ ...consent, ...(Object.fromEntries(all) as DraftConsent) })
  }
  const answer = (id: keyof DraftConsent, value: 'yes' | 'no' | undefined) => {
    const { [id]: _, ...others } = consent
    setConsent(value ? { ...others, [id]: { value, date: today } } : others)
  }
  const agreed = codebook.consent.every(({ id }) => consent[id]?.value === 'yes')
  return (
    <div className="stack consent">
      <HowTold victim={victim} />
      <Details title={t`The text, to be read out`} open={reading} onToggle={setReading}>
        <ConsentText />
      </Details>
      {agreed ? (
        <Notice look="derived">{t`Told and agreed to every point.`}</Notice>
      ) : (
        <Button onClick={agreeToAll}>
          <Check aria-hidden="true" />
          {t`All agreed`}
        </Button>
      )}
      {codebook.consent.map((field) => (
        <ConsentPoint
          key={field.id}
          field={field}
          value={consent[field.id]?.value}
          onChange={(value) => answer(field.id, value)}
        />
      ))}
      <Withdrawal consent={consent} onChange={setConsent} />
    </div>
  )
}

/** Who was there. The record has no place for it: it stays on this tablet, beside the draft. */
function HowTold({ victim }: { readonly victim: string }): ReactNode {
  const { t } = useLingui()
  const { setTold } = useActs()
  const told = useAside().told[victim] ?? {}
  const toggle = (key: 'absent' | 'interpreter', on: boolean) => {
    const { [key]: _, ...others } = told
    setTold(victim, on ? { ...others, [key]: true } : others)
  }
  return (
    <>
      <Pills
        label={t`How the person was told`}
        pills={[
          { value: 'absent', label: t`The person is not present, or this is from a file` },
          { value: 'interpreter', label: t`Through an interpreter` },
        ]}
        chosen={[
          ...(told.absent ? (['absent'] as const) : []),
          ...(told.interpreter ? (['interpreter'] as const) : []),
        ]}
        onToggle={toggle}
      />
      {told.absent && (
        <Notice>
          {t`Then nobody can be asked now. Leave the points open, or answer what the file says. Both are fine; this note stays on this tablet.`}
        </Notice>
      )}
    </>
  )
}
