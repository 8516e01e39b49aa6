import type { Variable } from '../codebook/variable.ts'
import { inOrder, withoutOwnParents } from '../record/canonical.ts'
import { isExclusive } from '../record/codes.ts'

/** The codes after one was tapped. A value that stands alone drives the others out, and is driven out by them. */
export function toggled(
  variable: Variable,
  codes: readonly string[],
  code: string,
  chosen: boolean,
): readonly string[] {
  const others = codes.filter((other) => other !== code)
  if (!chosen) return others
  if (isExclusive(variable, code)) return [code]
  return inOrder(variable, [...others.filter((other) => !isExclusive(variable, other)), code])
}

/** The code that a code lies under, at the level that is chosen first: `2` of `2.1`, `A` of `A03`. */
export type BroaderOf = (code: string) => string

/** Which of the broad codes are chosen, themselves or through what lies under them. */
export function broadOf(codes: readonly string[], broader: BroaderOf): readonly string[] {
  return [...new Set(codes.map(broader))]
}

/** A broad code tapped: taking it out takes out what lies under it. */
export function broadToggled(
  variable: Variable,
  codes: readonly string[],
  code: string,
  chosen: boolean,
  broader: BroaderOf,
): readonly string[] {
  const others = codes.filter((other) => broader(other) !== code)
  return chosen ? toggled(variable, others, code, true) : others
}

/** A detailed code tapped: it takes the place of its broad code, which comes back when no other one is left under it. */
export function detailToggled(
  variable: Variable,
  codes: readonly string[],
  code: string,
  chosen: boolean,
  broader: BroaderOf,
): readonly string[] {
  const broad = broader(code)
  if (chosen)
    return toggled(
      variable,
      codes.filter((other) => other !== broad),
      code,
      true,
    )
  const others = codes.filter((other) => other !== code)
  return others.some((other) => broader(other) === broad)
    ? withoutOwnParents(others)
    : inOrder(variable, [...others, broad])
}
