/** True, false, or `undefined`: not known (`ruleGrammar`, logic). */
export type Truth = boolean | undefined

/** False if one is false, else unknown if one is unknown. */
export function allOf<T>(items: readonly T[], judge: (item: T) => Truth): Truth {
  let result: Truth = true
  for (const item of items) {
    const truth = judge(item)
    if (truth === false) return false
    if (truth === undefined) result = undefined
  }
  return result
}

/** True if one is true, else unknown if one is unknown. */
export function anyOf<T>(items: readonly T[], judge: (item: T) => Truth): Truth {
  return notOf(allOf(items, (item) => notOf(judge(item))))
}

export function notOf(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth
}
