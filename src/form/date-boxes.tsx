import { useLingui } from '@lingui/react/macro'
import { Fragment, type ReactNode } from 'react'
import { datePartsOrder, monthNames } from '../i18n/format.ts'
import { latinDigits, NumberInput, Select } from '../ui/text-input.tsx'
import { partsOf, textOf, type DateParts } from './date-parts.ts'

/** Digits only, so that no other sign can end up between the parts of the date. */
function digits(text: string): string {
  return latinDigits(text).replace(/\D/g, '')
}

interface Props {
  /** A partial date, or what is only half of one. */
  readonly value: string
  readonly onChange: (value: string | undefined) => void
  readonly describedBy?: string | undefined
  readonly wrong?: boolean
}

/** Year, month and day as three plain boxes, in the order of the language; the browser's own box has the browser's. */
export function DateBoxes({ value, onChange, ...common }: Props): ReactNode {
  const { t } = useLingui()
  const parts = partsOf(value)
  const change = (changed: Partial<DateParts>) => onChange(textOf({ ...parts, ...changed }))
  const months = monthNames().map((label, index) => ({ value: String(index + 1).padStart(2, '0'), label }))
  const boxes = {
    year: (
      <NumberInput
        {...common}
        label={t`Year`}
        maxLength={4}
        value={parts.year}
        onChange={(typed) => change({ year: digits(typed) })}
      />
    ),
    month: (
      <Select
        {...common}
        label={t`Month`}
        none={t`not known`}
        choices={months}
        value={parts.month}
        onChange={(month) => change({ month })}
      />
    ),
    day: (
      <NumberInput
        {...common}
        label={t`Day`}
        maxLength={2}
        value={parts.day}
        onChange={(typed) => change({ day: digits(typed) })}
      />
    ),
  }
  return (
    <div className="date">
      {datePartsOrder().map((part) => (
        <Fragment key={part}>{boxes[part]}</Fragment>
      ))}
    </div>
  )
}
