import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { isCaseCode } from '../record/ids.ts'
import { latinDigits, TextInput } from '../ui/text-input.tsx'

interface Props {
  readonly label: string
  /** Up to nine digits, without spaces. */
  readonly value: string
  readonly onChange: (digits: string) => void
}

const length = 9

/** A case code as it is read aloud: in threes, from any numerals, its check digit judged as soon as it is there. */
export function CaseCodeInput({ label, value, onChange }: Props): ReactNode {
  const { t } = useLingui()
  const whole = value.length === length
  const wrong = whole && !isCaseCode(value)
  const help = wrong
    ? t`A digit is wrong: the last one does not agree with the others. Please compare it again.`
    : whole
      ? t`The digits agree with each other.`
      : t`Nine digits. The last one shows whether one was mistaken.`
  return (
    <TextInput
      label={label}
      inputMode="numeric"
      dir="ltr"
      className="case-code"
      value={inThrees(value)}
      wrong={wrong}
      help={<span aria-live="polite">{help}</span>}
      onChange={(text) => onChange(latinDigits(text).replaceAll(/\D/g, '').slice(0, length))}
    />
  )
}

const inThrees = (digits: string): string => digits.match(/.{1,3}/g)?.join(' ') ?? ''
