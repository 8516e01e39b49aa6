import { allVariables, codebook } from './codebook.ts'
import type { CodeList } from './code-list.ts'
import { formsOfExploitation } from './forms-of-exploitation.ts'
import { missingEntry } from './lists/missing.ts'

/** The words that most forms of exploitation begin with. Where the forms stand in a list they are left out. */
const common = /^Trafficking in persons for (.)/

/** A form's English label as a row of a list shows it. */
export function shortForm(label: string): string {
  return label.replace(common, (_, first: string) => first.toUpperCase())
}

/** What nobody is asked about: the brackets in which the codebook speaks of a point of the consent itself. */
export function spokenConsent(text: string): string {
  return text.replace(' (ours; proposed)', '')
}

/** Every list of values that some variable has, once. */
function allLists(): readonly CodeList[] {
  const lists = allVariables.flatMap((variable) => ('list' in variable && variable.list ? [variable.list] : []))
  return [...new Map(lists.map((list) => [list.id, list])).values()]
}

/**
 * Everything of the codebook that is said to a person, in English, by the key under which other languages have it:
 * `sxv.label`, `sxv.question`, `sxv.definition`, `sex.f`, `missing.nk`, `forms-of-exploitation.1.short`, `consent.use`.
 * A silence stands under a list's own key only where the list words it in its own way.
 */
export function englishWording(): ReadonlyMap<string, string> {
  const said = new Map<string, string>()
  for (const { code, label, question, definition } of allVariables) {
    said.set(`${code}.label`, label)
    if (question !== '(derived)') said.set(`${code}.question`, question)
    said.set(`${code}.definition`, definition)
  }
  for (const [code, { label, definition = '' }] of Object.entries(missingEntry)) {
    said.set(`missing.${code}`, label)
    said.set(`missing.${code}.definition`, definition)
  }
  for (const list of allLists())
    for (const { code, label, display, definition, missing } of list.entries) {
      if (missing && label === said.get(`missing.${code}`)) continue
      said.set(`${list.id}.${code}`, display ?? label)
      if (definition) said.set(`${list.id}.${code}.definition`, definition)
    }
  for (const { code, label, help } of formsOfExploitation.entries) {
    said.set(`${formsOfExploitation.id}.${code}`, label)
    said.set(`${formsOfExploitation.id}.${code}.short`, shortForm(label))
    said.set(`${formsOfExploitation.id}.${code}.definition`, help)
  }
  for (const { id, text } of codebook.consent) said.set(`consent.${id}`, spokenConsent(text))
  said.set('about.disclaimer', codebook.disclaimer)
  return said
}
