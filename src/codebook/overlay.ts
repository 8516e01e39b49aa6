import type { CodeList, Entry } from './code-list.ts'
import type { Codebook } from './codebook.ts'
import type { OwnArea, OwnWords, Variable, Words } from './variable.ts'

/** Languages in which an organisation may say something: those of the app. */
export const wordLanguages = ['en', 'fr', 'es', 'ar', 'ru', 'zh'] as const

/** An organisation's own value, stored as `<parent>/<code>`: it counts as its parent wherever something is counted. */
export interface OwnValue {
  readonly code: string
  readonly parent: string
  readonly labels: Words
}

/** What an organisation asks otherwise than the codebook does; it travels inside its signed configuration. */
export interface Overlay {
  /** Number of the configuration that brought it, as text; a finished revision names it. */
  readonly version: string
  readonly variables?: { readonly off: readonly string[] }
  /** By the code of a variable, or the id of a list: then for every variable that has the list. */
  readonly values?: Readonly<Record<string, readonly OwnValue[]>>
  /** Administrative areas that are offered for `geo`, by country. */
  readonly areas?: Readonly<Record<string, readonly OwnArea[]>>
  /** By the code of a variable. */
  readonly words?: Readonly<Record<string, OwnWords>>
}

const core = 'it belongs to step 1, without which a record cannot be counted'
const link = 'it is all that a link says'

/** Variables that no organisation can switch off, with the reason. */
export const neverOff: Readonly<Record<string, string>> = {
  ...Object.fromEntries('sta geo dat coe exp toe sxv agv stv civ'.split(' ').map((code) => [code, core])),
  ...Object.fromEntries('sxp agp stp cip rer ret dem'.split(' ').map((code) => [code, core])),
  rtv: link,
  rvp: link,
}

/** Where the first is off, the second has to be off, too: a rule refuses it without the first (R26). */
export const offTogether: readonly (readonly [string, string])[] = [['lpv', 'lsv']]

/**
 * The codebook as this organisation asks it, in the same shape: variables that are off say so, own values stand below
 * theirs, own words and areas lie on their variables. What the overlay says of codes that this edition does not have is
 * passed over: it was signed for another edition.
 */
export function withOverlay(codebook: Codebook, overlay: Overlay | undefined): Codebook {
  if (overlay === undefined) return codebook
  const units = Object.fromEntries(
    Object.entries(codebook.units).map(([unit, variables]) => [unit, variables.map((one) => asAsked(one, overlay))]),
  ) as unknown as Codebook['units']
  return { ...codebook, units, overlay: overlay.version }
}

/** A variable by its code, as this codebook asks it; `undefined` for a code that it does not have. */
export function variableIn({ units }: Pick<Codebook, 'units'>, code: string): Variable | undefined {
  return Object.values(units)
    .flat()
    .find((one) => one.code === code)
}

function asAsked(variable: Variable, { variables, values = {}, areas, words = {} }: Overlay): Variable {
  const own = words[variable.code]
  const said: Variable = {
    ...variable,
    ...(variables?.off.includes(variable.code) && { off: true as const }),
    ...(own && { own }),
  }
  if (said.kind === 'place' && areas) return { ...said, areas }
  if (said.kind !== 'coded' && said.kind !== 'codes') return said
  const added = [...(values[said.code] ?? []), ...(values[said.list.id] ?? [])]
  return added.length === 0 ? said : { ...said, list: added.reduce(withValue, said.list) }
}

/** Below its parent, after the values that stand there already. */
function withValue(list: CodeList, { code, parent, labels }: OwnValue): CodeList {
  const broader = list.entries.find((entry) => entry.code === parent)
  const last = list.entries.findLastIndex((entry) => entry.code === parent || entry.parent === parent)
  if (broader === undefined || !mayStandAbove(broader)) return list
  const entry: Entry = {
    code: `${parent}/${code}`,
    label: labels['en'] ?? Object.values(labels)[0] ?? code,
    own: labels,
    parent,
    ...(broader.exclusive && { exclusive: true }),
  }
  return { ...list, entries: list.entries.toSpliced(last + 1, 0, entry) }
}

/** Whether own values may count as this one: no silence, nothing that only a rule sets, no own value itself. */
export function mayStandAbove(entry: Entry): boolean {
  return entry.missing !== true && entry.offered !== false && entry.own === undefined
}
