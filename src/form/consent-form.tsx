import { useLingui } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { codebook } from '../codebook/codebook.ts'
import type { ConsentField } from '../codebook/consent.ts'
import { formatPartialDate } from '../i18n/format.ts'
import type { DraftConsent } from '../record/draft.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { OptionRow, Options } from '../ui/option-row.tsx'
import { useCase, useMember } from './case-context.ts'
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

/** What a victim was told and agreed to, point by point or in one tap. Nothing of it blocks a draft. */
export function ConsentForm({ path }: { readonly path: string }): ReactNode {
  const { t } = useLingui()
  const { today } = useCase()
  const [held, setConsent] = useMember<never>(path) as unknown as readonly [
    DraftConsent | undefined,
    (consent: DraftConsent) => void,
  ]
  const consent = held ?? {}
  const { withdrawn } = consent
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
      {withdrawn && <Notice look="warn">{t`Withdrawn on ${formatPartialDate(withdrawn.date)}.`}</Notice>}
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
    </div>
  )
}
