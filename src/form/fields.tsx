import type { ReactNode } from 'react'
import type { VariableKind } from '../codebook/variable.ts'
import { CodedField, CodesField } from './coded-fields.tsx'
import { ExploitationField } from './exploitation-field.tsx'
import type { FieldOf, FieldProps } from './field-props.ts'
import { CountField, DateField, MomentField } from './number-and-date-fields.tsx'
import { ArticleField, OrganisationField, PlaceField } from './part-fields.tsx'
import { CountryField, LanguageField, SectorsField } from './searched-fields.tsx'

/** The codebook, drawn: one component for each kind of variable, none for each variable. */
export const fields: { readonly [K in VariableKind]: FieldOf<K> } = {
  coded: CodedField,
  codes: CodesField,
  exploitation: ExploitationField,
  country: CountryField,
  language: LanguageField,
  sectors: SectorsField,
  count: CountField,
  date: DateField,
  moment: MomentField,
  place: PlaceField,
  article: ArticleField,
  organisation: OrganisationField,
}

/** Draws the answer to one variable by its kind. */
export function AnswerField(props: FieldProps): ReactNode {
  const Kind = fields[props.variable.kind] as (props: FieldProps) => ReactNode
  return <Kind {...props} />
}
