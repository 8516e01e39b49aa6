import type { ReactNode } from 'react'
import type { Variable, VariableKind } from '../codebook/variable.ts'
import type { Answer } from '../record/answers.ts'

/** What every kind of question is given. A silence is not its matter: the question itself draws and stores it. */
export interface FieldProps<V extends Variable = Variable> {
  readonly variable: V
  /** What was answered; a silence, and no answer, are undefined. May not fit the variable: drafts keep everything. */
  readonly value: Answer | undefined
  readonly onChange: (value: Answer | undefined) => void
  /** Of the question in this unit; starts the names and ids of what is inside. */
  readonly name: string
  /** Id of the element that holds the question's text. */
  readonly labelledBy: string
  readonly describedBy: string | undefined
  readonly wrong: boolean
}

export type VariableOf<K extends VariableKind> = Extract<Variable, { readonly kind: K }>

export type FieldOf<K extends VariableKind> = (props: FieldProps<VariableOf<K>>) => ReactNode

/** The codes of a list answer; an answer of another shape counts as none. */
export function codesIn(value: Answer | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((code) => typeof code === 'string') : []
}

/** A list as it is stored: none is no answer. */
export function listOf(codes: readonly string[]): Answer | undefined {
  return codes.length === 0 ? undefined : [...codes]
}

/** A part of an answer that is an object; empty text where it has none. */
export function partOf(value: Answer | undefined, part: string): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ''
  const held = value[part]
  return typeof held === 'string' ? held : ''
}

/** An answer of named parts without its empty ones; none left is no answer. */
export function ofParts(parts: Readonly<Record<string, string>>): Answer | undefined {
  const full = Object.entries(parts).filter(([, value]) => value !== '')
  return full.length === 0 ? undefined : Object.fromEntries(full)
}
