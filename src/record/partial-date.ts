/**
 * Partial dates as records hold them: `2023`, `2023-04`, `2023-04-09`, never padded, Gregorian, with `~` at the end for
 * about (ISO 8601-2). A date and time may stand wherever a date is compared; it has the precision of its own local day.
 */

export type Precision = 'year' | 'month' | 'day'

export interface PartialDate {
  readonly year: number
  readonly month?: number
  readonly day?: number
  readonly about: boolean
}

const form = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(~)?$/

/** `undefined` for anything that is no really existing year, month or day; there is no year 0 and no 31 February. */
export function parsePartialDate(text: string): PartialDate | undefined {
  const [match, year, month, day, about] = form.exec(text) ?? []
  if (match === undefined || year === '0000') return undefined
  if (month !== undefined && (month < '01' || month > '12')) return undefined
  if (day !== undefined && (day < '01' || Number(day) > daysIn(Number(year), Number(month)))) return undefined
  return {
    year: Number(year),
    ...(month === undefined ? {} : { month: Number(month) }),
    ...(day === undefined ? {} : { day: Number(day) }),
    about: about !== undefined,
  }
}

/** A whole day that exists, and not about one. */
export function isDay(text: string): boolean {
  return text.length === 10 && parsePartialDate(text) !== undefined
}

/** A day that lies in a month counts `YYYY-MM`; about a month counts the year; about a year counts nothing. */
export function knownParts(text: string): readonly number[] | undefined {
  const date = parsePartialDate(text.includes('T') ? text.slice(0, 10) : text)
  if (date === undefined) return undefined
  const parts = [date.year, date.month, date.day].filter((part) => part !== undefined)
  return date.about ? parts.slice(0, -1) : parts
}

/** Precision that counts: about (`~`) is one step coarser. `undefined` for no date, and for about a year. */
export function precisionOf(text: string): Precision | undefined {
  return (['year', 'month', 'day'] as const)[(knownParts(text)?.length ?? 0) - 1]
}

/**
 * Below, at or above 0 as the first is earlier, the same or later at the coarser precision of the two (`ruleGrammar`,
 * dateLte). Two dates with time compare as instants. `undefined` where either is no date or about a year.
 */
export function compareDates(first: string, second: string): number | undefined {
  if (first.includes('T') && second.includes('T')) return Date.parse(first) - Date.parse(second)
  const left = knownParts(first)
  const right = knownParts(second)
  if (left === undefined || right === undefined || left.length === 0 || right.length === 0) return undefined
  for (const [place, part] of left.entries()) {
    const other = right[place]
    if (other !== undefined && part !== other) return part - other
  }
  return 0
}

/** 12 × years + months from one to the other, days ignored, not below 0; `undefined` below the precision of a month. */
export function monthsBetween(from: string, to: string): number | undefined {
  const [fromYear, fromMonth] = knownParts(from) ?? []
  const [toYear, toMonth] = knownParts(to) ?? []
  if (fromYear === undefined || fromMonth === undefined || toYear === undefined || toMonth === undefined)
    return undefined
  return Math.max(0, 12 * (toYear - fromYear) + toMonth - fromMonth)
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}
