import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { withWords } from '../i18n/with-words.ts'
import { momentNow } from '../record/moment.ts'
import { later } from '../ui/later.tsx'
import { Pills } from '../ui/pills.tsx'
import { NumberInput, TextInput } from '../ui/text-input.tsx'
import { offeredEntries } from './coded-fields.tsx'
import { DateBoxes } from './date-boxes.tsx'
import { partsOf, textOf, type DateParts } from './date-parts.ts'
import type { FieldProps, VariableOf } from './field-props.ts'
import { entryLabel, measureOf } from './wording.ts'

const OtherCalendars = later(async () => (await withWords(import('./other-calendars.tsx'))).OtherCalendars)

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
  const pills = [
    ...(parts.year === '' ? [] : [{ value: '~', label: t`About then` }]),
    ...special.map((entry) => ({
      value: entry.code,
      label: variable.list ? entryLabel(variable.list, entry) : entry.code,
    })),
  ]
  return (
    <div className="stack">
      <DateBoxes describedBy={describedBy} wrong={wrong} value={isSpecial ? '' : text} onChange={onChange} />
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
    <div className="stack">
      <DateBoxes describedBy={describedBy} wrong={wrong} value={date} onChange={(day) => change(day ?? '', time)} />
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
