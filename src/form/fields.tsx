import type { ReactNode } from 'react'
import type { VariableKind } from '../codebook/variable.ts'
import { withWords } from '../i18n/with-words.ts'
import { later } from '../ui/later.tsx'
import { CodedField, CodesField } from './coded-fields.tsx'
import { ExploitationField } from './exploitation-field.tsx'
import type { FieldOf, FieldProps } from './field-props.ts'
import { CountField, DateField, MomentField } from './number-and-date-fields.tsx'

const parts = async () => await withWords(import('./part-fields.tsx'))
const searched = async () => await withWords(import('./searched-fields.tsx'))

/** The codebook, drawn: one component for each kind of variable, none for each variable. */
export const fields: { readonly [K in VariableKind]: FieldOf<K> } = {
  coded: CodedField,
  codes: CodesField,
  exploitation: ExploitationField,
  country: later(async () => (await searched()).CountryField),
  language: later(async () => (await searched()).LanguageField),
  sectors: later(async () => (await searched()).SectorsField),
  count: CountField,
  date: DateField,
  moment: MomentField,
  place: later(async () => (await parts()).PlaceField),
  article: later(async () => (await parts()).ArticleField),
  organisation: later(async () => (await parts()).OrganisationField),
}

/** Draws the answer to one variable by its kind. */
export function AnswerField(props: FieldProps): ReactNode {
  const Kind = fields[props.variable.kind] as (props: FieldProps) => ReactNode
  return <Kind {...props} />
}
