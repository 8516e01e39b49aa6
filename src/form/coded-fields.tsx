import type { ReactNode } from 'react'
import type { CodeList, Entry } from '../codebook/code-list.ts'
import { OptionRow, Options } from '../ui/option-row.tsx'
import { toggled } from './choices.ts'
import { codesIn, listOf, type FieldProps, type VariableOf } from './field-props.ts'
import { entryLabel } from './wording.ts'

/** What a person may choose of a list: neither its silences nor what only a rule sets. */
export function offeredEntries(list: CodeList): readonly Entry[] {
  return list.entries.filter((entry) => !entry.missing && entry.offered !== false)
}

/** A code that is a number or a letter of a standard helps to find the row; one that is a word only repeats it. */
function shownCode(code: string): string | undefined {
  return /^(?:\d|[A-Z])/.test(code) ? code : undefined
}

/** A few short answers stand in two columns, where they fill them. */
function fitTwo(list: CodeList, entries: readonly Entry[]): boolean {
  return (
    entries.length <= 6 &&
    entries.length % 2 === 0 &&
    entries.every((entry) => entryLabel(list, entry).length <= 24 && !entry.parent)
  )
}

export function CodedField({
  variable,
  value,
  onChange,
  name,
  describedBy,
}: FieldProps<VariableOf<'coded'>>): ReactNode {
  const { list } = variable
  const entries = offeredEntries(list)
  return (
    <Options two={fitTwo(list, entries)}>
      {entries.map((entry) => (
        <OptionRow
          key={entry.code}
          type="radio"
          name={name}
          label={entryLabel(list, entry)}
          code={shownCode(entry.code)}
          sub={entry.parent !== undefined}
          checked={value === entry.code}
          onChange={() => onChange(entry.code)}
          describedBy={describedBy}
        />
      ))}
    </Options>
  )
}

export function CodesField({
  variable,
  value,
  onChange,
  name,
  describedBy,
}: FieldProps<VariableOf<'codes'>>): ReactNode {
  const { list } = variable
  const entries = offeredEntries(list)
  const chosen = codesIn(value)
  return (
    <Options two={fitTwo(list, entries)}>
      {entries.map((entry) => (
        <OptionRow
          key={entry.code}
          type="checkbox"
          name={name}
          label={entryLabel(list, entry)}
          code={shownCode(entry.code)}
          sub={entry.parent !== undefined}
          checked={chosen.includes(entry.code)}
          onChange={(on) => onChange(listOf(toggled(variable, chosen, entry.code, on)))}
          describedBy={describedBy}
        />
      ))}
    </Options>
  )
}
