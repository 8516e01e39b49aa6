import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { sectionOf } from '../codebook/lists/industries.ts'
import { SearchList, SearchListSeveral } from '../ui/search-list.tsx'
import type { SearchItem } from '../ui/search.ts'
import { broadOf, toggled } from './choices.ts'
import { offeredEntries } from './coded-fields.tsx'
import { codesIn, listOf, type FieldProps, type VariableOf } from './field-props.ts'
import { countryItems, languageItems } from './names.ts'
import { industrySynonyms } from './synonyms.ts'
import { entryLabel, valueLabel } from './wording.ts'

/** Where one country fits, the order of several counts (`record-shape.md`), so they stand as they were chosen. */
export function CountryField(props: FieldProps<VariableOf<'country'>>): ReactNode {
  const { t } = useLingui()
  const { variable, value, onChange, labelledBy, describedBy, wrong } = props
  const items = countryItems(variable)
  const common = { items, labelledBy, describedBy, wrong, placeholder: t`Type to find a country` }
  const nameOf = (code: string) => valueLabel(variable, code)
  if (!variable.multiple)
    return (
      <SearchList
        {...common}
        nameOf={nameOf}
        value={typeof value === 'string' ? value : undefined}
        onChange={onChange}
      />
    )
  const change = (codes: readonly string[]) => onChange(listOf(standAlone(variable, codes)))
  return <SearchListSeveral {...common} nameOf={nameOf} ordered values={codesIn(value)} onChange={change} />
}

/** Stateless is no country beside others (codebook, R29): the one chosen last stays. */
function standAlone(variable: VariableOf<'country'>, codes: readonly string[]): readonly string[] {
  const last = codes.at(-1)
  const alone = (code: string) => code === 'stateless' && variable.list.entries.some((entry) => entry.code === code)
  if (last === undefined) return []
  return alone(last) ? [last] : codes.filter((code) => !alone(code))
}

export function LanguageField({ value, onChange, variable, ...rest }: FieldProps<VariableOf<'language'>>): ReactNode {
  const { t } = useLingui()
  return (
    <SearchList
      items={languageItems()}
      nameOf={(code) => valueLabel(variable, code)}
      placeholder={t`Type to find a language`}
      labelledBy={rest.labelledBy}
      describedBy={rest.describedBy}
      wrong={rest.wrong}
      value={typeof value === 'string' ? value : undefined}
      onChange={onChange}
    />
  )
}

function industryItems(variable: VariableOf<'sectors'>): readonly SearchItem[] {
  return offeredEntries(variable.list).map((entry) => ({
    value: entry.code,
    label: entryLabel(variable.list, entry),
    hint: entry.code,
    also: [entry.code, ...(industrySynonyms[entry.code]?.split(', ') ?? [])],
  }))
}

/**
 * Sections by name. Divisions are not offered, since no named source gives us their titles; one that a record holds (from
 * an import) is shown by its section and its code, and stays until it is removed.
 */
export function SectorsField(props: FieldProps<VariableOf<'sectors'>>): ReactNode {
  const { t } = useLingui()
  const { variable, value, onChange, labelledBy, describedBy, wrong } = props
  const codes = codesIn(value)
  const sections = broadOf(codes, sectionOf)
  const change = (chosen: readonly string[]) => {
    const tapped = [...chosen, ...codes].find((code) => chosen.includes(code) !== codes.includes(code))
    if (tapped) onChange(listOf(toggled(variable, codes, tapped, chosen.includes(tapped))))
  }
  return (
    <SearchListSeveral
      items={industryItems(variable).filter((item) => !sections.includes(item.value))}
      nameOf={(code) => valueLabel(variable, code)}
      placeholder={t`Type a kind of work`}
      labelledBy={labelledBy}
      describedBy={describedBy}
      wrong={wrong}
      values={codes}
      onChange={change}
    />
  )
}
