import type { CodeList } from './code-list.ts'
import type { Condition } from './rule.ts'
import type { SourceId } from './sources.ts'

/** 1 core · 2 enhanced · 3 optional: individual experiences before and after the event. */
export type Step = 1 | 2 | 3

/** Not known · not applicable · declined to answer. Not answered is a fourth silence: the key is absent. */
export type MissingCode = 'nk' | 'na' | 'ref'

/** Where an answer lies in a record (`record-shape.md`). */
export type UnitName = 'event' | 'victim' | 'perpetrator' | 'reportingEntity' | 'link'

/** exact: given by the primary source or a standard it says it uses · adapted: another named standard · proposed: ours. */
export type Confidence = 'exact' | 'adapted' | 'proposed'

export interface Provenance {
  /** Where the values come from. */
  readonly source: SourceId
  /** Labels as in the source · with additions, splits or shortened labels · written for this application. */
  readonly fidelity: 'verbatim' | 'modified' | 'own'
  /** How sure the list of values is. */
  readonly confidence: Confidence
  /** How sure the variable's name is. */
  readonly label: Confidence
  readonly question: Confidence
  /** How sure the variable's code is; left out where it is exact and nothing speaks against it. */
  readonly code?: Confidence | 'uncertain' | 'inferred'
}

/** A text by language (`en`, `ar`). */
export type Words = Readonly<Record<string, string>>

/** What an organisation says at a question in place of the codebook's wording, and beside it. */
export interface OwnWords {
  readonly label?: Words
  readonly help?: Words
}

/** An administrative area as an organisation offers it; `parent` is the area that it lies in. */
export interface OwnArea {
  readonly code: string
  readonly parent?: string
  readonly labels: Words
}

interface Common {
  readonly code: string
  /** Code as the primary source prints it, where that is another; `null` where it prints none. */
  readonly seedCode?: string | null
  /** Other codes that an importer accepts for this variable. */
  readonly aliases?: readonly string[]
  readonly unit: UnitName
  /** The unit that the standard asks it of, where that is not the unit it lies on. */
  readonly standardUnit?: 'event' | 'victim' | 'perpetrator'
  /** What the answer is about: the unit itself, the same in all its events, or the unit in this event. */
  readonly captureLevel:
    'event' | 'victim' | 'victimInEvent' | 'perpetrator' | 'perpetratorInEvent' | 'victimPerpetratorLink'
  readonly step: Step
  readonly label: string
  /** The name as printed, where the standard's is shorter than ours. */
  readonly labelPrinted?: string
  readonly question: string
  readonly definition: string
  readonly missing: readonly MissingCode[]
  readonly askedWhen: { readonly text: string; readonly expr: Condition | true }
  /** Name of the member that holds short texts by code, beside the answer. */
  readonly texts?: string
  /** A victim may have an own value, which replaces the event's for that victim. */
  readonly perVictimOverride?: true
  /** Every value it ever had is kept with its date. */
  readonly history?: true
  readonly provenance: Provenance
  /** Values that rules compute beside the answer, by part; never stored. */
  readonly derived?: Readonly<Record<string, string>>
  readonly derivedFrom?: string
  /** The answer is a view of another variable: never asked, never stored, written out in exports (`rvp`). */
  readonly stored?: false
  readonly storage?: string
  readonly exportAs?: string
  /** A member beside the answer that says how it was come by. */
  readonly mark?: { readonly key: string; readonly text: string }
  readonly format?: string
  /** Parts of the answer and what each holds. */
  readonly structure?: Readonly<Record<string, string>>
  readonly maxLength?: number
  /** Bands in which a number is published, by target. */
  readonly bands?: Readonly<Record<string, readonly string[]>>
  /** Step 3 only: whether it is asked unless the organisation says otherwise. */
  readonly enabledByDefault?: boolean
  readonly phase?: 'before' | 'event' | 'after'
  /** Switched off by the organisation's overlay (`overlay.ts`): it is not asked. */
  readonly off?: true
  readonly own?: OwnWords
  /** Never exported at record level. */
  readonly sensitivity?: 'high'
}

/** One code of the list. */
export interface CodedVariable extends Common {
  readonly kind: 'coded'
  readonly list: CodeList
}

/** Several codes of the list. */
export interface CodesVariable extends Common {
  readonly kind: 'codes'
  readonly list: CodeList
}

/** Several codes of the classification (`forms-of-exploitation.ts`). */
export interface ExploitationVariable extends Common {
  readonly kind: 'exploitation'
}

/** ISO 3166-1 alpha-2, or a special code of `list`; a list if `multiple`. */
export interface CountryVariable extends Common {
  readonly kind: 'country'
  readonly multiple: boolean
  readonly list: CodeList
}

/** A code of `languageCodes`, or a missing code. */
export interface LanguageVariable extends Common {
  readonly kind: 'language'
  readonly list: CodeList
}

/** Several of: a section of ISIC, or a section with a division (`A`, `A03`). */
export interface SectorsVariable extends Common {
  readonly kind: 'sectors'
  readonly list: CodeList
}

/** Whole number within `range`, both ends included. */
export interface CountVariable extends Common {
  readonly kind: 'count'
  readonly range: { readonly min: number; readonly max: number }
}

/** Partial date, or a special code of `list` (ongoing). */
export interface DateVariable extends Common {
  readonly kind: 'date'
  readonly list?: CodeList
}

/** Date and time with offset. */
export interface MomentVariable extends Common {
  readonly kind: 'moment'
}

/** `{country, area?}` or `{extraterritorial: true}`; `adm` and `extra` of `list` name these forms and are not stored. */
export interface PlaceVariable extends Common {
  readonly kind: 'place'
  readonly list: CodeList
  /** The organisation's areas, by country. */
  readonly areas?: Readonly<Record<string, readonly OwnArea[]>>
}

/** `{country?, law?, article}`. */
export interface ArticleVariable extends Common {
  readonly kind: 'article'
}

/** `{orgCode, orgType}`, orgType a code of `ret`. */
export interface OrganisationVariable extends Common {
  readonly kind: 'organisation'
}

export type Variable =
  | CodedVariable
  | CodesVariable
  | ExploitationVariable
  | CountryVariable
  | LanguageVariable
  | SectorsVariable
  | CountVariable
  | DateVariable
  | MomentVariable
  | PlaceVariable
  | ArticleVariable
  | OrganisationVariable

export type VariableKind = Variable['kind']

export interface UnitDefinition {
  readonly unit: UnitName
  readonly variables: readonly Variable[]
}
