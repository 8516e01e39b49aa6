import { useLingui } from '@lingui/react/macro'
import { Fragment, type ReactNode } from 'react'
import { datePartsOrder, monthNames } from '../i18n/format.ts'
import { momentNow } from '../record/moment.ts'
import { Pills } from '../ui/pills.tsx'
import { latinDigits, NumberInput, Select, TextInput } from '../ui/text-input.tsx'
import { offeredEntries } from './coded-fields.tsx'
import { partsOf, textOf, type DateParts } from './date-parts.ts'
import { OtherCalendars } from './other-calendars.tsx'
import type { FieldProps, VariableOf } from './field-props.ts'
import { entryLabel, measureOf } from './wording.ts'

/** What is no number stays as it was typed, to be told at the question. Marks of writing direction are no part of one. */
function numberOf(text: string): number | string | undefined {
  const tidy = text.replace(/\p{Cf}/gu, '').trim()
  if (tidy === '') return undefined
  return /^\d{1,9}$/.test(tidy) ? Number(tidy) : text
}

export function CountField({ variable, value, onChange, ...rest }: FieldProps<VariableOf<'count'>>): ReactNode {
  return (
    <NumberInput
      labelledBy={rest.labelledBy}
      describedBy={rest.describedBy}
      wrong={rest.wrong}
      after={measureOf(variable)}
      value={typeof value === 'number' || typeof value === 'string' ? String(value) : ''}
      onChange={(text) => onChange(numberOf(text))}
    />
  )
}

/** Digits only, so that no other sign can end up between the parts of the date. */
function digits(text: string): string {
  return latinDigits(text).replace(/\D/g, '')
}

export function DateField({
  variable,
  value,
  onChange,
  describedBy,
  wrong,
}: FieldProps<VariableOf<'date'>>): ReactNode {
  const { t } = useLingui()
  const special = variable.list ? offeredEntries(variable.list) : []
  const text = typeof value === 'string' ? value : ''
  const isSpecial = special.some((entry) => entry.code === text)
  const parts = partsOf(isSpecial ? '' : text)
  const change = (changed: Partial<DateParts>) => onChange(textOf({ ...parts, ...changed }))
  const months = monthNames().map((label, index) => ({ value: String(index + 1).padStart(2, '0'), label }))
  const pills = [
    ...(parts.year === '' ? [] : [{ value: '~', label: t`About then` }]),
    ...special.map((entry) => ({
      value: entry.code,
      label: variable.list ? entryLabel(variable.list, entry) : entry.code,
    })),
  ]
  const common = { describedBy, wrong }
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
    <div className="stack">
      <div className="date">
        {datePartsOrder().map((part) => (
          <Fragment key={part}>{boxes[part]}</Fragment>
        ))}
      </div>
      <OtherCalendars date={isSpecial ? '' : text} />
      <Pills
        label={t`About the date`}
        pills={pills}
        chosen={isSpecial ? [text] : parts.about ? ['~'] : []}
        onToggle={(code, on) => (code === '~' ? change({ about: on }) : onChange(on ? code : undefined))}
      />
    </div>
  )
}

/** The offset stays as it was written; a moment begun here takes the one of this device. */
export function MomentField({ value, onChange, describedBy, wrong }: FieldProps<VariableOf<'moment'>>): ReactNode {
  const { t } = useLingui()
  const text = typeof value === 'string' ? value : ''
  const [date = '', rest = ''] = text.split('T')
  const time = rest.slice(0, 5).replace(/[+-].*$/, '')
  const offset = /[+-]\d\d:\d\d$/.exec(rest)?.[0] ?? momentNow().slice(16)
  const change = (day: string, clock: string) => onChange(day || clock ? `${day}T${clock}${offset}` : undefined)
  return (
    <div className="pair">
      <TextInput
        type="date"
        label={t`Date`}
        describedBy={describedBy}
        wrong={wrong}
        value={date}
        onChange={(day) => change(day, time)}
      />
      <TextInput
        type="time"
        label={t`Time`}
        describedBy={describedBy}
        wrong={wrong}
        value={time}
        onChange={(clock) => change(date, clock)}
      />
    </div>
  )
}
