/** A closed list of answers. Its order is the order of the codebook, which several answers to one question are kept in. */
export interface CodeList {
  readonly id: string
  readonly entries: readonly Entry[]
}

export interface Entry {
  readonly code: string
  readonly label: string
  /** An organisation's own value has its words from there, by language, and not from the codebook's translations. */
  readonly own?: Readonly<Record<string, string>>
  /** What the interface shows in place of `label`, where the codebook's own notes ask for other words. */
  readonly display?: string
  readonly definition?: string
  /** One of the silences `nk`, `na`, `ref`, and not a value. */
  readonly missing?: true
  /** Never shown as a choice, stored only when a rule sets it. */
  readonly offered?: false
  /** Excludes every other value of the list; the missing codes do so without being marked. */
  readonly exclusive?: true
  /** A short text may (or must) stand beside this value, kept by code in the variable's `texts` member. */
  readonly freeText?: 'required' | 'optional'
  /** The broader value of the same list. */
  readonly parent?: string
  /** What the flag that the standard asks for is, when this value is given (`exp`). */
  readonly flag?: boolean
  /** Given where this value is weaker than its list. */
  readonly confidence?: 'adapted' | 'proposed'
}

export type CodeOf<L extends CodeList> = L['entries'][number]['code']

/** The codes of a list in its order, the missing codes among them. */
export function codesOf<L extends CodeList>(list: L): CodeOf<L>[] {
  return list.entries.map((entry) => entry.code)
}

export function entryOf(list: CodeList, code: string): Entry | undefined {
  return list.entries.find((entry) => entry.code === code)
}
