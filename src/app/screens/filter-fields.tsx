import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useMemo } from 'react'
import { countryName } from '../../codebook/lists/countries.ts'
import { formLabel } from '../../form/wording.ts'
import { formatNumber, formatPartialDate } from '../../i18n/format.ts'
import { Select } from '../../ui/text-input.tsx'
import type { Facet, Found, Line, Order, Wish } from '../case-list.ts'

export interface FilterProps {
  readonly wish: Wish
  readonly found: Found
  readonly lines: readonly Line[]
  readonly onChange: (change: Partial<Wish>) => void
}

/** What else the list can be narrowed and sorted by; the choices are worked out only while this is unfolded. */
export function FilterFields({ wish, found, lines, onChange }: FilterProps): ReactNode {
  const { t, i18n } = useLingui()
  const values = useMemo(() => valuesIn(lines), [lines])
  const choices = (facet: Exclude<Facet, 'state'>, label: (value: string) => string) =>
    values[facet].map((value) => ({
      value,
      label: `${label(value)} (${formatNumber(found.counts[facet].get(value) ?? 0)})`,
    }))
  return (
    <div className="filter-fields">
      <Select
        label={t`Form of exploitation`}
        none={t`All forms`}
        choices={choices('form', formLabel)}
        value={wish.form}
        onChange={(form) => onChange({ form })}
      />
      <Select
        label={t`Recorded in`}
        none={t`All places`}
        choices={choices('country', (code) => countryName(code, i18n.locale))}
        value={wish.country}
        onChange={(country) => onChange({ country })}
      />
      <Select
        label={t`Month of recording`}
        none={t`All months`}
        choices={choices('month', formatPartialDate)}
        value={wish.month}
        onChange={(month) => onChange({ month })}
      />
      <Select
        label={t`Sort by`}
        none={t`Last changed`}
        choices={[
          { value: 'created', label: t`Last begun` },
          { value: 'code', label: t`Case code` },
          { value: 'state', label: t`State` },
        ]}
        value={wish.order === 'changed' ? '' : wish.order}
        onChange={(order) => onChange({ order: (order || 'changed') as Order })}
      />
    </div>
  )
}

/** What occurs in the list: forms in the order of the classification, countries by code, the latest month first. */
function valuesIn(lines: readonly Line[]): { readonly [F in Exclude<Facet, 'state'>]: readonly string[] } {
  const unique = (values: readonly string[]) => [...new Set(values)].toSorted()
  return {
    form: unique(lines.flatMap(({ values }) => values.form)),
    country: unique(lines.flatMap(({ values }) => values.country)),
    month: unique(lines.flatMap(({ values }) => values.month)).toReversed(),
  }
}
