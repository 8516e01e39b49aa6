export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

export interface JsonObject {
  [key: string]: Json
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** No value, empty or blank text, empty list, object without members. A missing code is not empty. */
export function isEmpty(value: Json | undefined): value is undefined {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** Equal to the letter, whatever the order of an object's members. */
export function isSame(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, place) => isSame(item, right[place]))
  }
  if (!isObject(left) || !isObject(right)) return false
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every((key) => key in right && isSame(left[key], right[key]))
}

/** The later value, made of the earlier one's parts wherever these say the same: what did not change stays identical. */
export function reusing<T>(before: unknown, now: T): T {
  if (Object.is(before, now) || !isMadeOfParts(before) || !isMadeOfParts(now)) return now
  if (Array.isArray(before) !== Array.isArray(now)) return now
  const parts = Object.entries(now).map(([key, part]) => [key, reusing(before[key], part)] as const)
  const same =
    parts.length === Object.keys(before).length && parts.every(([key, part]) => key in before && part === before[key])
  if (same) return before as T
  return (Array.isArray(now) ? parts.map(([, part]) => part) : Object.fromEntries(parts)) as T
}

function isMadeOfParts(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
