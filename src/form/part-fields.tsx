import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { entryOf } from '../codebook/code-list.ts'
import { variable as variableOf } from '../codebook/codebook.ts'
import { OptionRow } from '../ui/option-row.tsx'
import { SearchList } from '../ui/search-list.tsx'
import { Select, TextInput } from '../ui/text-input.tsx'
import { offeredEntries } from './coded-fields.tsx'
import { ofParts, partOf, type FieldProps, type VariableOf } from './field-props.ts'
import { countryItems } from './names.ts'
import { areaLabel, entryDefinition, entryLabel } from './wording.ts'

interface CountryPartProps {
  readonly name: string
  readonly labelledBy: string
  readonly describedBy: string | undefined
  readonly wrong?: boolean
  readonly value: string
  readonly onChange: (code: string) => void
}

function CountryPart({ name, labelledBy, value, onChange, ...rest }: CountryPartProps): ReactNode {
  const { t } = useLingui()
  const id = `${name}-country`
  return (
    <div className="labelled">
      <span className="label" id={id}>{t`Country`}</span>
      <SearchList
        {...rest}
        items={countryItems()}
        labelledBy={`${labelledBy} ${id}`}
        placeholder={t`Type to find a country`}
        value={value || undefined}
        onChange={(code) => onChange(code ?? '')}
      />
    </div>
  )
}

interface AreaPartProps {
  readonly variable: VariableOf<'place'>
  readonly country: string
  readonly area: string
  readonly name: string
  readonly labelledBy: string
  readonly describedBy: string | undefined
  readonly onChange: (text: string) => void
}

/** More areas than this are searched by typing instead of looked through. */
const mostToLookThrough = 12

/** The organisation's areas of the country, where it has some; what was written otherwise before stays among them. */
function AreaPart({ variable, country, area, name, labelledBy, describedBy, onChange }: AreaPartProps): ReactNode {
  const { t } = useLingui()
  const id = `${name}-area`
  const areas = variable.areas?.[country] ?? []
  if (areas.length === 0)
    return (
      <TextInput
        label={t`Area: a code such as ES-AN, or a name`}
        describedBy={describedBy}
        value={area}
        onChange={onChange}
      />
    )
  const nameOf = (code: string) => areaLabel(variable, country, code)
  const choices = areas.map(({ code, parent }) => ({
    value: code,
    label: parent === undefined ? nameOf(code) : `${nameOf(code)} (${nameOf(parent)})`,
  }))
  if (areas.length > mostToLookThrough)
    return (
      <div className="labelled">
        <span className="label" id={id}>{t`Area`}</span>
        <SearchList
          items={choices.map((choice) => ({ ...choice, also: [choice.value] }))}
          labelledBy={`${labelledBy} ${id}`}
          describedBy={describedBy}
          placeholder={t`Type to find an area`}
          value={area || undefined}
          onChange={(code) => onChange(code ?? '')}
        />
      </div>
    )
  const stranger = area !== '' && !areas.some(({ code }) => code === area)
  return (
    <Select
      label={t`Area`}
      describedBy={describedBy}
      none={t`Choose`}
      choices={stranger ? [...choices, { value: area, label: area }] : choices}
      value={area}
      onChange={onChange}
    />
  )
}

/** No finer than an area: no street, no coordinates (codebook, `geo`). */
export function PlaceField(props: FieldProps<VariableOf<'place'>>): ReactNode {
  const { variable, value, onChange, name, labelledBy, describedBy, wrong } = props
  const outside =
    typeof value === 'object' && value !== null && !Array.isArray(value) && value['extraterritorial'] === true
  const country = partOf(value, 'country')
  const area = partOf(value, 'area')
  const extra = entryOf(variable.list, 'extra')
  const isListed = variable.areas?.[country]?.some(({ code }) => code === area) === true
  return (
    <div className="stack">
      {!outside && (
        <>
          <CountryPart
            {...{ name, labelledBy, describedBy, wrong }}
            value={country}
            onChange={(code) => onChange(ofParts({ country: code, area: isListed ? '' : area }))}
          />
          <AreaPart
            {...{ variable, country, area, name, labelledBy, describedBy }}
            onChange={(text) => onChange(ofParts({ country, area: text }))}
          />
        </>
      )}
      {extra && (
        <OptionRow
          type="checkbox"
          name={`${name}-outside`}
          label={entryLabel(variable.list, extra)}
          hint={entryDefinition(variable.list, extra)}
          checked={outside}
          onChange={(on) => onChange(on ? { extraterritorial: true } : undefined)}
        />
      )}
    </div>
  )
}

export function ArticleField(props: FieldProps<VariableOf<'article'>>): ReactNode {
  const { t } = useLingui()
  const { value, onChange, name, labelledBy, describedBy, wrong } = props
  const parts = { country: partOf(value, 'country'), law: partOf(value, 'law'), article: partOf(value, 'article') }
  return (
    <div className="stack">
      <CountryPart
        {...{ name, labelledBy, describedBy }}
        value={parts.country}
        onChange={(country) => onChange(ofParts({ ...parts, country }))}
      />
      <div className="pair">
        <TextInput
          label={t`Law`}
          describedBy={describedBy}
          value={parts.law}
          onChange={(law) => onChange(ofParts({ ...parts, law }))}
        />
        <TextInput
          label={t`Article`}
          describedBy={describedBy}
          wrong={wrong}
          value={parts.article}
          onChange={(article) => onChange(ofParts({ ...parts, article }))}
        />
      </div>
    </div>
  )
}

export function OrganisationField({
  value,
  onChange,
  describedBy,
  wrong,
}: FieldProps<VariableOf<'organisation'>>): ReactNode {
  const { t } = useLingui()
  const parts = { orgCode: partOf(value, 'orgCode'), orgType: partOf(value, 'orgType') }
  const kinds = variableOf('ret')
  const list = 'list' in kinds ? kinds.list : undefined
  const choices = list
    ? offeredEntries(list).map((entry) => ({ value: entry.code, label: entryLabel(list, entry) }))
    : []
  return (
    <div className="pair">
      <TextInput
        label={t`Code of the organisation`}
        describedBy={describedBy}
        wrong={wrong}
        value={parts.orgCode}
        onChange={(orgCode) => onChange(ofParts({ ...parts, orgCode }))}
      />
      <Select
        label={t`Kind of organisation`}
        describedBy={describedBy}
        none={t`Choose`}
        choices={choices}
        value={parts.orgType}
        onChange={(orgType) => onChange(ofParts({ ...parts, orgType }))}
      />
    </div>
  )
}
